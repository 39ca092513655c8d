"""Verb: correct an organ's plain data (not its name or place: those are dated changes)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gongkai.web.house.action import locked
from gongkai.web.house.events import Subject
from gongkai.web.house.publishing import Publication, Screened, Words
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.organs.models import Alias, Organ, Role
from gongkai.web.organs.rules import HasRole

from .create_organ import invalid_fields

REVISABLE = (
    "type", "level", "short_name", "division_code", "credit_code", "listed", "order", "founded_on",
)  # fmt: skip


@dataclass(kw_only=True)
class ReviseOrgan(Screened[Organ]):
    """`values` gives new values for some of REVISABLE; `aliases` None leaves them."""

    verb = "organs.revise"
    title = "修改机关信息"

    organ: Organ
    values: Mapping[str, Any] = field(default_factory=dict)
    aliases: tuple[str, ...] | None = None

    def rules(self) -> Iterable[Rule]:
        """Administrator of the organ."""
        yield HasRole(self.organ, (Role.ADMIN,), self.title)

    def problems(self) -> Iterable[Refusal]:
        """Only revisable fields, and valid ones."""
        for name in set(self.values) - set(REVISABLE):
            yield Refusal("not_revisable", f"“{name}”不能这样修改，请用更名或隶属调整。")
            return
        for name, value in self.values.items():
            setattr(self.organ, name, value)
        yield from invalid_fields(self.organ)
        yield from self.screen_problems()

    def publication(self) -> Publication:
        """What the organ's page and its history show."""
        return Publication(thing=self.organ, organ=self.organ, words=(Words(str(self.values.get("short_name", "")), "简称"), *(Words(one, "别名") for one in self.aliases or ())))

    def lock(self) -> None:
        """The organ as it is now."""
        self.organ = locked(self.organ)

    def change(self) -> Organ:
        """Save, and replace the aliases."""
        self.organ.save(update_fields=[*self.values] or None)
        if self.aliases is not None:
            Alias.objects.filter(organ=self.organ).exclude(text__in=self.aliases).delete()
            known = set(Alias.objects.filter(organ=self.organ).values_list("text", flat=True))
            Alias.objects.bulk_create(
                Alias(organ=self.organ, text=text) for text in sorted(set(self.aliases) - known)
            )
        self.keep_findings()
        return self.organ

    def subject(self, result: Organ | None) -> Subject:
        """The organ."""
        return Subject.of(self.organ, organ_id=self.organ.pk)

    def details(self) -> Mapping[str, Any]:
        """The new values."""
        told: dict[str, Any] = {name: str(value) for name, value in self.values.items()}
        return told | ({"aliases": list(self.aliases)} if self.aliases is not None else {})
