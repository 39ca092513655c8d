"""Tables printed on their side, rows as columns: seen by the labels, turned for the matchers, places given back.

A table of the form never has five outcomes side by side, nor three results of table four below each other; one that
has is turned. Figures keep the place they stand in on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec.structs import replace

from gongkai.reading.blocks import Cell, Grid
from gongkai.reading.matching.labels import Label, label

_OUTCOMES, _RESULTS = 5, 3


def on_its_side(matrix: Sequence[Sequence[Cell | None]]) -> bool:
    """Whether a table's rows stand as columns."""
    if len(matrix) < _RESULTS or len(matrix[0]) < _RESULTS:
        return False
    return any(_distinct(row, _outcome) >= _OUTCOMES for row in matrix[:5]) or any(
        _distinct(column, _result) >= _RESULTS for column in list(zip(*matrix, strict=True))[:3])  # fmt: skip


def _distinct(line: Iterable[Cell | None], key: Callable[[Label], str | None]) -> int:
    found = (label(cell.text) for cell in dict.fromkeys(line) if cell is not None and cell.text)
    return len({name for one in found if one is not None and (name := key(one)) is not None})


def _outcome(found: Label) -> str | None:
    hit = found.of("row", "requests")
    return hit.key if hit and len(found.hits) == 1 else None


def _result(found: Label) -> str | None:
    hit = found.of("column", "remedies")
    return hit.key if hit and found.tables == {"remedies"} else None


def turned(grid: Grid) -> tuple[Grid, dict[int, Cell]]:
    """The grid with rows for columns, and by identity of its cells those of the page."""
    cells, origins = [], {}
    for cell in grid.cells:
        copy = replace(cell, row=cell.column, column=cell.row, rowspan=cell.colspan, colspan=cell.rowspan)
        cells.append(copy)
        origins[id(copy)] = cell
    return Grid(cells, True, grid.spot), origins
