"""The smallest sets of changed cells, as a mixed-integer programme: for tables no few slips explain.

Solved with HiGHS (MIT licence). One binary a cell says whether it changes; the fewest binaries win.
"""

from __future__ import annotations

from collections import ChainMap
from time import monotonic

from gongkai.checking.linear import Amount, Model, Sum, Values

_SECONDS = 1.5  # for all solutions of a table: a hopeless one must not hold a clerk up


def smallest_changes(
    model: Model, values: Values, addresses: list[str], limit: int
) -> tuple[list[dict[str, Amount | None]], bool]:
    """Up to ``limit`` sets of changes of ``addresses`` as small as any that make the sums hold, and whether there are
    no others as small.

    Only whole numbers that stand in the document are changed; a blank stays blank, and sums it takes part in are left
    out. Empty when no change of these figures helps, or the solver ran out of time.
    """
    known = [a for a in addresses if isinstance(values[a], int)]
    programme = _Programme(model, values, known)
    found: list[dict[str, Amount | None]] = []
    until = monotonic() + _SECONDS
    while True:
        solved, changes = programme.solve(until - monotonic())
        if changes is None or (found and len(changes) > len(found[0])):
            return found, solved
        if len(found) == limit:
            return found, False
        found.append(changes)


class _Programme:
    """Figures as whole numbers, changed or not; each solution found is barred from the next."""

    def __init__(self, model: Model, values: Values, known: list[str]):
        import highspy  # heavy, and only few reports need it  # noqa: PLC0415

        self._highs = highspy
        self._solver = solver = highspy.Highs()  # type: ignore[no-untyped-call]  # the library leaves it bare
        self._known, self._values, self._hopeless = known, values, False
        self._sums: list[Sum] = []
        size = len(known)
        most = 10 + 2 * max((abs(int(values[a] or 0)) for a in known), default=0)
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("threads", 1)
        for address in known:
            solver.addCol(0.0, min(0.0, float(values[address] or 0)), float(most), 0, [], [])
        for _ in known:
            solver.addCol(1.0, 0.0, 1.0, 0, [], [])
        for column in range(2 * size):
            solver.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        for n, address in enumerate(known):
            old = float(values[address] or 0)
            solver.addRow(-highspy.kHighsInf, old, 2, [n, size + n], [1.0, -float(most)])
            solver.addRow(old, highspy.kHighsInf, 2, [n, size + n], [1.0, float(most)])
        self._bind(model)

    def _bind(self, model: Model) -> None:
        place = {address: n for n, address in enumerate(self._known)}
        parts = {model.part[address] for address in self._known}
        for each in model.sums:
            fixed = each.residual({a: 0 if a in place else self._values[a] for a in each.terms})
            free = [a for a in each.terms if a in place]
            if fixed is None or parts.isdisjoint(model.part[a] for a in each.terms):
                continue
            if not free and not each.allows(fixed):
                self._hopeless = True
            self._sums.append(each)
            if free:
                low, high = _bounds(each.op, -float(fixed))
                self._solver.addRow(low, high, len(free), [place[a] for a in free], [float(each.terms[a]) for a in free])

    def solve(self, seconds: float) -> tuple[bool, dict[str, Amount | None] | None]:
        """The next smallest changes, and whether the answer is proved; None when there are no more, or no time."""
        status = self._highs.HighsModelStatus
        if self._hopeless:
            return True, None
        if seconds <= 0:
            return False, None
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + seconds)  # its clock never goes back
        self._solver.run()
        if self._solver.getModelStatus() != status.kOptimal:
            return self._solver.getModelStatus() == status.kInfeasible, None
        solution, size = self._solver.getSolution().col_value, len(self._known)
        chosen = [n for n in range(size) if solution[size + n] > 0.5]
        marks = [size + n for n in chosen]
        self._solver.addRow(-self._highs.kHighsInf, len(chosen) - 1.0, len(chosen), marks, [1.0] * len(chosen))
        changes: dict[str, Amount | None] = {self._known[n]: round(solution[n]) for n in chosen}
        state = ChainMap(changes, self._values)
        # the solver reckons in floating point with tolerances: what it says counts only if it holds exactly
        if not all(each.allows(each.residual(state)) for each in self._sums):
            return False, None
        return True, changes


def _bounds(op: str, side: float) -> tuple[float, float]:
    """The row bounds of ``sum op side``; strict ones by a whole step, since counts are whole."""
    infinite = float("inf")
    return {
        "==": (side, side), "<=": (-infinite, side), ">=": (side, infinite),
        "<": (-infinite, side - 1), ">": (side + 1, infinite),
    }[op]  # fmt: skip
