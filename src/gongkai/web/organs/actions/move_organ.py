"""Verb: an organ and everything below it passes to another parent from a day on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.web.house.action import locked
from gongkai.web.house.events import Subject
from gongkai.web.house.publishing import Publication, Screened, Words
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.organs import tree
from gongkai.web.organs.models import Change, ChangeKind, ChangeParty, Organ, Role
from gongkai.web.organs.placing import cannot_stand_under
from gongkai.web.organs.rules import HasRole, Open


@dataclass(kw_only=True)
class MoveOrgan(Screened[Organ]):
    """Scopes change with the tree at once; the history keeps where it came from."""

    verb = "organs.move"
    title = "隶属调整"
    dangerous = True

    organ: Organ
    parent: Organ
    on: date
    basis: str = ""

    def rules(self) -> Iterable[Rule]:
        """Administrator above the organ's old place and of the new one: giving away and taking in."""
        yield HasRole(self.organ.parent, (Role.ADMIN,), self.title)
        yield HasRole(self.parent, (Role.ADMIN,), self.title)
        yield Open(self.organ, self.title)
        yield Open(self.parent, self.title)

    def problems(self) -> Iterable[Refusal]:
        """Not into its own subtree, not to where it is."""
        if tree.contains(self.organ, self.parent):
            yield Refusal("into_itself", "不能调整到本机关或其下级之下。请另选上级。", field="parent")
        elif self.organ.parent_id == self.parent.pk:
            yield Refusal(
                "same_parent", f"“{self.organ.name}”已经隶属于“{self.parent.name}”。", field="parent"
            )
        else:
            yield from cannot_stand_under(self.organ, self.parent)
        yield from self.screen_problems()

    def publication(self) -> Publication:
        """What the organ's page and its history show."""
        return Publication(thing=self.organ, organ=self.organ, words=(Words(self.basis, "依据"),))

    def lock(self) -> None:
        """Both as they are now."""
        self.organ, self.parent = locked(self.organ), locked(self.parent)
        self.old = self.organ.parent

    def change(self) -> Organ:
        """Closure, row, history."""
        old = self.organ.parent
        self.organ.parent = self.parent
        self.organ.save(update_fields=["parent"])
        tree.move(self.organ, self.parent)
        note = f"由“{old.name if old else ''}”调整到“{self.parent.name}”"
        change = Change.objects.create(
            organ=self.organ, kind=ChangeKind.MOVED, on=self.on, basis=self.basis, note=note
        )
        ChangeParty.objects.create(change=change, organ=self.parent)
        self.keep_findings()
        return self.organ

    def subject(self, result: Organ | None) -> Subject:
        """The organ."""
        return Subject.of(self.organ, organ_id=self.organ.pk)

    def details(self) -> Mapping[str, Any]:
        """From where to where."""
        old = getattr(self, "old", None)
        return {"from": old.name if old else None, "to": self.parent.name, "on": self.on, "basis": self.basis}
