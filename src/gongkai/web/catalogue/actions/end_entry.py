"""Verb: take an entry out of use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from gongkai.web.catalogue.actions.save_entry import ROLES
from gongkai.web.catalogue.models import CatalogueEntry
from gongkai.web.house.action import Action, locked
from gongkai.web.house.events import Subject
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.organs.rules import HasRole


@dataclass(kw_only=True)
class EndEntry(Action[CatalogueEntry]):
    """It stays in the records with its items; the public no longer sees it."""

    verb = "catalogue.end_entry"
    title = "停用目录事项"

    entry: CatalogueEntry

    def lock(self) -> None:
        """As it is now."""
        self.entry = locked(self.entry)

    def rules(self) -> Iterable[Rule]:
        """As for saving."""
        yield HasRole(self.entry.organ, ROLES, self.title)

    def problems(self) -> Iterable[Refusal]:
        """Once."""
        if self.entry.ended_on is not None:
            yield Refusal("ended", f"“{self.entry}”已于{self.entry.ended_on}停用。")

    def change(self) -> CatalogueEntry:
        """The day."""
        self.entry.ended_on = timezone.localdate()
        self.entry.save(update_fields=["ended_on", "updated_at"])
        return self.entry

    def subject(self, result: CatalogueEntry | None) -> Subject:
        """The entry."""
        return Subject.of(self.entry, organ_id=self.entry.organ_id)
