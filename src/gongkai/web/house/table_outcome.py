"""What bringing in a table does, told row by row: one form for every room that takes tables through its verbs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .publishing import only_reasons
from .rule import Refusal, Refused

Effect = Literal["create", "revise", "same", "error"]


@dataclass(frozen=True, slots=True)
class RowResult:
    """What one row does, or why it can't. `place` is where it stands, as readers count (第3行). `waits`: its errors are
    warnings of the checks that want a reason."""

    place: str
    name: str
    effect: Effect
    errors: tuple[str, ...] = ()
    waits: bool = False

    @classmethod
    def refused(cls, place: str, name: str, by: Refused) -> RowResult:
        """A row that its verb refuses."""
        return cls(place, name, "error", tuple(one.message for one in by.refusals), only_reasons(by.refusals))


@dataclass(slots=True)
class Outcome:
    """What the whole table does."""

    rows: list[RowResult] = field(default_factory=list)

    def count(self, effect: Effect) -> int:
        """Rows with this effect."""
        return sum(row.effect == effect for row in self.rows)

    @property
    def created(self) -> int:
        """Things that are new."""
        return self.count("create")

    @property
    def revised(self) -> int:
        """Things that change."""
        return self.count("revise")

    @property
    def unchanged(self) -> int:
        """Rows that say what is there already."""
        return self.count("same")

    @property
    def failed(self) -> list[RowResult]:
        """Rows with errors that the file must mend."""
        return [row for row in self.rows if row.errors and not row.waits]

    @property
    def waiting(self) -> list[RowResult]:
        """Rows whose warnings want a reason."""
        return [row for row in self.rows if row.waits]

    @property
    def changes_anything(self) -> bool:
        """False when running it would change nothing."""
        return bool(self.created or self.revised)

    def refusals(self, most: int) -> list[Refusal]:
        """Why the table cannot be brought in: the first rows that fail or wait."""
        return [Refusal("row", f"{row.place}：{'；'.join(row.errors)}。") for row in [*self.failed, *self.waiting][:most]]
