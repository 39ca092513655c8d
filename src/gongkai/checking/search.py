"""The fewest acts after which the sums hold: tried one, then several, keeping the most promising states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gongkai.checking.acts import Act, Line, acts, moved_rows, single_cells
from gongkai.checking.linear import Amount, Model, Values

_BEAM = 8  # states kept from one round of acts to the next
_WORK = 40_000  # acts tried beyond the first round: about a second
_REACH = 3  # equalities a figure takes part in at most: a row, a column, and the balance of the column
DEEPEST = 4  # a document with more slips than this is for the solver


@dataclass(frozen=True, slots=True)
class State:
    """A report with some acts undone, and the sums still broken."""

    values: Values
    broken: frozenset[int]
    done: tuple[Act, ...] = ()

    @property
    def changes(self) -> dict[str, Amount | None]:
        return {address: self.values[address] for act in self.done for address in act.changes}


class _Budget:
    """So many acts may be tried after the first round; a count, not a clock, so that the answer is always the same."""

    def __init__(self, left: int):
        self._left = left

    def spend(self, tried: Iterable[Act]) -> Iterator[Act]:
        for act in tried:
            self._left -= 1
            if self._left < 0:
                return
            yield act


def broken_sums(model: Model, values: Values) -> frozenset[int]:
    """The numbers of the sums that do not hold."""
    return frozenset(n for n, each in enumerate(model.sums) if not each.allows(each.residual(values)))


def explanations(model: Model, start: State, lines: list[Line]) -> Iterator[list[State]]:
    """All states in which nothing is broken, by the number of acts that lead there: one, two, up to DEEPEST.

    One act is tried exhaustively, and so are two to DEEPEST single cells. Of several acts that are not all single cells,
    each must mend more sums than it breaks, and only the most promising states of a round are carried on.
    """
    frontier = [start]
    budget = _Budget(_WORK)
    for depth in range(1, DEEPEST + 1):
        if depth > 1 and (cells := few_cells(model, start, depth)):
            yield cells
        found: dict[frozenset[tuple[str, Amount | None]], State] = {}
        better: dict[frozenset[tuple[str, Amount | None]], State] = {}
        for state in frontier:
            tried = acts(model, state.values, state.broken, lines)
            tried = tried if depth == 1 else budget.spend(tried)
            for following in _follow(model, state, tried, most=0 if depth == DEEPEST else len(state.broken) - 1):
                key = frozenset(following.changes.items())
                if not following.broken:
                    found.setdefault(key, following)
                elif _moved(following):  # acts can be told in any order, so the one that is no single cell comes first
                    better.setdefault(key, following)
        yield _smallest(found.values()) if found else []
        frontier = sorted(better.values(), key=_promise)[:_BEAM]


def patterns(model: Model, start: State, lines: list[Line]) -> State:
    """What can be told of a table that no few acts explain: rows whose own sum holds once they are moved back.

    Row by row, the act that mends most; single cells and swaps are left alone, for in such a table they prove nothing.
    """
    state = start
    while True:
        own = {n for n in state.broken if any(set(model.sums[n].terms) <= set(line) for line in lines)}
        following = [
            s for s in _follow(model, state, moved_rows(model, state.values, lines), most=len(state.broken) - 1)
            if any(n in own and n not in s.broken for a in s.done[-1].changes for n in model.of[a])
            and not any(s.done[-1].changes.keys() & act.changes.keys() for act in state.done)
        ]  # fmt: skip
        if not following:
            return state
        state = min(following, key=lambda s: (s.done[-1].kind != "total_first", *_promise(s)))


def few_cells(model: Model, start: State, size: int) -> list[State]:
    """Every way to mend all sums by changing ``size`` single cells.

    Each changed cell is found from a broken sum in which it is the only wrong one; cells that stand in each other's way
    in every sum (the four corners of a rectangle) are left to the solver.
    """
    found: dict[frozenset[tuple[str, Amount | None]], State] = {}
    for state in _with_cells(model, start, size):
        found.setdefault(frozenset(state.changes.items()), state)
    return list(found.values())


def _with_cells(model: Model, state: State, size: int) -> Iterator[State]:
    equalities = [n for n in state.broken if model.sums[n].op == "=="]
    if not equalities:
        return
    near = model.sums[min(equalities, key=lambda n: (len(model.sums[n].terms), n))].terms
    changed = state.changes
    for act in single_cells(model, state.values, equalities):
        (address,) = act.changes
        if address not in near or address in changed:
            continue
        left = _after(model, state, act, (size - 1) * _REACH, mending=False)
        if left is None:
            continue
        following = State({**state.values, **act.changes}, left, (*state.done, act))
        if not left:
            yield following
        elif size > 1:
            yield from _with_cells(model, following, size - 1)


def _promise(state: State) -> tuple[int, int]:
    return len(state.broken), len(state.changes)


def _smallest(states: Iterable[State]) -> list[State]:
    """Of as many acts, those that change single cells are smaller than those that move or exchange several; and a
    state that leaves a blank, and with it a sum unproved, is worse than one that proves all."""
    states = list(states)
    least = min(_moved(s) for s in states)
    states = [s for s in states if _moved(s) == least] if least == 0 else states
    blanks = [sum(v is None for v in s.values.values()) for s in states]
    return [s for s, n in zip(states, blanks, strict=True) if n == min(blanks)]


def _moved(state: State) -> int:
    return sum(act.kind != "cell" for act in state.done)


def _follow(model: Model, state: State, tried: Iterable[Act], most: int) -> Iterator[State]:
    """The states one of these acts further, with at most ``most`` broken sums."""
    for act in tried:
        left = _after(model, state, act, most)
        if left is not None:
            yield State({**state.values, **act.changes}, left, (*state.done, act))


def _after(model: Model, state: State, act: Act, most: int, mending: bool = True) -> frozenset[int] | None:
    """The sums broken after an act; None when they are more than ``most``, or (``mending``) it touches no broken one."""
    touched = {n for address in act.changes for n in model.of[address]}
    left = state.broken - touched
    if len(left) > most or (mending and len(left) == len(state.broken)):
        return None
    new = {**state.values, **act.changes}
    broken = set(left)
    for number in touched:
        each = model.sums[number]
        if not each.allows(each.residual(new)):
            broken.add(number)
            if len(broken) > most:
                return None
    return frozenset(broken)
