"""Grids as matrices: every slot of a table with the cell that fills it."""

from __future__ import annotations

from dataclasses import replace

from gongkai.reading.blocks import Cell, Grid
from gongkai.reading.cleaning import squeeze
from gongkai.reading.labels import label

Matrix = list[list[Cell | None]]


def expand(grid: Grid) -> Matrix:
    """The slots of a grid, row by row; a spanning cell fills all of its slots, an empty slot is None."""
    height = max((c.row + c.rowspan for c in grid.cells), default=0)
    width = max((c.column + c.colspan for c in grid.cells), default=0)
    matrix: Matrix = [[None] * width for _ in range(height)]
    for cell in grid.cells:
        for row in matrix[cell.row : cell.row + cell.rowspan]:
            row[cell.column : cell.column + cell.colspan] = [cell] * cell.colspan
    return matrix


def _filled_by_repeating(matrix: Matrix) -> bool:
    """Whether merged cells were written out by repeating their text: a heading stands three times side by side."""
    for row in matrix:
        run = 1
        for a, b in zip(row, row[1:], strict=False):
            same = a is not None and b is not None and a is not b and a.text.strip() and a.text == b.text
            run = run + 1 if same else 1
            if run >= 3 and a is not None and label(a.text) is not None:
                return True
    return False


def merge_repeats(grid: Grid) -> Grid:
    """A grid whose merged cells were repeated, with the cells merged again; any other grid as it is.

    Figures are merged only below a heading that was: equal neighbours under two headings are two figures.
    """
    matrix = expand(grid)
    if not _filled_by_repeating(matrix):
        return grid
    merged_above: set[int] = set()  # columns that continue the column on their left in the heading above
    cells: list[Cell] = []
    for row in matrix:
        heading = not any(c and squeeze(c.text).replace(",", "").lstrip("+-").isdigit() for c in row)
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
    return Grid(cells, exact=True, spot=grid.spot)
