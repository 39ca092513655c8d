"""From reviews and suits to table 4, for any year: carried in, new, results, still pending at the end of the year.

The form has no row for what was carried in, so a year shows what was concluded in it and what was pending on its
last day; a case pending over two year ends is printed as pending in both (practice; the notice on the form gives no
rule). :class:`RemedyTable` keeps the whole flow, so that the two kinds of pending case can be told apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.forms import form
from gongkai.law.ledger import LedgerError, form_of_year

RESULTS = ("upheld", "corrected", "other")


@dataclass(frozen=True, slots=True)
class RemedyCase:
    """A review or suit. ``row`` is ``review``, ``litigation_direct`` or ``litigation_after_review``.

    ``result`` (upheld, corrected, other) and ``concluded`` come together. ``request`` is the case it is about.
    """

    id: str
    row: str
    filed: date
    concluded: date | None = None
    result: str | None = None
    request: str | None = None


@dataclass(frozen=True, slots=True)
class RemedyTable:
    """Table 4 of one year. ``cases`` gives the ids behind every address.

    ``flow`` gives, for each row, the ids ``carried_in``, ``new``, ``concluded`` and ``pending`` (carried forward).
    """

    year: int
    cases: Mapping[str, tuple[str, ...]]
    flow: Mapping[str, Mapping[str, tuple[str, ...]]]

    @property
    def figures(self) -> dict[str, int]:
        """Every figure of table 4 by address, zeros included, in printing order."""
        return {address: len(ids) for address, ids in self.cases.items()}


def remedies_table(cases: Iterable[RemedyCase], year: int) -> RemedyTable:
    """Table 4 of a year. Raises LedgerError naming the review or suit that cannot be counted."""
    table = form(form_of_year(year)).tables["remedies"]
    found: dict[str, list[str]] = {f"remedies.{r.key}.{c.key}": [] for r in table.rows for c in table.columns}
    flow: dict[str, dict[str, list[str]]] = {
        r.key: {"carried_in": [], "new": [], "concluded": [], "pending": []} for r in table.rows
    }
    seen: set[str] = set()
    for case in cases:
        _check(case, flow, seen)
        closed = case.concluded
        if case.filed.year > year or (closed is not None and closed.year < year):
            continue
        column = str(case.result) if closed is not None and closed.year == year else "pending"
        for key in (column, "total"):
            found[f"remedies.{case.row}.{key}"].append(case.id)
        flow[case.row]["new" if case.filed.year == year else "carried_in"].append(case.id)
        flow[case.row]["pending" if column == "pending" else "concluded"].append(case.id)
    return RemedyTable(year, {a: tuple(ids) for a, ids in found.items()},
                       {row: {k: tuple(ids) for k, ids in parts.items()} for row, parts in flow.items()})  # fmt: skip


def _check(case: RemedyCase, rows: Mapping[str, object], seen: set[str]) -> None:
    if case.id in seen:
        raise LedgerError(f"复议、诉讼案件编号“{case.id}”重复。请核对。")
    seen.add(case.id)
    if case.row not in rows:
        raise LedgerError(f"案件“{case.id}”的类型“{case.row}”不在表四之中；可用的有：{'、'.join(rows)}。")
    if (case.concluded is None) != (case.result is None):
        raise LedgerError(f"案件“{case.id}”的审结日期和结果应当同时登记。请补登。")
    if case.result is not None and case.result not in RESULTS:
        raise LedgerError(f"案件“{case.id}”的结果“{case.result}”不在表四之中；可用的有：{'、'.join(RESULTS)}。")
    if case.concluded is not None and case.concluded < case.filed:
        raise LedgerError(f"案件“{case.id}”的审结日期（{case.concluded}）早于受理日期（{case.filed}）。请核对。")
