"""Verb: revise a draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gongkai.web.catalogue.actions.item_action import ItemAction
from gongkai.web.catalogue.item_problems import fill, problems_of
from gongkai.web.catalogue.models import Item
from gongkai.web.catalogue.rules import drafts_for, open_to_edits
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.organs.models import Organ


@dataclass(kw_only=True)
class ReviseItem(ItemAction[Item]):
    """`values` as in CreateItem; `unit` and `joint_organs` as they shall be. `seen` is the version number the editor
    showed: when someone saved in between, nothing is overwritten."""

    verb = "catalogue.revise"
    title = "修改信息"

    values: Mapping[str, Any]
    unit: Organ | None = None
    joint_organs: tuple[Organ, ...] = ()
    seen: int | None = None
    changed: list[str] = field(default_factory=list, init=False)

    def rules(self) -> Iterable[Rule]:
        """A drafter, while it is a draft. Who moves it to another unit must draft for both."""
        yield drafts_for(self.item.organ, self.item.unit, self.title)
        yield drafts_for(self.item.organ, self.unit, self.title)
        yield open_to_edits(self.item, self.title)

    def problems(self) -> Iterable[Refusal]:
        """Every field as it would be; nobody saved meanwhile."""
        yield from self._meanwhile()
        yield from problems_of(self._filled())

    def _meanwhile(self) -> Iterable[Refusal]:
        last = self.item.versions.select_related("by").first()
        if self.seen is not None and last is not None and last.version > self.seen:
            who = last.by.name if last.by else "系统"
            yield Refusal("meanwhile", f"{who}在您编辑期间保存过这份稿件。请复制您的修改，重新打开后再改。")

    def _filled(self) -> Item:
        item = Item._base_manager.get(pk=self.item.pk)
        item.unit = self.unit
        fill(item, self.values)
        return item

    def act(self) -> Item:
        """Save."""
        item = self._filled()
        item.prepare()
        self.changed = [name for name in self.values if getattr(item, name) != getattr(self.item, name)]
        item.save()
        item.joint_organs.set(self.joint_organs)
        self.item = item
        return item

    def details(self) -> Mapping[str, Any]:
        """Which fields; the version holds the words."""
        return {"changed": self.changed}
