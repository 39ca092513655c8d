"""The fewest acts after which the sums hold: tried one, then several, keeping the most promising states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gongkai.checking.acts import Act, Line, acts, single_cells
from gongkai.checking.linear import Amount, Model, Values

_BEAM = 8  # states kept from one round of acts to the next
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


def broken_sums(model: Model, values: Values) -> frozenset[int]:
    """The numbers of the sums that do not hold."""
    return frozenset(n for n, each in enumerate(model.sums) if not each.allows(each.residual(values)))


def explanations(model: Model, start: State, lines: list[Line], deepest: int) -> list[State]:
    """All states that the fewest acts lead to and in which nothing is broken; empty when ``deepest`` do not suffice.

    One act is tried exhaustively; of several, every act must mend more sums than it breaks, and only the best states
    of a round are carried on.
    """
    frontier = [start]
    for depth in range(1, deepest + 1):
        found: dict[frozenset[tuple[str, Amount | None]], State] = {}
        better: dict[frozenset[tuple[str, Amount | None]], State] = {}
        for state in frontier:
            for following in _follow(model, state, lines, most=0 if depth == deepest else len(state.broken) - 1):
                key = frozenset(following.changes.items())
                (better if following.broken else found).setdefault(key, following)
        if found:
            return _smallest(found.values())
        frontier = sorted(better.values(), key=_promise)[:_BEAM]
    return []


def patterns(model: Model, start: State, lines: list[Line]) -> State:
    """What can be told of a table that no few acts explain: rows whose own sum holds once they are moved back.

    Row by row, the act that mends most; single cells and swaps are left alone, for in such a table they prove nothing.
    """
    state = start
    while True:
        own = {n for n in state.broken if any(set(model.sums[n].terms) <= set(line) for line in lines)}
        following = [
            s for s in _follow(model, state, lines, most=len(state.broken) - 1)
            if s.done[-1].kind in ("total_first", "shift")
            and any(n in own and n not in s.broken for a in s.done[-1].changes for n in model.of[a])
            and not any(s.done[-1].changes.keys() & act.changes.keys() for act in state.done)
        ]  # fmt: skip
        if not following:
            return state
        state = min(following, key=lambda s: (s.done[-1].kind != "total_first", *_promise(s)))


def few_cells(model: Model, start: State, size: int) -> list[State]:
    """Every way to mend all sums by changing ``size`` single cells, two or three.

    Each changed cell is found from a broken sum in which it is the only wrong one; cells that stand in each other's way
    in every sum (the four corners of a rectangle) are not, and they are four.
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
    reach = max(len(numbers) for numbers in model.of.values())
    changed = state.changes
    for act in single_cells(model, state.values, equalities):
        (address,) = act.changes
        if address not in near or address in changed:
            continue
        left = _after(model, state, act, (size - 1) * reach, mending=False)
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


def _follow(model: Model, state: State, lines: list[Line], most: int) -> Iterator[State]:
    """The states one act further with at most ``most`` broken sums."""
    for act in acts(model, state.values, state.broken, lines):
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
