"""What was printed in a closed year stays; a case changed afterwards shows as a restatement, never in silence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongkai.forms import form
from gongkai.law.ledger import YearTable, form_of_year
from gongkai.law.ledger_remedies import RemedyTable


@dataclass(frozen=True, slots=True)
class ClosedYear:
    """A year as it was closed: for every address of tables 3 and 4, the cases counted. Plain data, to be kept."""

    year: int
    cases: Mapping[str, tuple[str, ...]]

    @property
    def figures(self) -> dict[str, int]:
        return {address: len(ids) for address, ids in self.cases.items()}


@dataclass(frozen=True, slots=True)
class Restatement:
    """One figure that a later change has moved. ``added`` and ``removed`` are the cases that moved it.

    ``closed`` is the figure as closed, ``current`` as the ledger gives it today; they may be equal when one case
    took another's place.
    """

    year: int
    address: str
    closed: int
    current: int
    added: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def text(self) -> str:
        """In words a clerk can act on."""
        label = form(form_of_year(self.year)).cells[self.address].label
        moved = [word + "、".join(ids) for word, ids in (("增加", self.added), ("减少", self.removed)) if ids]
        return (f"{self.year}年已结账，其后台账有变动：“{label}”结账时为{self.closed}，"
                f"现为{self.current}（{'，'.join(moved)}）。请在报告中说明，不得直接改动已公布的数字。")  # fmt: skip


def close_year(*tables: YearTable | RemedyTable) -> ClosedYear:
    """Close a year with its tables as they stand. Raises ValueError for tables of different years."""
    years = {t.year for t in tables}
    if len(years) != 1:
        raise ValueError("结账的各表应当属于同一年度。")
    return ClosedYear(years.pop(), {a: ids for t in tables for a, ids in t.cases.items()})


def restatements(closed: ClosedYear, *tables: YearTable | RemedyTable) -> tuple[Restatement, ...]:
    """Every figure of the closed year whose cases are no longer those it was closed with, in printing order."""
    out = []
    for table in tables:
        if table.year != closed.year:
            raise ValueError(f"{table.year}年的表不能与{closed.year}年的结账数据比较。")
        for address, now in table.cases.items():
            then = closed.cases.get(address, ())
            added, removed = _missing(now, then), _missing(then, now)
            if added or removed:
                out.append(Restatement(closed.year, address, len(then), len(now), added, removed))
    return tuple(out)


def carry_breaks(closed: ClosedYear, table: YearTable) -> tuple[Restatement, ...]:
    """Where the carried-in of the next year differs from the carried-forward the closed year printed.

    Raises ValueError when ``table`` is not that of the next year.
    """
    if table.year != closed.year + 1:
        raise ValueError(f"{table.year}年不是{closed.year}年的下一年度。")
    out = []
    for column in form(table.form).sets["requests.columns"]:
        then = closed.cases.get(f"requests.carried_forward.{column}", ())
        now = table.cases[f"requests.carried_in.{column}"]
        added, removed = _missing(now, then), _missing(then, now)
        if added or removed:
            out.append(Restatement(closed.year, f"requests.carried_forward.{column}", len(then), len(now), added, removed))
    return tuple(out)


def _missing(ids: Iterable[str], other: Iterable[str]) -> tuple[str, ...]:
    there = set(other)
    return tuple(i for i in ids if i not in there)
