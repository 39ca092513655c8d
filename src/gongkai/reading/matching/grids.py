"""Grids as matrices: every slot of a table with the cell that fills it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from operator import attrgetter

from msgspec.structs import replace

from gongkai.forms import Block, form
from gongkai.reading.blocks import Cell, Grid
from gongkai.reading.matching.labels import label, tight
from gongkai.reading.matching.turning import on_its_side, turned

_NUMBERED = 3

Matrix = list[list[Cell | None]]


@dataclass(slots=True)
class Table:
    """A grid made ready for matching: its number in the document (from 1), its cells in reading order, its slots.

    ``merged``: repeated cells were merged again, or the table was turned, so its cells are not those of the grid;
    ``origins``: for the cells of a turned table, by identity, those of the page."""

    number: int
    exact: bool
    cells: list[Cell]
    matrix: Matrix
    merged: bool = False
    origins: dict[int, Cell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of the form that carries figures: its address, the block it stands in, the keys of its columns."""

    address: str
    block: Block
    keys: tuple[str, ...]


@cache
def form_rows(key: str) -> dict[str, FormRow]:
    """The rows with figures of a form, by address (``requests.granted``), in printing order."""
    return {
        address: FormRow(address, block, tuple(c.key for c in block.columns))
        for table in form(key).tables.values() for block in table.blocks for row in block.rows
        if row.kind != "header" and (address := f"{table.key}.{row.key}")
    }  # fmt: skip


def tables_of(grids: Iterable[Grid]) -> list[Table]:
    """The grids of a document with repeated merged cells merged again; slots only where columns are real."""
    out = []
    for number, grid in enumerate(grids, 1):
        if not grid.exact:
            out.append(Table(number, False, grid.cells, []))
            continue
        matrix, cells, origins = expand(grid), grid.cells, dict[int, Cell]()
        if on_its_side(matrix):
            upright, origins = turned(grid)
            matrix, cells = expand(upright), upright.cells
        merged = _filled_by_repeating(matrix)
        if merged:
            whole = merge_repeats(matrix)
            cells, matrix = whole.cells, expand(whole)
        if serials := _serials(matrix):
            cells = [cell for cell in cells if id(cell) not in serials]
            matrix = [[None if id(cell) in serials else cell for cell in row] for row in matrix]
        out.append(Table(number, True, sorted(cells, key=attrgetter("row", "column")), matrix, merged or bool(origins), origins))
    return out


def _serials(matrix: Matrix) -> set[int]:
    """The cells, by identity, that only number the rows: bare digits in front of a row's name.

    Three rows must be numbered so, or the column be headed 序号: a list of the site's columns by rank is no table of the form.
    """
    found = {
        id(row[0]) for row in matrix
        if row and row[0] is not None and tight(row[0].text).isdecimal()
        and any(cell is not None and (named := label(cell.text)) and named.of("row") for cell in row[1:])
    }  # fmt: skip
    headed = any(row and row[0] is not None and tight(row[0].text) == "序号" for row in matrix)
    return found if headed or len(found) >= _NUMBERED else set()


def expand(grid: Grid) -> Matrix:
    """The slots of a grid, row by row; a spanning cell fills all of its slots, an empty slot is None."""
    height = max([cell.row + cell.rowspan for cell in grid.cells], default=0)
    width = max([cell.column + cell.colspan for cell in grid.cells], default=0)
    matrix: Matrix = [[None] * width for _ in range(height)]
    for cell in grid.cells:
        if cell.rowspan == cell.colspan == 1:
            matrix[cell.row][cell.column] = cell
            continue
        for row in matrix[cell.row : cell.row + cell.rowspan]:
            row[cell.column : cell.column + cell.colspan] = [cell] * cell.colspan
    return matrix


def _filled_by_repeating(matrix: Matrix) -> bool:
    """Whether merged cells were written out by repeating their text: a heading stands three times side by side."""
    for row in matrix:
        run = 1
        for a, b in pairwise(row):
            if a is b or a is None or b is None or a.text != b.text or not a.text.strip():
                run = 1
                continue
            run += 1
            if run >= 3 and label(a.text) is not None:
                return True
    return False


def merge_repeats(matrix: Matrix) -> Grid:
    """The grid with cells whose text was repeated over their slots merged again.

    Figures are merged only below a heading that was: equal neighbours under two headings are two figures.
    """
    merged_above: set[int] = set()  # columns that continue the column on their left in the heading above
    cells: list[Cell] = []
    for row in matrix:
        heading = not any(c and tight(c.text).replace(",", "").lstrip("+-").isdigit() for c in row)
        continues = set()
        last: Cell | None = None
        for j, cell in enumerate(row):
            joins = last is not None and cell is not None and cell is not last and cell.text == last.text
            text_cell = cell is not None and label(cell.text) is not None
            if joins and cell and last and (heading or text_cell or j in merged_above) and last.text.strip():
                last.colspan += 1
                continues.add(j)
            elif cell is not None and cell is not last:
                last = replace(cell)
                cells.append(last)
        if heading:
            merged_above = continues
    return Grid(cells)
