"""Pages -> blocks: running heads off, tables in their place among the paragraphs, tables over page ends joined."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.reading.blocks import Block, Cell, Grid, Paragraph, Spot
from gongkai.reading.formats.page import columns, joining, prose
from gongkai.reading.formats.page.rulings import Frame
from gongkai.reading.formats.page.running import without_running
from gongkai.reading.formats.page.shapes import Box, Line, Page, Table, Word, around, rounded
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
    weaver = _Weaver(measure)
    for page in pages:
        for n, block in enumerate(_in_order(page, measure)):
            if isinstance(block, Table):
                weaver.table(block)
            else:
                weaver.other(block, starts_page=n == 0)
    out = weaver.out
    if sum(len(b.cells) for b in out if isinstance(b, Grid)) > limits.cells:
        raise CannotRead("too_large", f"文档中的表格单元格超过 {limits.cells} 个，请拆分后再读取。")
    return out


class _Weaver:
    """Puts blocks one after the other, and together what page ends have parted; ``out`` holds them."""

    def __init__(self, measure: prose.Measure | None):
        self.out: list[Block] = []
        self._measure = measure
        self._table: Table | None = None
        self._spilt: tuple[Table, Cell] | None = None

    def table(self, table: Table) -> None:
        if self._spilt and not joining.apart(self.out[-1].spot, table):
            self._spilt = None
        upper = self._table or (self._spilt[0] if self._spilt else None)
        whole = joining.joined(upper, table) if upper is not None else None
        if whole is not None and self._table is None and self._spilt is not None:
            rest = self.out.pop()
            if isinstance(rest, Paragraph):
                self._spilt[1].text += rest.text
                whole = joining.joined(self._spilt[0], table) or whole
        if whole is not None:
            self.out[-1] = _grid(whole)
        else:
            self.out.append(_grid(table))
        self._table, self._spilt = whole or table, None

    def other(self, block: Paragraph | Grid, *, starts_page: bool) -> None:
        before = self.out[-1] if self.out else None
        cell = joining.spilt(self._table, block) if self._table and isinstance(block, Paragraph) else None
        self._spilt = (self._table, cell) if self._table and cell else None
        self._table = None
        if (
            starts_page
            and isinstance(before, Paragraph)
            and isinstance(block, Paragraph)
            and self._measure is not None
            and prose.carries_over(before, block, self._measure)
        ):
            before.text += block.text
        else:
            self.out.append(block)


def _grid(table: Table) -> Grid:
    """The grid of a table; its place is that of its part on the first page."""
    page = table.cells[0].spot.page
    places = [c.spot.box for c in table.cells if c.spot.page == page and c.spot.box]
    return Grid(
        table.cells, exact=True, spot=Spot(page=page, box=rounded(around(places)) if places else None)
    )


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
