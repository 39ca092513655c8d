"""One slip of the hand, undone: the changes that a single, nameable mistake explains.

An act is what one mistake of a clerk does to a table: one wrong cell, two cells or rows exchanged, a row moved along
by a cell, the total typed into the first column, a row copied into another. Acts are proposals only; whether one makes
the sums hold is judged in :mod:`gongkai.checking.search`.
"""

from __future__ import annotations

import itertools
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from gongkai.checking.linear import Amount, Model, Values

Kind = Literal["cell", "swap", "shift", "total_first", "row_swap", "column_swap", "row_copy"]
Line = tuple[str, ...]  # the addresses of one row, in printing order


@dataclass(frozen=True, slots=True)
class Act:
    """What to change, and the mistake it undoes. ``rows`` are the keys of the rows (or columns) it speaks of."""

    kind: Kind
    changes: dict[str, Amount | None]
    rows: tuple[str, ...] = ()
    steps: int = 0

    @property
    def key(self) -> frozenset[tuple[str, Amount | None]]:
        return frozenset(self.changes.items())


def acts(model: Model, values: Values, broken: frozenset[int], lines: Iterable[Line]) -> Iterator[Act]:
    """Every act worth trying on the rows ``lines`` while the sums ``broken`` do not hold."""
    lines = list(lines)
    yield from single_cells(model, values, broken)
    for line in lines:
        yield from _swaps(line, values)
    yield from moved_rows(model, values, lines)
    if len(lines) > 1 and all(len(line) == len(lines[0]) for line in lines):
        for column in zip(*lines, strict=True):
            yield from _swaps(column, values)
        yield from _exchanged(lines, values)
        yield from _copied(model, lines, values)


def moved_rows(model: Model, values: Values, lines: Iterable[Line]) -> Iterator[Act]:
    """Rows moved back along their line."""
    for line in lines:
        yield from _total_first(line, values)
        yield from _shifts(model, line, values)


def single_cells(model: Model, values: Values, broken: Iterable[int]) -> Iterator[Act]:
    """One cell set to the number that makes a broken equality hold."""
    seen = set()
    for number in sorted(broken):
        each = model.sums[number]
        residual = each.residual(values)
        if each.op != "==" or residual is None:
            continue
        for address, factor in each.terms.items():
            old = values[address]
            if old is not None and (new := old - residual * factor) >= 0 and (address, new) not in seen:
                seen.add((address, new))
                yield Act("cell", {address: new})


def _swaps(line: Line, values: Values) -> Iterator[Act]:
    for a, b in itertools.combinations(line, 2):
        if values[a] != values[b] and values[a] is not None and values[b] is not None:
            yield Act("swap", {a: values[b], b: values[a]})


def _row(line: Line) -> str:
    return line[0].split(".")[1]


def _difference(line: Line, new: Iterable[Amount | None], values: Values) -> dict[str, Amount | None]:
    return {a: n for a, n in zip(line, new, strict=True) if n != values[a]}


def _shifts(model: Model, line: Line, values: Values) -> Iterator[Act]:
    """A cell left out or put in, and what follows moved along; with or without the total at the end."""
    old = [values[a] for a in line]
    if not any(old) or len(line) < 3:
        return
    for moved, free, steps in _moves(old):
        changes = _difference(line, moved, values)
        if len(changes) > 2 and settle(model, changes, {line[i] for i in free}, values):
            changes = {a: v for a, v in changes.items() if v != values[a]}
            total = free and moved[: free[0]] == old[1 : free[0] + 1] and _repeats_total(line, old) and steps > 0
            yield Act("total_first" if total else "shift", changes, (_row(line),), steps)


def _moves(old: list[Amount | None]) -> Iterator[tuple[list[Amount | None], list[int], int]]:
    """A row moved back: its cells with None at the places to fill, those places, and how far it had gone (right > 0)."""
    for end in (len(old), len(old) - 1):
        tail = old[end:]
        for gone, put in itertools.permutations(range(end), 2):
            moved = old[:gone] + old[gone + 1 : end]
            moved.insert(put, None)
            yield moved + tail, [put], 1 if put > gone else -1
        holes: list[Amount | None]
        for steps in (2, 3):
            if steps < end:
                holes = [None] * steps
                yield old[steps:end] + holes + tail, list(range(end - steps, end)), steps
                yield holes + old[: end - steps] + tail, list(range(steps)), -steps


def _repeats_total(line: Line, old: list[Amount | None]) -> bool:
    return line[-1].endswith(".total") and bool(old[0]) and old[0] == old[-1]


def _total_first(line: Line, values: Values) -> Iterator[Act]:
    """The total typed into the first column, the parts one cell further; a zero got lost on the way."""
    if not line[-1].endswith(".total"):
        return
    first, *parts, _ = (values[a] for a in line)
    if not first or any(p is None for p in parts) or sum(p for p in parts if p is not None) != first:
        return
    for place in range(len(parts), -1, -1):
        new = [*parts[:place], 0, *parts[place:], first]
        if changes := _difference(line, new, values):
            yield Act("total_first", changes, (_row(line),), 1)


def _exchanged(lines: list[Line], values: Values) -> Iterator[Act]:
    columns = list(zip(*lines, strict=True))
    for kind, sets in (("row_swap", lines), ("column_swap", columns)):
        for one, two in itertools.combinations(sets, 2):
            changes: dict[str, Amount | None] = {}
            for a, b in zip(one, two, strict=True):
                if values[a] != values[b]:
                    changes[a], changes[b] = values[b], values[a]
            if len(changes) > 2:
                at = 1 if kind == "row_swap" else 2
                names = (one[0].split(".")[at], two[0].split(".")[at])
                yield Act("row_swap" if kind == "row_swap" else "column_swap", changes, names)


def _copied(model: Model, lines: list[Line], values: Values) -> Iterator[Act]:
    """A row that repeats another, set to what the columns leave for it."""
    for one, two in itertools.permutations(lines, 2):
        if sum(values[a] is not None and values[a] == values[b] != 0 for a, b in zip(one, two, strict=True)) < 2:
            continue
        if all(values[a] == values[b] for a, b in zip(one, two, strict=True)):
            changes: dict[str, Amount | None] = dict.fromkeys(two)
            if settle(model, changes, set(two), values):
                changed = {a: v for a, v in changes.items() if v != values[a]}
                if len(changed) > 1:
                    yield Act("row_copy", changed, (_row(one), _row(two)))


def settle(model: Model, changes: dict[str, Amount | None], free: set[str], values: Values) -> bool:
    """Fill the ``free`` figures of ``changes`` from equalities that leave one of them open.

    False when one is not determined, or would be negative. Figures that are blank in the document stay blank unless
    they are free.
    """
    state = ChainMap(changes, values)
    open_ = set(free)
    while open_:
        found = next(((a, v) for a in sorted(open_) if (v := _determined(model, a, open_, state)) is not None), None)
        if found is None or found[1] < 0:
            return False
        changes[found[0]] = found[1]
        open_.discard(found[0])
    return True


def _determined(model: Model, address: str, open_: set[str], state: Mapping[str, Amount | None]) -> Amount | None:
    for number in model.of[address]:
        each = model.sums[number]
        if each.op != "==" or any(a in open_ for a in each.terms if a != address):
            continue
        rest = each.residual({**{a: state.get(a) for a in each.terms}, address: 0})
        if rest is not None:
            return -rest * each.terms[address]
    return None
