"""A sheet's rows -> paragraphs and grids.

One sheet may hold a whole report: titles and prose as single cells, tables between them. A row of at least two cells
is a row of a table; a row of one text is prose, unless it stands inside a table and does not read like a title or a
sentence (a label whose figures are blank, a banner over a block of rows).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongkai.reading.blocks import Block, Cell, Grid, Paragraph, Spot
from gongkai.reading.formats.lattice import Room

Range = tuple[tuple[int, int], tuple[int, int]]

_SECTION = re.compile(r"\s*[一二三四五六七八九十]{1,2}\s*[、．.]|.*(?:情况|情况表|统计表|年度报告|年报)\s*$")
_ROW_LABEL = re.compile(r"本年新收|上年[结转]{2}|办理结果|[结转]{2}下年|申请人情况")
_PROSE = re.compile(r".*[。；！]\s*$|\s*[（(]?(?:注|备注|说明|附注|填表|单位负责人|审核人)\s*[：:）)]?.*", re.DOTALL)
_BANNER = re.compile(r"\s*第[一二三四五六七八九十百\d]{1,5}条")
_LONG = 60


@dataclass(slots=True)
class Sheet:
    """A sheet as printed text, row by row from A1, with its merged ranges (first and last slot, from 0)."""

    name: str
    rows: list[list[str]]
    merged: list[Range]
    starts: dict[tuple[int, int], tuple[int, int]] = field(init=False)
    covered: set[tuple[int, int]] = field(init=False)
    margin: int = field(init=False)

    def __post_init__(self) -> None:
        height, width = len(self.rows), max(map(len, self.rows), default=0)
        self.starts, self.covered = {}, set()
        for (top, left), (bottom, right) in self.merged:
            last_row, last_column = min(bottom, height - 1), min(right, width - 1)
            if top > last_row or left > last_column or (top, left) in self.covered:
                continue
            self.starts[top, left] = (last_row, last_column)
            self.covered |= {
                (row, column) for row in range(top, last_row + 1) for column in range(left, last_column + 1)
            } - {(top, left)}  # fmt: skip
        self.margin = min((filled[0] for row in range(height) if (filled := self.filled(row))), default=0)

    def filled(self, row: int) -> list[int]:
        """Columns of the cells of a row that print something."""
        return [column for column, text in enumerate(self.rows[row]) if text.strip() and (row, column) not in self.covered]

    def hangs(self, row: int, top: int) -> bool:
        """Whether a cell that began at or after row ``top`` reaches down over this row."""
        return any(top <= first < row <= self.starts[first, column][0] for first, column in self.starts)


def blocks_of(sheet: Sheet, room: Room) -> Iterator[Block]:
    """The blocks of a sheet, top to bottom; ``room`` counts the cells of its grids."""
    row, height = 0, len(sheet.rows)
    while row < height:
        filled = sheet.filled(row)
        if not filled:
            row += 1
        elif len(filled) > 1 or _opens_table(sheet, row):
            end = _table_end(sheet, row)
            yield _grid(sheet, row, end, room)
            row = end
        else:
            column = filled[0]
            for line in sheet.rows[row][column].split("\n"):
                if line.strip():
                    yield Paragraph(line, spot=Spot(sheet=sheet.name))
            row = sheet.starts.get((row, column), (row, column))[0] + 1


def _opens_table(sheet: Sheet, row: int) -> bool:
    """Whether a row of one text heads the table right below: a group of columns, or a banner over a block of rows."""
    if row + 1 < len(sheet.rows) and len(sheet.filled(row + 1)) > 1:
        indented = sheet.filled(row)[0] > sheet.margin
        if indented or sheet.hangs(row + 1, row):
            return True
    for below in range(row, len(sheet.rows)):
        filled = sheet.filled(below)
        if len(filled) > 1:
            return below > row
        if not filled or not _BANNER.match(sheet.rows[below][filled[0]]):
            return False
    return False


def _table_end(sheet: Sheet, first: int) -> int:
    """The row after the last row of the table that begins at ``first``."""
    row = first + 1
    while row < len(sheet.rows):
        filled = sheet.filled(row)
        hanging = sheet.hangs(row, first)
        if not filled and not hanging:
            return row
        if len(filled) == 1 and not hanging and _ends_table(sheet, row, filled[0]):
            return row
        row += 1
    return row


def _ends_table(sheet: Sheet, row: int, column: int) -> bool:
    text = sheet.rows[row][column]
    if _ROW_LABEL.search(text) or _BANNER.match(text):
        return False
    return bool(_SECTION.match(text) or _PROSE.match(text)) or len(text) > _LONG


def _grid(sheet: Sheet, first: int, end: int, room: Room) -> Grid:
    """The rows as a grid over the columns they use, blank cells included."""
    used = [column for row in range(first, end) for column in sheet.filled(row)]
    spans = [(left, sheet.starts[row, left][1]) for row, left in sheet.starts if first <= row < end]
    low = min(used + [left for left, _ in spans])
    high = max(used + [right for _, right in spans])
    room.take((end - first) * (high - low + 1))
    cells = []
    for row in range(first, end):
        for column in range(low, high + 1):
            if (row, column) in sheet.covered:
                continue
            bottom, right = sheet.starts.get((row, column), (row, column))
            text = sheet.rows[row][column] if column < len(sheet.rows[row]) else ""
            cells.append(Cell(text, row - first, column - low, min(bottom, end - 1) - row + 1, right - column + 1,
                              Spot(sheet=sheet.name)))  # fmt: skip
    return Grid(cells, spot=Spot(sheet=sheet.name))
