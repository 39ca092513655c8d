"""Ruling lines -> cell rectangles -> rows and columns.

Tables are drawn in many ways: one stroke a border, one a cell edge, thin filled rectangles, doubled or dashed lines,
borders that miss at a page break. So lines are first merged along their course, then gathered into connected
frames; in each frame the crossings give a lattice, and two neighbouring slots of it are one cell unless a line
stands between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.reading.formats.page.shapes import Box, Rule

NEAR = 2.6
"""Lines closer than this (points) are one line: doubled borders, and edges that neighbouring cells each draw."""
GAP = 3.6
"""A line interrupted for less than this goes on: dashes, dots, cell edges drawn one by one."""
SHORT = 5.0
"""A merged line shorter than this is a dot, a joint or a stroke of a letter."""
STICKS_OUT = 6.0
"""How far lines must reach past the outermost crossing line for the table to be open on that side."""
CROSSINGS = 4_000_000
"""A page with more possible crossings than this is a drawing (or made to hang its readers), no table."""
COVERED = 0.6
"""Share of a slot's edge that a line must cover to be a wall."""


@dataclass(frozen=True, slots=True)
class Slot:
    """The rectangle of a cell: its top left slot, what it spans, its box."""

    row: int
    column: int
    rowspan: int
    colspan: int
    box: Box


@dataclass(frozen=True, slots=True)
class Frame:
    """A connected set of lines as a lattice: column edges ``xs``, row edges ``ys``, and its cells in reading order."""

    xs: list[float]
    ys: list[float]
    slots: list[Slot]

    @property
    def box(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


def frames(rules: Iterable[Rule]) -> list[Frame]:
    """The ruled tables that the lines of a page draw, smallest first; single boxes are not tables and left out."""
    rules = list(rules)
    strong = [f for g in _connected(_merged([r for r in rules if not r.weak])) if (f := _frame(g))]
    weak_rules = [r for r in rules if r.weak]
    if weak_rules:
        # Filled cells without borders: only where no lines are drawn, and only if they make columns and rows.
        weak = [f for g in _connected(_merged(weak_rules)) if (f := _frame(g))]
        strong += [f for f in weak if len(f.xs) > 2 and len(f.ys) > 2 and not _meets_any(f.box, strong)]
    return sorted(strong, key=lambda f: (f.box[2] - f.box[0]) * (f.box[3] - f.box[1]))


def _meets_any(box: Box, others: Sequence[Frame]) -> bool:
    return any(
        box[0] < o.box[2] and o.box[0] < box[2] and box[1] < o.box[3] and o.box[1] < box[3] for o in others
    )


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Lines that run on in one another as one, doubled lines as one."""
    out: list[Rule] = []
    for vertical in (False, True):
        course = sorted((r for r in rules if r.vertical is vertical), key=lambda r: r.at)
        for bundle in _bundles(course):
            out += [r for r in _run_on(bundle) if r.end - r.start >= SHORT]
    return out


def _bundles(course: list[Rule]) -> Iterable[list[Rule]]:
    """Lines (sorted by place) in bundles no wider than NEAR."""
    bundle: list[Rule] = []
    for rule in course:
        if bundle and rule.at - bundle[0].at > NEAR:
            yield bundle
            bundle = []
        bundle.append(rule)
    if bundle:
        yield bundle


def _run_on(bundle: list[Rule]) -> Iterable[Rule]:
    bundle = sorted(bundle, key=lambda r: r.start)
    at, start, end = [bundle[0].at], bundle[0].start, bundle[0].end
    for rule in bundle[1:]:
        if rule.start > end + GAP:
            yield Rule(rule.vertical, sum(at) / len(at), start, end)
            at, start, end = [], rule.start, rule.end
        at.append(rule.at)
        end = max(end, rule.end)
    yield Rule(bundle[0].vertical, sum(at) / len(at), start, end)


def _connected(rules: list[Rule]) -> Iterable[list[Rule]]:
    """Groups of lines that cross or touch each other."""
    across = [i for i, r in enumerate(rules) if not r.vertical]
    upright = [i for i, r in enumerate(rules) if r.vertical]
    if len(across) * len(upright) > CROSSINGS:
        return
    parent = list(range(len(rules)))
    for i in across:
        h = rules[i]
        for j in upright:
            v = rules[j]
            if (
                h.start - GAP <= v.at <= h.end + GAP
                and v.start - GAP <= h.at <= v.end + GAP
            ):  # fmt: skip
                parent[_root(parent, i)] = _root(parent, j)
    groups: dict[int, list[Rule]] = {}
    for i, rule in enumerate(rules):
        groups.setdefault(_root(parent, i), []).append(rule)
    yield from groups.values()


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


def _frame(group: list[Rule]) -> Frame | None:
    """The lattice of one connected group, or None where it draws no two cells."""
    across = [r for r in group if not r.vertical]
    upright = [r for r in group if r.vertical]
    if not across or not upright:
        return None
    xs = _edges([r.at for r in upright], min(r.start for r in across), max(r.end for r in across))
    ys = _edges([r.at for r in across], min(r.start for r in upright), max(r.end for r in upright))
    if len(xs) * len(ys) < 6 or len(xs) < 2 or len(ys) < 2:
        return None
    slots = _cells(xs, ys, _walls(upright, xs, ys), _walls(across, ys, xs))
    return Frame(xs, ys, slots) if len(slots) > 1 else None


def _edges(places: list[float], first: float, last: float) -> list[float]:
    """Places of parallel lines, near ones as one; plus the far ends of the crossing lines where a side is open."""
    out: list[list[float]] = []
    for place in sorted(places):
        if out and place - out[-1][0] <= NEAR:
            out[-1].append(place)
        else:
            out.append([place])
    edges = [sum(p) / len(p) for p in out]
    if first < edges[0] - STICKS_OUT:
        edges.insert(0, first)
    if last > edges[-1] + STICKS_OUT:
        edges.append(last)
    return edges


def _walls(rules: list[Rule], places: list[float], stops: list[float]) -> set[tuple[int, int]]:
    """(i, k): a line at ``places[i]`` covers the stretch from ``stops[k]`` to ``stops[k + 1]``."""
    walls = set()
    covered: dict[tuple[int, int], float] = {}
    for rule in rules:
        i = min(range(len(places)), key=lambda n: abs(places[n] - rule.at))
        for k in range(len(stops) - 1):
            shared = min(rule.end, stops[k + 1]) - max(rule.start, stops[k])
            if shared > 0:
                covered[i, k] = covered.get((i, k), 0.0) + shared
    for (i, k), length in covered.items():
        if length >= COVERED * (stops[k + 1] - stops[k]):
            walls.add((i, k))
    return walls


def _cells(
    xs: list[float], ys: list[float], upright: set[tuple[int, int]], across: set[tuple[int, int]]
) -> list[Slot]:
    """Slots with no wall between them as one cell; a region that is no rectangle is cut into rectangles."""
    rows, columns = len(ys) - 1, len(xs) - 1
    parent = list(range(rows * columns))
    for r in range(rows):
        for c in range(columns):
            if c and (c, r) not in upright:
                parent[_root(parent, r * columns + c)] = _root(parent, r * columns + c - 1)
            if r and (r, c) not in across:
                parent[_root(parent, r * columns + c)] = _root(parent, (r - 1) * columns + c)
    region = [_root(parent, i) for i in range(rows * columns)]
    taken = [False] * len(region)
    out = []
    for i, owner in enumerate(region):
        if taken[i]:
            continue
        r, c = divmod(i, columns)
        width = 1
        while c + width < columns and region[i + width] == owner and not taken[i + width]:
            width += 1
        height = 1
        while r + height < rows and all(
            region[i + height * columns + k] == owner and not taken[i + height * columns + k]
            for k in range(width)
        ):
            height += 1
        for k in range(height):
            for n in range(width):
                taken[i + k * columns + n] = True
        out.append(Slot(r, c, height, width, (xs[c], ys[r], xs[c + width], ys[r + height])))
    return out
