"""The likeliest repair of broken sums: proposals for a person to decide on. Nothing here changes a report."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

from gongkai.checking.acts import Act, Line
from gongkai.checking.evidence import weigh
from gongkai.checking.linear import Amount, Model, Values, model
from gongkai.checking.repair_words import part_words, proposal_kind, proposal_words
from gongkai.checking.search import State, broken_sums, explanations, patterns
from gongkai.checking.smallest import smallest_changes
from gongkai.report import Report

_WIDEST = 40  # no more alternatives than this are weighed
_HOPELESS = 24  # more broken sums than this are no slips: most of the table is wrong, or was not read


class Change(msgspec.Struct, frozen=True):
    """One cell of a proposal; ``old`` or ``new`` is None for a blank."""

    address: str
    old: int | Decimal | None
    new: int | Decimal | None


class Proposal(msgspec.Struct, frozen=True):
    """A way to make the sums hold. ``kind`` is the slip it undoes ("cell", "digits", "total", "swap", "shift",
    "total_first", "row_swap", "column_swap", "row_copy", or "several"); ``score`` is for ranking, higher is likelier,
    and no probability; ``slips`` counts the mistakes it supposes."""

    kind: str
    words: str
    changes: tuple[Change, ...]
    evidence: tuple[str, ...]
    score: float
    slips: int


class Part(msgspec.Struct, frozen=True):
    """Figures that broken sums tie together, and what may be wrong with them, likeliest first.

    ``unique`` says that no other repair supposes as few slips; otherwise ``proposals`` lists the alternatives.
    """

    broken: tuple[str, ...]
    words: str
    unique: bool
    proposals: tuple[Proposal, ...]


class Repairs(msgspec.Struct, frozen=True):
    """The repairs proposed for one report; no parts when its sums hold."""

    source: str
    parts: tuple[Part, ...]

    @property
    def unique(self) -> bool:
        """Whether every part has one smallest repair."""
        return all(part.unique for part in self.parts)

    def to_plain(self) -> dict[str, Any]:
        """The JSON object; amounts are decimal strings, blanks null."""
        return {"source": self.source, "unique": self.unique, "parts": msgspec.to_builtins(self.parts)}


def repair(report: Report, limit: int = 5) -> Repairs:
    """The smallest sets of changed cells after which the in-table error relations of ``report`` hold.

    Up to ``limit`` proposals a part, ranked; evidence beyond the sums (the prose, the digits, doubtful readings) breaks
    ties and is told in words. A blank is proposed as a number only where the sums determine it. The report stays as
    it is.
    """
    if report.form is None:
        return Repairs(report.source, ())
    the = model(report.form)
    values: Values = {a: f.value for a, f in report.figures.items()}
    by_part: dict[int, set[int]] = {}
    for number in broken_sums(the, values):
        by_part.setdefault(the.part[next(iter(the.sums[number].terms))], set()).add(number)
    parts = [_part(report, the, values, number, frozenset(broken), limit) for number, broken in sorted(by_part.items())]
    return Repairs(report.source, tuple(parts))


def _part(report: Report, the: Model, values: Values, number: int, broken: frozenset[int], limit: int) -> Part:
    start = State(values, broken)
    states, unique = _states(the, start, _lines(the, number), [a for a, p in the.part.items() if p == number], limit)
    proposals = sorted((_proposal(report, the, start, s) for s in states[:_WIDEST]), key=lambda p: -p.score)
    names = tuple(dict.fromkeys(the.sums[n].instance.relation.id for n in sorted(broken)))
    return Part(names, part_words(len(states), unique, limit), unique, tuple(proposals[:limit]))


def _lines(the: Model, number: int) -> list[Line]:
    """The rows of the form that have a figure of this part."""
    rows = [
        tuple(f"{table.key}.{row.key}.{column.key}" for column in block.columns)
        for table in the.form.tables.values() for block in table.blocks for row in block.rows if row.kind != "header"
    ]  # fmt: skip
    return [row for row in rows if any(the.part[a] == number for a in row)]


def _states(the: Model, start: State, lines: list[Line], cells: list[str], limit: int) -> tuple[list[State], bool]:
    """The states the smallest repairs lead to, and whether there is but one."""
    if all(the.sums[n].op != "==" for n in start.broken):
        return _exchanged(the, start, lines), False
    for found in explanations(the, start, lines):
        if found:
            return found, len(found) == 1
    told = patterns(the, start, lines)
    if len(told.broken) > _HOPELESS:
        return [], False
    moved = told.changes
    solved, all_ = smallest_changes(the, told.values, [a for a in cells if a not in moved], limit)
    return [_changed(told, c) for c in solved], all_ and len(solved) == 1 and not told.done


def _exchanged(the: Model, start: State, lines: list[Line]) -> list[State]:
    """Where only inequalities are broken: the figures they name exchanged. Any number large or small enough would do as
    well, so this is a hint, and no cell is proposed."""
    named = {address for n in start.broken for address in the.sums[n].terms}
    found: list[State] = next(explanations(the, start, lines), [])
    return [s for s in found if s.changes.keys() <= named and s.done[0].kind == "swap"]


def _changed(state: State, changes: dict[str, Amount | None]) -> State:
    acts = (Act("cell", {address: new}) for address, new in changes.items())
    return State({**state.values, **changes}, frozenset(), (*state.done, *acts))


def _proposal(report: Report, the: Model, start: State, state: State) -> Proposal:
    changes = tuple(
        Change(a, start.values[a], new) for a, new in state.changes.items() if new != start.values[a]
    )  # fmt: skip
    cost, evidence = weigh(report, the, start, state)
    words = proposal_words(the.form, start.values, state.done)
    kind = proposal_kind(start.values, state.done)
    return Proposal(kind, words, changes, tuple(evidence), round(1 / (1 + cost), 4), len(state.done))
