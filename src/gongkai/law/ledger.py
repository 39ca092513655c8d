"""From cases to table 3 of the annual report, for any year, every figure with the cases it counts.

A case is received once and closed at most once. In a year it is *new* when received in the year, *carried in* when
received before and not closed before, has its *result* in the year it is closed, and is *carried forward* when not
closed by the last day of the year. So the balance of the form holds by construction, and so does the carry from year
to year; what was printed in a closed year is kept apart (``restatement.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.forms import APPLICANTS, form, forms
from gongkai.law import events
from gongkai.law.decisions import Decision, DecisionError, outcome
from gongkai.law.events import Event, HistoryError, Kind

_RESULTS_TOTAL, _TOTAL = "results_total", "total"


class LedgerError(ValueError):
    """A case the ledger cannot count; the message names it and what to do."""


@dataclass(frozen=True, slots=True)
class Case:
    """One registered request. ``applicant`` is one of :data:`gongkai.forms.APPLICANTS`.

    ``decision`` is what was decided when the case is closed; a withdrawal needs none.
    """

    id: str
    applicant: str
    events: tuple[Event, ...]
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One outcome one request is counted in. A register read from elsewhere may hold several for one request."""

    case: str
    row: str
    severed: bool = False


@dataclass(frozen=True, slots=True)
class YearTable:
    """Table 3 of one year. ``cases`` gives, for every address, the ids of the cases counted there, in their order.

    ``entries`` are the outcomes of the year, one for each closed case.
    """

    year: int
    form: str
    cases: Mapping[str, tuple[str, ...]]
    entries: tuple[Entry, ...]

    @property
    def figures(self) -> dict[str, int]:
        """Every figure of table 3 by address, zeros included, in printing order."""
        return {address: len(ids) for address, ids in self.cases.items()}


def form_of_year(year: int) -> str:
    """The form that a report of the year stands on. Raises LedgerError before 2019."""
    for entry in reversed(forms()):
        if year >= entry.first_year:
            return entry.key
    raise LedgerError(f"{year}年的年度报告不适用现行格式；现行格式自2019年起。")


def requests_table(cases: Iterable[Case], year: int, form_key: str | None = None) -> YearTable:
    """Table 3 of a year from all cases known. Raises LedgerError naming the case that cannot be counted."""
    key = form_key or form_of_year(year)
    rows = form(key).sets["requests.rows"]
    columns = form(key).sets["requests.columns"]
    found: dict[str, list[str]] = {f"requests.{row}.{column}": [] for row in rows for column in columns}
    entries: list[Entry] = []
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise LedgerError(f"登记编号“{case.id}”重复。一件申请只能登记一次，请核对。")
        seen.add(case.id)
        for row in _rows(case, year, key, entries):
            for column in (case.applicant, _TOTAL):
                found[f"requests.{row}.{column}"].append(case.id)
    return YearTable(year, key, {a: tuple(ids) for a, ids in found.items()}, tuple(entries))


def _rows(case: Case, year: int, key: str, entries: list[Entry]) -> list[str]:
    """The rows of table 3 a case is counted in; its outcome, if the year's, is added to ``entries``."""
    received, closed = span(case)
    if received.year > year or (closed is not None and closed.year < year):
        return []
    rows = ["new_received" if received.year == year else "carried_in"]
    if closed is None or closed.year > year:
        return [*rows, "carried_forward"]
    result = _result(case, key)
    entries.append(result)
    return [*rows, result.row, _RESULTS_TOTAL]


def span(case: Case) -> tuple[date, date | None]:
    """The day a case was received and the day it was closed, if it was. Raises LedgerError naming the case."""
    if case.applicant not in APPLICANTS:
        raise LedgerError(f"申请“{case.id}”的申请人类型“{case.applicant}”不在表三各列之中。请核对。")
    try:
        return events.span(case.events)
    except HistoryError as error:
        raise LedgerError(f"申请“{case.id}”：{error}") from error


def _result(case: Case, key: str) -> Entry:
    """The one outcome of a closed case."""
    decision = case.decision
    if decision is None and case.events[-1].kind is Kind.WITHDRAWN:
        decision = Decision(("withdrawn_or_other",))
    if decision is None:
        raise LedgerError(f"申请“{case.id}”已于{case.events[-1].on}办结，但没有登记决定类型。请补登。")
    try:
        result = outcome(decision, key)
    except DecisionError as error:
        raise LedgerError(f"申请“{case.id}”：{error}") from error
    return Entry(case.id, result.row, result.severed)


def ledger_facts(entries: Iterable[Entry]) -> dict[str, int]:
    """The facts of the register that the relations of the forms ask for.

    ``ledger.requests_with_several_outcomes``: requests counted in more than one row (or twice in one);
    ``ledger.severed_counted_elsewhere``: severed requests counted in any row but 部分公开.
    """
    counted: dict[str, list[str]] = {}
    severed: set[str] = set()
    for entry in entries:
        counted.setdefault(entry.case, []).append(entry.row)
        if entry.severed or entry.row == "partially_granted":
            severed.add(entry.case)
    return {
        "ledger.severed_counted_elsewhere": sum(
            any(row != "partially_granted" for row in counted[case]) for case in severed
        ),
        "ledger.requests_with_several_outcomes": sum(len(rows) > 1 for rows in counted.values()),
    }
