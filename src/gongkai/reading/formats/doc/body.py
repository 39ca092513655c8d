"""The text of a .doc -> blocks: paragraphs by their marks, tables by cell marks and row ends ([MS-DOC] 2.4.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongkai.reading.blocks import Block, Grid
from gongkai.reading.blocks import Paragraph as TextBlock
from gongkai.reading.formats.doc.lists import Lists
from gongkai.reading.formats.doc.pieces import Text, joined
from gongkai.reading.formats.doc.properties import Layout, Paragraph, Properties
from gongkai.reading.formats.lattice import Merge, Room, Row, table_blocks
from gongkai.reading.limits import Limits

_MARK = re.compile("[\r\x07\x0c]")
_SIGNS = str.maketrans({"\x0b": "\n", "\x0e": "\n", "\x1e": "-", **dict.fromkeys("\x00\x01\x02\x03\x04\x05\x06\x08\x1f", None)})
_SNAP = 57
"""Edges within a millimetre (in twips) are one: dragging columns by hand leaves rows a hair apart."""
_DEEPEST = 16


@dataclass(slots=True)
class _Table:
    """A table being read: finished rows, the finished cells of the row begun, the content of the cell begun."""

    rows: list[Row] = field(default_factory=list)
    begun: list[list[Block]] = field(default_factory=list)
    cell: list[Block] = field(default_factory=list)


class Body:
    """Reads stretches of the text; keeps the running numbers and the count of cells of one document."""

    def __init__(self, text: Text, properties: Properties, lists: Lists, limits: Limits):
        self._text, self._properties, self._lists, self._room = text, properties, lists, Room(limits)

    def read(self, start: int, end: int) -> list[Block]:
        """The blocks of the characters from ``start`` up to ``end``."""
        blocks: list[Block] = []
        open_tables: list[_Table] = []
        fields = _Fields()
        for first, mark, last in self._paragraphs(start, min(end, len(self._text.characters))):
            about = self._properties.of(mark)
            text = joined(fields.results("".join(self._properties.seen(first, mark)))).translate(_SIGNS)
            sign = self._text.characters[mark] if mark < last else "\r"
            depth = min(about.depth, _DEEPEST)
            while len(open_tables) > depth:
                _close(open_tables, blocks)
            while len(open_tables) < depth:
                open_tables.append(_Table())
            self._place(text, sign, about, open_tables, blocks)
        while open_tables:
            _close(open_tables, blocks)
        return [block for block in blocks if isinstance(block, Grid) or block.text.strip()]

    def _paragraphs(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """(first character, mark, end) of each paragraph; the last may have no mark."""
        while start < end:
            found = _MARK.search(self._text.characters, start, end)
            mark = found.start() if found else end
            last = found.end() if found else end
            yield start, min(mark, end - 1) if not found else mark, last
            if not found:
                return
            start = last

    def _place(self, text: str, sign: str, about: Paragraph, tables: list[_Table], blocks: list[Block]) -> None:
        if about.row_end and tables:
            self._end_row(tables[-1], about)
            return
        if text.strip():
            text = self._lists.label(about.list_id, about.list_depth) + text
        target = tables[-1].cell if tables else blocks
        target.append(TextBlock(text, about.level))
        if tables and (sign == "\x07" or about.cell_end):
            self._room.take(1)
            tables[-1].begun.append(tables[-1].cell)
            tables[-1].cell = []

    def _end_row(self, table: _Table, about: Paragraph) -> None:
        cells, table.begun, table.cell = table.begun, [], []
        if cells:
            table.rows.append(_row(cells, about))


class _Fields:
    """Keeps what fields show and drops their instructions; a field may span paragraphs."""

    def __init__(self) -> None:
        self._open: list[bool] = []

    def results(self, text: str) -> str:
        if not self._open and "\x13" not in text:
            return text
        out: list[str] = []
        for char in text:
            if char == "\x13":
                self._open.append(True)
            elif char == "\x14" and self._open:
                self._open[-1] = False
            elif char == "\x15" and self._open:
                self._open.pop()
            elif not any(self._open):
                out.append(char)
        return "".join(out)


def _close(tables: list[_Table], blocks: list[Block]) -> None:
    """End the innermost table: its Grid, then the grids its cells held, go where it stands."""
    table = tables.pop()
    target = tables[-1].cell if tables else blocks
    target += table_blocks(table.rows, _SNAP)
    # Cells whose row never ended (a damaged table) stay as text rather than vanish.
    target += [block for cell in [*table.begun, table.cell] for block in cell]


def _row(cells: list[list[Block]], about: Paragraph) -> Row:
    """The cells of a row on its edges; without usable edges each cell counts one column."""
    layout = about.layout
    if layout is None or len(layout.flags) != len(cells):
        layout = Layout(tuple(1000 * index for index in range(len(cells) + 1)), (0,) * len(cells))
    row = Row()
    first = 0
    for index, contents in enumerate(cells):
        left, right, flags = layout.edges[index], layout.edges[index + 1], layout.flags[index]
        side = flags & 3
        joined_by_hand = any(start < index < end for start, end in about.joins)
        # Which of 1 and 2 is "first of a merged run" differs between writers; a run starts with its first value.
        if row.pieces and ((side and first and side != first) or joined_by_hand):
            row.pieces[-1].right = max(right, row.pieces[-1].right)
            continue
        first = side
        row.add(left, max(right, left), contents, _merge(about.merges.get(index, flags >> 5 & 3)))
    return row


def _merge(flags: int) -> Merge:
    return "none" if not flags else "more" if flags == 1 else "first"
