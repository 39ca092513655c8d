"""Verb: bring in a table of organs, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gongkai.web.house.action import Action
from gongkai.web.house.events import Subject
from gongkai.web.house.rule import Refusal, Refused, Rule
from gongkai.web.house.table_outcome import Outcome
from gongkai.web.organs.models import Role
from gongkai.web.organs.rules import HasRole

if TYPE_CHECKING:
    from gongkai.web.organs.importing.columns import OrganRow

# A refusal names so many rows; the preview shows them all.
NAMED = 20


@dataclass(kw_only=True)
class ImportOrgans(Action[Outcome]):
    """Each row passes the rules of its own verb (create, revise), with its own event. `reason_for_all`: why the
    warnings of the checks before publication may stand."""

    verb = "organs.import"
    title = "导入机关"
    dangerous = True

    rows: list[OrganRow]
    source: str
    reason_for_all: str = ""

    def rules(self) -> Iterable[Rule]:
        """Administrator somewhere; each row's verb asks where."""
        yield HasRole(None, (Role.ADMIN,), self.title)

    def problems(self) -> Iterable[Refusal]:
        """Something to import."""
        if not self.rows:
            yield Refusal("no_rows", f"“{self.source}”中没有机关。请核对文件内容。", field="file")

    def change(self) -> Outcome:
        """Apply; any row's error undoes all."""
        from gongkai.web.organs.importing.apply import apply_rows

        self.outcome = apply_rows(self.actor, self.rows, self.reason_for_all)
        if stopped := self.outcome.refusals(NAMED):
            raise Refused(stopped)
        return self.outcome

    def subject(self, result: Outcome | None) -> Subject:
        """The file."""
        return Subject("organs.import", "", self.source)

    def details(self) -> Mapping[str, Any]:
        """How many."""
        return {
            "created": self.outcome.created,
            "revised": self.outcome.revised,
            "unchanged": self.outcome.unchanged,
        }
