"""Ruling lines to cells: merged, doubled, dashed, open, nested."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.formats.page import Frame, Rule, frames


def across(y: float, x0: float = 0, x1: float = 200, weak: bool = False) -> Rule:
    return Rule(False, y, x0, x1, weak)


def upright(x: float, y0: float = 0, y1: float = 60, weak: bool = False) -> Rule:
    return Rule(True, x, y0, y1, weak)


def spans(frame: Frame) -> list[tuple[int, int, int, int]]:
    return [(s.row, s.column, s.rowspan, s.colspan) for s in frame.slots]


BOX = [across(0), across(60), upright(0), upright(200)]


def test_lattice() -> None:
    (frame,) = frames([*BOX, across(30), upright(100)])
    assert frame.xs == [0, 100, 200]
    assert frame.ys == [0, 30, 60]
    assert spans(frame) == [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]
    assert frame.slots[3].box == (100, 30, 200, 60)


def test_a_missing_wall_joins_cells() -> None:
    (frame,) = frames([*BOX, across(30, 100, 200), upright(100)])
    assert spans(frame) == [(0, 0, 2, 1), (0, 1, 1, 1), (1, 1, 1, 1)]


def test_edges_drawn_cell_by_cell_doubled_and_dashed_are_one_line() -> None:
    dashes = [across(30, x, x + 3) for x in range(0, 200, 6)]
    doubled = [upright(99), upright(101)]
    halves = [
        across(0, 0, 99),
        across(0.4, 101, 200),
        across(60),
        upright(0, 0, 31),
        upright(0, 29, 60),
        upright(200),
    ]
    (frame,) = frames([*dashes, *doubled, *halves])
    assert [round(x) for x in frame.xs] == [0, 100, 200]
    assert len(frame.slots) == 4


def test_open_sides_are_closed_where_the_lines_end() -> None:
    (frame,) = frames([across(0), across(30), across(60), upright(100, 0, 80)])
    assert frame.xs == [0, 100, 200]
    assert frame.ys == [0, 30, 60, 80]
    assert len(frame.slots) == 6


def test_one_box_underlines_and_lone_lines_are_no_table() -> None:
    assert frames(BOX) == []
    assert frames([across(10, 50, 90), across(40)]) == []
    assert frames([*BOX, across(30, 60, 120)]) == []


def test_two_tables_and_one_inside_another() -> None:
    inner = [
        Rule(r.vertical, r.at * 0.2 + 10, r.start * 0.2 + 10, r.end * 0.2 + 10)
        for r in [*BOX, across(30), upright(100)]
    ]
    far = [Rule(r.vertical, r.at + (0 if r.vertical else 300), r.start + (300 if r.vertical else 0),
                r.end + (300 if r.vertical else 0)) for r in [*BOX, upright(100)]]  # fmt: skip
    found = frames([*BOX, upright(100), *inner, *far])
    assert [len(f.slots) for f in found] == [4, 2, 2]
    assert found[0].box == (10, 10, 50, 22)


def test_filled_cells_make_a_table_only_where_no_line_is_drawn() -> None:
    weak = [across(0, weak=True), across(30, weak=True), across(60, weak=True),
            upright(0, weak=True), upright(100, weak=True), upright(200, weak=True)]  # fmt: skip
    assert len(frames(weak)[0].slots) == 4
    stripes = [r for r in weak if r.at != 100]
    assert frames(stripes) == []
    (drawn,) = frames([*weak, *BOX, across(20)])
    assert drawn.ys == [0, 20, 60]


def test_a_drawing_of_countless_lines_is_no_table() -> None:
    lines = [across(3.0 * n) for n in range(2100)] + [upright(3.0 * n, 0, 6300) for n in range(2100)]
    assert frames(lines) == []


@given(st.sets(st.integers(1, 5)), st.sets(st.integers(1, 5)), st.data())
def test_cells_tile_the_frame(columns: set[int], rows: set[int], data: st.DataObject) -> None:
    """Whatever walls are there: every slot is in one cell, and cells do not overlap."""
    xs, ys = [0, *sorted(c * 40 for c in columns), 240], [0, *sorted(r * 40 for r in rows), 240]
    walls = [
        Rule(True, x, y0, y1)
        for x in xs[1:-1]
        for y0, y1 in itertools.pairwise(ys)
        if data.draw(st.booleans())
    ]
    walls += [
        Rule(False, y, x0, x1)
        for y in ys[1:-1]
        for x0, x1 in itertools.pairwise(xs)
        if data.draw(st.booleans())
    ]
    outer = [Rule(False, 0, 0, 240), Rule(False, 240, 0, 240), Rule(True, 0, 0, 240), Rule(True, 240, 0, 240)]
    for frame in frames([*walls, *outer]):
        covered = list(_slots(frame))
        assert len(covered) == len(set(covered)) == (len(frame.xs) - 1) * (len(frame.ys) - 1)


def _slots(frame: Frame) -> Iterable[tuple[int, int]]:
    for s in frame.slots:
        for r in range(s.row, s.row + s.rowspan):
            for c in range(s.column, s.column + s.colspan):
                yield r, c
