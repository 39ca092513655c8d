"""Pages -> blocks: running heads off, tables in their place among the paragraphs, tables over page ends joined."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.reading.blocks import Block, Cell, Grid, Paragraph, Spot
from gongkai.reading.formats.page import columns, joining, prose
from gongkai.reading.formats.page.rulings import Frame
from gongkai.reading.formats.page.running import without_running
from gongkai.reading.formats.page.shapes import Box, Line, Page, Table, Word, rounded
from gongkai.reading.formats.page.words import cell_text, lines
from gongkai.reading.limits import CannotRead, Limits

OVER = 4.0
"""Points that the middle of a glyph may stand below the table it belongs to."""


def page_of(number: int, width: float, height: float, glyphs: Sequence[Word], found: Sequence[Frame]) -> Page:
    """A page from its glyphs and the frames its lines draw: glyphs go to the innermost cell they stand in."""
    page = Page(number, width, height)
    rest = list(glyphs)
    for frame in found:  # smallest first, so a table in a cell of another gets its own words
        inside, rest = _parted(rest, frame.box)
        if inside:
            page.tables.append(_fill(frame, inside, number))
    page.lines = lines(rest)
    return page


def _parted(glyphs: Sequence[Word], box: Box) -> tuple[list[Word], list[Word]]:
    inside: list[Word] = []
    outside: list[Word] = []
    for glyph in glyphs:
        x, y = glyph.middle
        # A cell cut by the page end may print its last line over its lower edge.
        over = y <= box[3] + OVER and glyph.box[1] < box[3] - 1
        (inside if box[0] <= x <= box[2] and box[1] <= y and (y <= box[3] or over) else outside).append(glyph)
    return inside, outside


def _fill(frame: Frame, glyphs: Sequence[Word], number: int) -> Table:
    owner = {
        (r, c): n
        for n, slot in enumerate(frame.slots)
        for r in range(slot.row, slot.row + slot.rowspan)
        for c in range(slot.column, slot.column + slot.colspan)
    }
    held: list[list[Word]] = [[] for _ in frame.slots]
    for glyph in glyphs:
        x, y = glyph.middle
        held[owner[_slot(frame.ys, y), _slot(frame.xs, x)]].append(glyph)
    texts = [cell_text(words, s.box) for s, words in zip(frame.slots, held, strict=True)]
    cells = [
        Cell(text, s.row, s.column, s.rowspan, s.colspan, Spot(page=number, box=rounded(s.box)))
        for s, (text, _) in zip(frame.slots, texts, strict=True)
    ]
    full = {(s.row, s.column) for s, (_, to_edge) in zip(frame.slots, texts, strict=True) if to_edge}
    return Table(cells, frame.xs, frame.box, len(frame.ys) - 1, full)


def _slot(edges: list[float], place: float) -> int:
    """The slot that a place inside the frame falls in."""
    for n in range(len(edges) - 2):
        if place < edges[n + 1]:
            return n
    return len(edges) - 2


def blocks(pages: Sequence[Page], limits: Limits) -> list[Block]:
    """The blocks of a document from its pages. Raises CannotRead("too_large") past the limit on cells."""
    without_running(pages)
    measure = prose.Measure.of(pages)
    out: list[Block] = []
    last: Table | None = None
    for page in pages:
        for n, block in enumerate(_in_order(page, measure)):
            if isinstance(block, Table):
                if last is not None and (whole := joining.joined(last, block)):
                    last = whole
                    out[-1] = _grid(whole)
                else:
                    last = block
                    out.append(_grid(block))
                continue
            before = out[-1] if out else None
            if (
                n == 0
                and isinstance(before, Paragraph)
                and isinstance(block, Paragraph)
                and measure is not None
                and prose.carries_over(before, block, measure)
            ):
                before.text += block.text
            else:
                out.append(block)
            last = None
    if sum(len(b.cells) for b in out if isinstance(b, Grid)) > limits.cells:
        raise CannotRead("too_large", f"文档中的表格单元格超过 {limits.cells} 个，请拆分后再读取。")
    return out


def _grid(table: Table) -> Grid:
    first = table.cells[0].spot
    return Grid(table.cells, exact=True, spot=Spot(page=first.page, box=rounded(table.box)))


def _in_order(page: Page, measure: prose.Measure | None) -> list[Block | Table]:
    """Tables and paragraphs of a page, from top to bottom."""
    out: list[Block | Table] = []
    waiting: list[Line] = []
    tables = sorted(page.tables, key=lambda t: t.box[1])
    for line in page.lines:
        while tables and tables[0].box[1] < (line.box[1] + line.box[3]) / 2:
            out += _loose(waiting, page.number, measure)
            waiting = []
            out.append(tables.pop(0))
        waiting.append(line)
    out += _loose(waiting, page.number, measure)
    return out + tables


def _loose(rows: Sequence[Line], number: int, measure: prose.Measure | None) -> list[Block | Table]:
    if measure is None:
        return []
    out: list[Block | Table] = []
    for is_table, stretch in columns.stretches(rows):
        if is_table:
            out.append(columns.loose_grid(stretch, number))
        else:
            out += prose.paragraphs(stretch, number, measure)
    return out
