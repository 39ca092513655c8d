"""A table that a page end cut in two, as one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from gongkai.reading.blocks import Cell, Paragraph, Spot
from gongkai.reading.formats.page.shapes import Table

ALIGNED = 4.0
"""Column edges of the two parts may differ by this (points), after the parts are laid over each other."""

SPILT = 8
"""Letters that a page end may push out of a cell, at most."""

MARGINS = 40.0
"""Points between the last line of a page and the first of the next, in a picture that shows both."""

_LABEL = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}\s*[、.．)）]|第[一二三四五六七八九十]+条|信息内容|规章)"
)


def joined(upper: Table, lower: Table) -> Table | None:
    """Both parts as one table, or None where their columns do not line up.

    One part may lack column edges that the other has (the cut fell among rows of wide cells), never both. Head rows
    that the lower part repeats are left out; a row whose text the cut broke becomes one row again.
    """
    edges = _common_edges(upper.edges, lower.edges)
    if edges is None:
        return None
    above, below = _on(upper, edges, 0.0), _on(lower, edges, lower.edges[0] - upper.edges[0])
    head = _repeated(above, below)
    if head == lower.rows:
        return None
    below = [replace(c, row=c.row - head + upper.rows) for c in below if c.row >= head]
    broken = {(c, w) for r, c, w in _columns_of(upper, edges) if r == upper.rows}
    cells = _mended(above, below, upper.rows, broken)
    rows = max(c.row + c.rowspan for c in cells)
    moved = rows - lower.rows
    full = {(r + moved, c) for r, c in lower.full if r + moved >= 0}
    return Table(cells, edges, lower.box, rows, full)


def spilt(table: Table, below: Paragraph) -> Cell | None:
    """The cell whose last line a page end has pushed out below the table, if the paragraph is such a line.

    So it is when a few letters (never figures) stand right under the table, within the width of one cell that has
    text. It matters only where the table goes on: the caller joins the two parts first.
    """
    place, text = below.spot.box, below.text.strip()
    if place is None or len(text) > SPILT or any(c.isdigit() for c in text) or below.spot.page is None:
        return None
    if not -4 < place[1] - table.box[3] < place[3] - place[1]:
        return None
    for cell in table.cells:
        box = cell.spot.box
        if (
            cell.spot.page == below.spot.page
            and cell.row + cell.rowspan == table.rows
            and box
            and cell.text.strip()
        ):
            left, right = table.edges[cell.column], table.edges[cell.column + cell.colspan]
            if left - 1 < place[0] and place[2] < right + 1:
                return cell
    return None


def apart(upper: Spot, lower: Table) -> bool:
    """Whether a page end lies between a place and a table: another page, or the margins in a picture of several."""
    place = upper.box
    return lower.cells[0].spot.page != upper.page or place is None or lower.box[1] - place[3] > MARGINS


def _columns_of(table: Table, edges: list[float]) -> Iterator[tuple[int, int, int]]:
    """(row below, column, columns spanned), on other edges, of the cells whose last line runs to the edge."""
    for old, new in zip(table.cells, _on(table, edges, 0.0), strict=True):
        if (old.row, old.column) in table.full:
            yield new.row + new.rowspan, new.column, new.colspan


def _repeated(above: list[Cell], below: list[Cell]) -> int:
    """How many of the lower part's first rows repeat the upper part's, label for label."""
    text = {(c.row, c.column, c.rowspan, c.colspan): "".join(c.text.split()) for c in above}
    rows = 0
    while True:
        row = [c for c in below if c.row <= rows < c.row + c.rowspan]
        said = [t for c in row if (t := "".join(c.text.split()))]
        if not said or any(
            text.get((c.row, c.column, c.rowspan, c.colspan)) != "".join(c.text.split()) for c in row
        ):
            break
        rows += 1
    if any(c.row < rows < c.row + c.rowspan for c in below):
        return 0
    return rows


def _common_edges(a: list[float], b: list[float]) -> list[float] | None:
    shift = b[0] - a[0]
    more, fewer = (a, [x - shift for x in b]) if len(a) >= len(b) else ([x - shift for x in b], a)
    if abs(more[-1] - fewer[-1]) > ALIGNED or abs(shift) > 60:
        return None
    if any(min(abs(x - y) for y in more) > ALIGNED for x in fewer):
        return None
    return more


def _on(table: Table, edges: list[float], shift: float) -> list[Cell]:
    """The cells with their columns counted on other edges."""
    place = [min(range(len(edges)), key=lambda n, x=x: abs(edges[n] - (x - shift))) for x in table.edges]  # type: ignore[misc]
    return [
        replace(c, column=place[c.column], colspan=place[c.column + c.colspan] - place[c.column])
        for c in table.cells
    ]


def _mended(above: list[Cell], below: list[Cell], cut: int, broken: set[tuple[int, int]]) -> list[Cell]:
    """Cells that the cut halved, as one: a row label that spans rows on, and a row whose text was broken."""
    last = {(c.column, c.colspan): c for c in above if c.row + c.rowspan == cut}
    first = {(c.column, c.colspan): c for c in below if c.row == cut}
    if _same_row(last, first, broken):
        return above + _row_mended(last, below, cut)
    out = list(above)
    for cell in below:
        over = last.get((cell.column, cell.colspan)) if cell.row == cut else None
        if over is not None and not cell.text.strip() and (over.rowspan > 1 or cell.rowspan > 1):
            over.rowspan += cell.rowspan
        else:
            out.append(cell)
    return out


def _same_row(
    last: dict[tuple[int, int], Cell], first: dict[tuple[int, int], Cell], broken: set[tuple[int, int]]
) -> bool:
    """Whether the rows at the cut are two halves of one.

    So they are when both have the same cells, no cell but a label has text on both sides, and that label ran to
    the edge above and goes on below without a number of its own.
    """
    if set(last) != set(first) or len(first) < 3:
        return False
    both = [k for k in first if first[k].text.strip() and last[k].text.strip()]
    return (
        0 < len(both) < len(first)
        and all(k in broken and not _LABEL.match(first[k].text) for k in both)
        and not any(first[k].text.strip()[0].isdigit() for k in both)
    )


def _row_mended(last: dict[tuple[int, int], Cell], below: list[Cell], cut: int) -> list[Cell]:
    out = []
    for cell in below:
        if cell.row > cut:
            out.append(replace(cell, row=cell.row - 1))
            continue
        over = last[cell.column, cell.colspan]
        over.text += cell.text
        over.rowspan += cell.rowspan - 1
    return out
