"""Verb: an organ gets a new name from a day on. Earlier documents keep the name of their day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.web.house.action import locked
from gongkai.web.house.events import Subject
from gongkai.web.house.publishing import Publication, Screened, Words
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.organs.models import Change, ChangeKind, Organ, OrganName, Role
from gongkai.web.organs.models.post import today
from gongkai.web.organs.rules import HasRole, Open


@dataclass(kw_only=True)
class RenameOrgan(Screened[Organ]):
    """`on` is the first day of the new name."""

    verb = "organs.rename"
    title = "机关更名"
    dangerous = True

    organ: Organ
    name: str
    on: date
    basis: str = ""

    def rules(self) -> Iterable[Rule]:
        """Administrator; the organ exists."""
        yield HasRole(self.organ, (Role.ADMIN,), self.title)
        yield Open(self.organ, self.title)

    def problems(self) -> Iterable[Refusal]:
        """Another name, a day after the last change of name, not in the future."""
        if self.name == self.organ.name:
            yield Refusal("same_name", "新名称与现名称相同。", field="name")
        if self.on > today():
            yield Refusal("future", "更名日期不能晚于今天。请在更名生效当日登记。", field="on")
        newest = self.organ.names.exclude(since=None).order_by("-since").first()
        if newest is not None and newest.since is not None and self.on <= newest.since:
            yield Refusal("before_last", f"更名日期须晚于上一次更名（{newest.since}）。", field="on")
        if self.organ.founded_on is not None and self.on <= self.organ.founded_on:
            yield Refusal(
                "before_founding", f"更名日期须晚于成立日期（{self.organ.founded_on}）。", field="on"
            )
        yield from self.screen_problems()

    def publication(self) -> Publication:
        """What the organ's page and its history show."""
        return Publication(thing=self.organ, organ=self.organ, words=(Words(self.name, "新名称"), Words(self.basis, "依据")))

    def lock(self) -> None:
        """The organ as it is now."""
        self.organ = locked(self.organ)
        self.old = self.organ.name

    def change(self) -> Organ:
        """The name in force, the history of names, the history of the organ."""
        OrganName.objects.create(organ=self.organ, name=self.name, since=self.on)
        note = f"由“{self.old}”更名为“{self.name}”"
        Change.objects.create(
            organ=self.organ, kind=ChangeKind.RENAMED, on=self.on, basis=self.basis, note=note
        )
        self.organ.name = self.name
        self.organ.save(update_fields=["name"])
        self.keep_findings()
        return self.organ

    def subject(self, result: Organ | None) -> Subject:
        """The organ, under its new name once it has it."""
        return Subject.of(self.organ, organ_id=self.organ.pk)

    def details(self) -> Mapping[str, Any]:
        """Old and new."""
        return {
            "from": getattr(self, "old", self.organ.name),
            "to": self.name,
            "on": self.on,
            "basis": self.basis,
        }
