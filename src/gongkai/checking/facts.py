"""Where the relations find their values: a report, last year's, the organ's own, its children's, and the ledger."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from gongkai.checking.deadline import filing_deadline
from gongkai.forms import Value, form
from gongkai.report import Claim, Figure, Report, Section, State

Number = int | Decimal

_SPACE = re.compile(r"\s+")
_SAYS_NOTHING = re.compile(r"(?:本年度?|目前)?(?:暂|均)?(?:无|没有|略|/|-|—)(?:存在)?(?:问题)?[。.；;]?")
_NEEDS_WORDS = (1, 5)  # the overview and the problems with their improvement cannot be answered with "none"


class Facts:
    """The values of one report for its relations (the Context of :mod:`gongkai.forms`).

    ``own`` is the region's own report, ``children`` those of the organs below it; where ``children`` are given without
    ``own``, they are all who file, and the region itself adds nothing. ``registered`` is how many must file;
    ``ledger`` holds facts of the request register by their names after ``ledger.``.
    """

    def __init__(
        self,
        report: Report,
        *,
        last_year: Report | None = None,
        own: Report | None = None,
        children: Sequence[Report] | None = None,
        registered: int | None = None,
        ledger: Mapping[str, int] | None = None,
    ):
        self.report = report
        self.others = {"prev": last_year, "own": own}
        self.below = children
        self._facts: dict[str, Value] = {f"ledger.{name}": value for name, value in (ledger or {}).items()}
        self._facts["report.children_registered"] = registered
        self._facts["report.children_filed"] = None if children is None else len(children)
        self._here = figures_of(report)
        self._prev = figures_of(last_year) if last_year else {}
        self._own = figures_of(own) if own else {}
        self._below = [figures_of(child) for child in children or ()]
        self._on_2019 = last_year is not None and last_year.form == "2019"

    @cached_property
    def below_zero(self) -> bool:
        """Whether any figure of the report is negative."""
        return any(v is not None and v < 0 for v in self._here.values())

    @cached_property
    def _claims(self) -> dict[str, Number | None]:
        """What the prose says, by name; None where it says two different things."""
        said: dict[str, set[Number]] = {}
        for claim in self.report.claims:
            said.setdefault(claim.name, set()).add(claim.value)
        return {name: next(iter(values)) if len(values) == 1 else None for name, values in said.items()}

    def figure(self, source: str, address: str) -> Number | None:
        if not source:
            return self._here.get(address)
        if source == "prev" or (source == "prev2019" and self._on_2019):
            return self._prev.get(address)
        if source == "own":
            absent = self.below is not None and self.others["own"] is None
            return 0 if absent else self._own.get(address)
        return None

    def children(self, address: str) -> list[Number | None]:
        return [values.get(address) for values in self._below] if self.below is not None else [None]

    def fact(self, name: str) -> Value:
        if name not in self._facts:
            source, rest = name.split(".", maxsplit=1)
            if source == "claim":
                self._facts[name] = self._claims.get(rest)
            elif source == "section":
                section = self.report.section(int(rest[1:]))
                self._facts[name] = _SPACE.sub("", section.text) if section else None
            else:
                self._facts[name] = _REPORT[rest](self.report) if source == "report" else None
        return self._facts[name]

    def sources(self, name: str) -> Sequence[tuple[str, Figure | Claim]]:
        """The figures and claims behind a name as findings print it, with the name each goes by."""
        if name.startswith("claim."):
            return [(name, claim) for claim in self.report.claims if claim.name == name[6:]][:1]
        head, _, rest = name.partition(".")
        if head == "children":
            reports = {f"children.{n}.{rest}": child for n, child in enumerate(self.below or (), 1)}
        elif head in ("prev", "prev2019", "own"):
            other = self.others["own" if head == "own" else "prev"]
            reports = {name: other} if other else {}
        else:
            reports, rest = {name: self.report}, name
        return [(n, r.figures[rest]) for n, r in reports.items() if rest in r.figures]


def figures_of(report: Report) -> dict[str, Number | None]:
    """The values of a report by address: the printed ones, and as sums those only the other form prints."""
    values: dict[str, Number | None] = {a: f.value for a, f in report.figures.items()}
    if report.form is not None:
        printed = _Values(values)
        for derived in form(report.form).derived:
            total = derived.node.eval(printed)
            values[derived.address] = total if isinstance(total, int | Decimal) else None
    return values


class _Values:
    """The figures of one report and nothing else, as a Context."""

    def __init__(self, values: Mapping[str, Number | None]):
        self._values = values

    def figure(self, source: str, address: str) -> Number | None:
        return None if source else self._values.get(address)

    def children(self, address: str) -> list[Number | None]:
        return [None]

    def fact(self, name: str) -> Value:
        return None


def _missing(report: Report) -> int | None:
    """How many of the six numbered sections have no heading; None when no section was found at all."""
    if not report.sections or report.form is None:
        return None
    found = {s.number for s in report.sections}
    return sum(n not in found for n in range(1, len(form(report.form).sections) + 1))


def _misplaced(report: Report) -> int | None:
    """How many sections stand after one of a higher or the same number."""
    if not report.sections:
        return None
    numbers = [s.number for s in report.sections]
    return sum(n <= max(numbers[:i]) for i, n in enumerate(numbers) if i)


def _empty(report: Report) -> int | None:
    """How many sections say nothing: no text and no table, or in the first and the fifth only "none"."""
    return sum(_is_empty(report, s) for s in report.sections) if report.sections else None


def _is_empty(report: Report, section: Section) -> bool:
    text = _SPACE.sub("", section.text)
    if text and not (section.number in _NEEDS_WORDS and _SAYS_NOTHING.fullmatch(text)):
        return False
    the = form(report.form) if report.form else None
    printed = the.sections if the else ()
    table = printed[section.number - 1].table if 0 < section.number <= len(printed) else None
    if the is None or table is None:
        return True
    return all(report.figures[a].state is State.BLANK for a in the.cells_of_table[table] if a in report.figures)


_REPORT: dict[str, Callable[[Report], Value]] = {
    "year": lambda r: r.year,
    "published": lambda r: r.published,
    "deadline": lambda r: filing_deadline(r.organ, r.year),
    "period_start": lambda r: r.period[0] if r.period else None,
    "period_end": lambda r: r.period[1] if r.period else None,
    "sections_missing": _missing,
    "sections_misplaced": _misplaced,
    "sections_empty": _empty,
}
