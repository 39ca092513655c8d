"""The printed grid of each statutory table, computed from the form: the one layout that every format renders.

A :class:`Layout` is a list of boxes on a grid of ``height`` by ``width`` slots that covers every slot once. It holds
labels, spans and the addresses of the figures, never values. Basis: the printed tables of 国办公开办函〔2019〕60号 and
国办公开办函〔2021〕30号.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Literal

from gongkai.forms import Form, Row, Table
from gongkai.forms import form as form_of

Role = Literal["corner", "caption", "group", "column", "label", "figure"]
Scope = Literal["col", "colgroup", "row", "rowgroup"]

_UPPER = ("caption", "group", "column")


@dataclass(frozen=True, slots=True)
class Box:
    """A printed cell: its top left slot (from 0), what it spans, and its label or the address of its figure.

    ``number`` stands before the label (三、). ``band`` numbers the blocks of a table from 0: a column heading speaks only
    for the figures of its own band.
    """

    row: int
    column: int
    role: Role
    text: str = ""
    address: str = ""
    rowspan: int = 1
    colspan: int = 1
    band: int = 0
    number: str = ""

    @property
    def scope(self) -> Scope | None:
        """The scope of a heading in HTML's sense; None for figures and corners."""
        if self.role == "label":
            return "rowgroup" if self.rowspan > 1 else "row"
        if self.role == "column":
            return "col"
        return "colgroup" if self.role in _UPPER else None

    def covers(self, row: int, column: int) -> bool:
        return (
            self.row <= row < self.row + self.rowspan and self.column <= column < self.column + self.colspan
        )


@dataclass(frozen=True)
class Layout:
    """The grid of one table. ``head`` is how many top rows repeat on a new page; ``widths`` are shares of the width."""

    table: Table
    boxes: tuple[Box, ...]
    head: int
    widths: tuple[float, ...]

    @property
    def width(self) -> int:
        return len(self.widths)

    @property
    def narrow(self) -> bool:
        """Many columns: set in smaller type, with headings broken in two lines."""
        return self.width > 4

    @property
    def height(self) -> int:
        return max(box.row + box.rowspan for box in self.boxes)

    def rows(self) -> list[list[Box]]:
        """The boxes by the row they begin in, from left to right."""
        out: list[list[Box]] = [[] for _ in range(self.height)]
        for box in sorted(self.boxes, key=lambda b: (b.row, b.column)):
            out[box.row].append(box)
        return out

    def headings(self, figure: Box) -> list[Box]:
        """The headings that speak for a figure: of its columns in its own band, then of its row, outermost first."""
        above = [
            box for box in self.boxes
            if box.role in _UPPER and box.band == figure.band and box.covers(box.row, figure.column)
        ]  # fmt: skip
        beside = [box for box in self.boxes if box.role == "label" and box.covers(figure.row, box.column)]
        return sorted(above, key=lambda b: b.row) + sorted(beside, key=lambda b: b.column)


@cache  # by key: hashing a whole form costs more than laying it out
def _layouts(key: str) -> tuple[Layout, ...]:
    return tuple(_ARRANGE[name](table) for name, table in form_of(key).tables.items())


def layouts(form: Form) -> tuple[Layout, ...]:
    """The layouts of a form's tables, in printing order."""
    return _layouts(form.key)


def _blocks(table: Table) -> Layout:
    """Table two: a block an item of Article 20, each with its caption and its own heading row."""
    figures = max(len(block.columns) for block in table.blocks)
    boxes: list[Box] = []
    row = 0
    for band, block in enumerate(table.blocks):
        last = len(block.columns) - 1
        spans = [figures - last if i == last else 1 for i in range(len(block.columns))]
        boxes.append(Box(row, 0, "caption", block.caption, colspan=figures + 1, band=band))
        boxes.append(Box(row + 1, 0, "corner", table.row_header, band=band))
        for i, column in enumerate(block.columns):
            boxes.append(Box(row + 1, i + 1, "column", column.label, colspan=spans[i], band=band))
        row += 2
        for printed in block.rows:
            boxes.append(Box(row, 0, "label", printed.label, band=band, number=printed.number))
            for i, column in enumerate(block.columns):
                address = f"{table.key}.{printed.key}.{column.key}"
                boxes.append(Box(row, i + 1, "figure", address=address, colspan=spans[i], band=band))
            row += 1
    return Layout(table, tuple(boxes), 0, (0.31, *[0.69 / figures] * figures))


def _tree(table: Table) -> Layout:
    """Table three: rows in three steps at the left, the kinds of applicants above."""
    rows = {row.key: row for row in table.rows}
    deep = 1 + max(_depth(row, rows) for row in rows.values())
    boxes = [Box(0, 0, "corner", table.corner, rowspan=3, colspan=deep),
             Box(0, deep, "group", table.columns_header, colspan=len(table.columns))]  # fmt: skip
    at = deep
    for group, run in groupby(table.columns, key=lambda c: c.group):
        members = list(run)
        if group:
            boxes.append(Box(1, at, "group", group, colspan=len(members)))
        for i, column in enumerate(members):
            boxes.append(Box(2 if group else 1, at + i, "column", column.label, rowspan=1 if group else 2))
        at += len(members)
    line = 3
    for row in table.rows:
        step = _depth(row, rows)
        if row.kind == "header":
            height = _leaves(row, table.rows)
            boxes.append(Box(line, step, "label", row.label, rowspan=height, number=row.number))
            continue
        boxes.append(Box(line, step, "label", row.label, colspan=deep - step, number=row.number))
        for i, column in enumerate(table.columns):
            boxes.append(Box(line, deep + i, "figure", address=f"{table.key}.{row.key}.{column.key}"))
        line += 1
    return Layout(
        table, tuple(boxes), 3, (0.1, 0.115, 0.275, *[0.51 / len(table.columns)] * len(table.columns))
    )


def _across(table: Table) -> Layout:
    """Table four: its rows stand side by side in one printed row, those of one group under a common heading."""
    boxes: list[Box] = []
    size = len(table.columns)
    at = 0
    for group, run in groupby(table.rows, key=lambda r: r.group):
        members = list(run)
        if group:
            boxes.append(Box(0, at, "group", group, colspan=size * len(members)))
        for row in members:
            boxes.append(Box(1 if group else 0, at, "group", row.label, colspan=size))
            for i, column in enumerate(table.columns):
                top = 2 if group else 1
                boxes.append(Box(top, at + i, "column", column.label, rowspan=3 - top))
                boxes.append(Box(3, at + i, "figure", address=f"{table.key}.{row.key}.{column.key}"))
            at += size
    return Layout(table, tuple(boxes), 3, (1 / at,) * at)


def _depth(row: Row, rows: dict[str, Row]) -> int:
    return 0 if row.parent is None else 1 + _depth(rows[row.parent], rows)


def _leaves(row: Row, rows: tuple[Row, ...]) -> int:
    """How many printed lines stand under a header row."""
    return sum(_leaves(r, rows) if r.kind == "header" else 1 for r in rows if r.parent == row.key)


_ARRANGE = {"disclosure": _blocks, "requests": _tree, "remedies": _across}
