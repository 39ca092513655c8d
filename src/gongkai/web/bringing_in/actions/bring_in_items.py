"""Verb: bring in one batch of items, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gongkai.web.bringing_in.judging import judge
from gongkai.web.bringing_in.row import CHANGED, CREATE, SAME, ItemRow
from gongkai.web.bringing_in.saving import save
from gongkai.web.catalogue.models import Item
from gongkai.web.catalogue.rules import drafts_for
from gongkai.web.house.action import Action
from gongkai.web.house.actor import Actor
from gongkai.web.house.events import Subject
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.organs.models import Organ
from gongkai.web.organs.rules import Open

# A refusal names so many rows; the preview shows them all.
NAMED = 20


@dataclass(frozen=True, slots=True)
class OperatorOnly:
    """Publishing without review: for what was published elsewhere before, and only from the machine's command line."""

    act: str
    id = "operator_only"

    def refuse(self, actor: Actor) -> Refusal | None:
        """People at the web pages bring in drafts."""
        if actor.is_operator:
            return None
        return Refusal(
            self.id, f"{self.act}须由系统管理员在服务器上执行命令办理。请按草稿导入，经审核后发布。",
            "先审查、后公开（《条例》第十七条）",
        )  # fmt: skip


@dataclass(kw_only=True)
class BringInItems(Action[list[Item]]):
    """`source` names the collection: within it a row keeps its identity, so running it again changes nothing.

    A row whose content differs from what was brought in before is left alone and counted as changed: people may have
    worked on the item since. `publish`: with their dates, as already published; else as drafts.
    """

    verb = "bringing_in.items"
    title = "导入信息"
    dangerous = True

    organ: Organ
    rows: list[ItemRow]
    source: str
    publish: bool = False
    items: list[Item] = field(default_factory=list, init=False)

    def rules(self) -> Iterable[Rule]:
        """Who drafts for every organ and unit named; publishing is the operator's."""
        places = {(row.organ, row.unit) for row in self.rows if row.organ is not None} or {(self.organ, None)}
        for organ, unit in sorted(places, key=lambda pair: (pair[0].pk, pair[1].pk if pair[1] else 0)):
            yield drafts_for(organ, unit, self.title)
            yield Open(organ, self.title)
        if self.publish:
            yield OperatorOnly("按已发布导入")

    def problems(self) -> Iterable[Refusal]:
        """Something to bring in; every row's errors."""
        if not self.rows:
            yield Refusal("no_rows", f"“{self.source}”中没有信息。请核对文件内容。", field="file")
        judge(self.rows, self.source, self.publish)
        failed = [row for row in self.rows if row.errors]
        for row in failed[:NAMED]:
            yield Refusal("row", f"{row.place}：{'；'.join(row.errors)}。", field="file")

    def change(self) -> list[Item]:
        """Save what is new."""
        fresh = [row for row in self.rows if row.effect == CREATE]
        self.items = save(fresh, self.source, self.publish, self.actor.user, self.verb) if fresh else []
        return self.items

    def count(self, effect: str) -> int:
        """Rows with this effect, after judging."""
        return sum(row.effect == effect for row in self.rows)

    def subject(self, result: list[Item] | None) -> Subject:
        """The organ whose items they are."""
        return Subject.of(self.organ, f"{self.organ}：{self.source}", organ_id=self.organ.pk)

    def details(self) -> Mapping[str, Any]:
        """How many, and which permanent numbers (they run on)."""
        found: dict[str, Any] = {
            "created": len(self.items),
            SAME: self.count(SAME),
            CHANGED: self.count(CHANGED),
        }
        if self.items:
            found |= {"first": self.items[0].number, "last": self.items[-1].number}
        return found
