"""Verb: bring in a catalogue table, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gongkai.web.catalogue.actions.save_entry import ROLES
from gongkai.web.house.action import Action
from gongkai.web.house.events import Subject
from gongkai.web.house.rule import Refusal, Refused, Rule
from gongkai.web.house.table_outcome import Outcome
from gongkai.web.organs.models import Organ
from gongkai.web.organs.rules import HasRole

if TYPE_CHECKING:
    from gongkai.web.catalogue.standard.rows import EntryRow

# A refusal names so many rows; the preview shows them all.
NAMED = 20


@dataclass(kw_only=True)
class ImportEntries(Action[Outcome]):
    """Each row passes SaveEntry with its own event. Running it again changes nothing. Rows that are not in the table
    stay: an entry ends by its own verb. `reason_for_all`: why the warnings of the checks before publication may stand."""

    verb = "catalogue.import_entries"
    title = "导入标准目录"
    dangerous = True

    organ: Organ
    rows: list[EntryRow]
    source: str
    reason_for_all: str = ""
    outcome: Outcome | None = field(default=None, init=False)

    def rules(self) -> Iterable[Rule]:
        """As for saving one."""
        yield HasRole(self.organ, ROLES, self.title)

    def problems(self) -> Iterable[Refusal]:
        """Something to import."""
        if not self.rows:
            yield Refusal("no_rows", f"“{self.source}”中没有目录事项。请核对文件内容。", field="file")

    def change(self) -> Outcome:
        """Apply; any row's error undoes all."""
        from gongkai.web.catalogue.standard.apply import apply_rows

        outcome = apply_rows(self.actor, self.organ, self.rows, self.reason_for_all)
        if stopped := outcome.refusals(NAMED):
            raise Refused(stopped)
        self.outcome = outcome
        return outcome

    def subject(self, result: Outcome | None) -> Subject:
        """The organ whose catalogue it is."""
        return Subject.of(self.organ, f"{self.organ}：{self.source}", organ_id=self.organ.pk)

    def details(self) -> Mapping[str, Any]:
        """How many."""
        if self.outcome is None:
            return {}
        return {effect: self.outcome.count(effect) for effect in ("create", "revise", "same")}
