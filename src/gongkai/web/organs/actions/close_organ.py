"""Verb: an organ ends: abolished, merged into another, or split into several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.web.house.action import locked
from gongkai.web.house.events import Subject
from gongkai.web.house.publishing import Publication, Screened, Words
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.organs.models import Change, ChangeKind, ChangeParty, Organ, Post, Role
from gongkai.web.organs.models.post import in_force, today
from gongkai.web.organs.rules import HasRole, Open

ENDINGS = (ChangeKind.ABOLISHED, ChangeKind.MERGED, ChangeKind.SPLIT)


@dataclass(kw_only=True)
class CloseOrgan(Screened[Organ]):
    """`successors` take over (one when merged, two or more when split, any number when abolished).

    The organ stays, with its documents; its posts end on the same day.
    """

    verb = "organs.close"
    title = "机关终止"
    dangerous = True

    organ: Organ
    kind: ChangeKind
    on: date
    successors: tuple[Organ, ...] = ()
    basis: str = ""

    def rules(self) -> Iterable[Rule]:
        """Administrator above the organ, and of each successor."""
        yield HasRole(self.organ.parent or self.organ, (Role.ADMIN,), self.title)
        yield Open(self.organ, self.title)
        for successor in self.successors:
            yield HasRole(successor, (Role.ADMIN,), self.title)
            yield Open(successor, f"承接“{self.organ.name}”")

    def problems(self) -> Iterable[Refusal]:
        """The number of successors, open children, the day."""
        if self.kind not in ENDINGS:
            yield Refusal("not_an_ending", f"“{self.kind.label}”不是终止的方式。", field="kind")
        if self.organ in self.successors:
            yield Refusal("own_successor", "承接机关不能是本机关。", field="successors")
        if self.kind == ChangeKind.MERGED and len(self.successors) != 1:
            yield Refusal("one_successor", "并入须选一个承接机关。", field="successors")
        if self.kind == ChangeKind.SPLIT and len(self.successors) < 2:
            yield Refusal("two_successors", "分设须选两个以上承接机关。", field="successors")
        if self.on > today():
            yield Refusal("future", "终止日期不能晚于今天。请在生效当日登记。", field="on")
        below = self.organ.children.filter(closed_on=None)
        if below.exists():
            names = "、".join(f"“{child.name}”" for child in below[:3])
            yield Refusal("open_children", f"还有{below.count()}个下级（{names}）。请先调整隶属或办理终止。")
        yield from self.screen_problems()

    def publication(self) -> Publication:
        """What the organ's page and its history show."""
        return Publication(thing=self.organ, organ=self.organ, words=(Words(self.basis, "依据"),))

    def lock(self) -> None:
        """All as they are now."""
        self.organ = locked(self.organ)
        self.successors = tuple(locked(one) for one in self.successors)

    def change(self) -> Organ:
        """Close, write the history on both sides, end the posts."""
        self.organ.closed_on = self.on
        self.organ.save(update_fields=["closed_on"])
        change = Change.objects.create(organ=self.organ, kind=self.kind, on=self.on, basis=self.basis)
        ChangeParty.objects.bulk_create(ChangeParty(change=change, organ=one) for one in self.successors)
        # A post that began on or after the closing day never counted.
        for post in Post.objects.filter(in_force(), organ=self.organ):
            post.ended_on = max(self.on, post.since)
            post.save(update_fields=["ended_on"])
        self.keep_findings()
        return self.organ

    def subject(self, result: Organ | None) -> Subject:
        """The organ."""
        return Subject.of(self.organ, organ_id=self.organ.pk)

    def details(self) -> Mapping[str, Any]:
        """How, when, and who takes over."""
        names = [one.name for one in self.successors]
        return {"kind": self.kind.label, "on": self.on, "successors": names, "basis": self.basis}
