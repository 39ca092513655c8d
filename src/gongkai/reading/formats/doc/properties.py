"""Properties of paragraphs and characters: runs of "sprms" in 512-byte pages ([MS-DOC] 2.6, 2.9)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongkai.reading.formats.doc.fib import Fib, number
from gongkai.reading.formats.doc.pieces import Text

_PAGE = 512
_SIZES = (1, 1, 2, 4, 2, 2, -1, 3)
_TABLE_DEFINITION, _TABS = 0xD608, 0xC615
_ELSEWHERE = frozenset({0x6645, 0x6646, 0x646B})
_DELETED, _HIDDEN = 0x0800, 0x083C


@dataclass(frozen=True, slots=True)
class Layout:
    """The cells of a table row: n + 1 edges in twips and for each cell its merge flags."""

    edges: tuple[int, ...]
    flags: tuple[int, ...]


@dataclass(slots=True)
class Paragraph:
    """What the properties of a paragraph say of structure.

    ``depth``: 0 outside tables, 1 in a table, more in tables within; ``row_end`` marks the end of a row,
    ``cell_end`` of a cell of an inner table; ``level``: heading 1-6; ``list_id`` from 1, ``list_depth`` from 0.
    """

    depth: int = 0
    row_end: bool = False
    cell_end: bool = False
    level: int = 0
    list_id: int | None = None
    list_depth: int | None = None
    style: int = 0
    layout: Layout | None = None
    merges: dict[int, int] = field(default_factory=dict)
    joins: list[tuple[int, int]] = field(default_factory=list)


class Properties:
    """Looks up the properties of paragraphs, and which characters are deleted or hidden."""

    def __init__(self, main: bytes, table: bytes, extra: bytes, fib: Fib, text: Text):
        self._main, self._extra, self._text = main, extra, text
        self._starts, self._pages = _bins(table, *fib.paragraphs)
        self._unseen = list(_unseen(main, *_bins(table, *fib.characters)))
        self._unseen_starts = [first for first, _ in self._unseen]
        self._cache: dict[int, list[tuple[int, int, bytes]]] = {}

    def of(self, mark: int) -> Paragraph:
        """The properties of the paragraph whose mark is at this character position."""
        found = Paragraph()
        stretch, offset = self._text.stretch(mark), self._text.offset(mark)
        if stretch is None or offset is None:
            return found
        run = self._run(offset)
        if len(run) >= 2:
            found.style = number(run, 0, 2)
            if 1 <= found.style <= 9:  # styles 1-9 are always Heading 1-9 ([MS-DOC] 2.9.271)
                found.level = min(found.style, 6)
            self._apply(found, run[2:])
        self._apply(found, stretch.changes)
        return found

    def seen(self, start: int, end: int) -> Iterator[str]:
        """The characters of a range without those deleted under tracked changes or formatted as hidden."""
        if not self._unseen:
            yield self._text.characters[start:end]
            return
        for position in range(start, min(end, len(self._text.characters))):
            offset = self._text.offset(position)
            at = bisect_right(self._unseen_starts, offset if offset is not None else -1) - 1
            if at < 0 or offset is None or offset >= self._unseen[at][1]:
                yield self._text.characters[position]

    def _run(self, offset: int) -> bytes:
        at = bisect_right(self._starts, offset) - 1
        if not 0 <= at < len(self._pages):
            return b""
        page = self._pages[at]
        if page not in self._cache:
            self._cache[page] = list(_paragraph_page(self._main, page))
        return next((run for start, end, run in self._cache[page] if start <= offset < end), b"")

    def _apply(self, found: Paragraph, run: bytes, nested: bool = False) -> None:
        for code, operand in changes(run):
            if code in _ELSEWHERE and not nested:
                place = int.from_bytes(operand, "little")
                if place + 2 <= len(self._extra):
                    size = number(self._extra, place, 2)
                    self._apply(found, self._extra[place + 2 : place + 2 + size], nested=True)
            else:
                _set(found, code, operand)


def changes(run: bytes) -> Iterator[tuple[int, bytes]]:
    """(code, operand) of each property change; stops where the run is cut short."""
    at = 0
    while at + 2 <= len(run):
        code = number(run, at, 2)
        at += 2
        size = _SIZES[code >> 13]
        if code == _TABLE_DEFINITION:
            if at + 2 > len(run):
                return
            size = number(run, at, 2) + 1
        elif size < 0:
            if at >= len(run):
                return
            size = run[at] + 1
            if code == _TABS and run[at] == 255:
                return  # the long form of tab stops carries no size; nothing read here comes after it
        if at + size > len(run):
            return
        yield code, run[at : at + size]
        at += size


def _set(found: Paragraph, code: int, operand: bytes) -> None:  # noqa: C901  # a table of codes, one line each
    first = operand[0] if operand else 0
    match code:
        case 0x2416:  # sprmPFInTable
            found.depth = max(found.depth, first)
        case 0x6649:  # sprmPItap
            found.depth = int.from_bytes(operand, "little") if operand[3] < 0x80 else 0
        case 0x2417 | 0x244C:  # sprmPFTtp, sprmPFInnerTtp
            found.row_end = found.row_end or bool(first)
        case 0x244B:  # sprmPFInnerTableCell
            found.cell_end = bool(first)
        case 0x2640:  # sprmPOutLvl
            found.level = min(first + 1, 6) if first < 9 else 0
        case 0x460B:  # sprmPIlfo
            found.list_id = int.from_bytes(operand, "little", signed=True)
        case 0x260A:  # sprmPIlvl
            found.list_depth = first
        case 0x4600:  # sprmPIstd
            found.style = int.from_bytes(operand, "little")
        case 0xD608:  # sprmTDefTable
            found.layout = _layout(operand)
        case 0xD62B if len(operand) >= 3:  # sprmTVertMerge
            found.merges[operand[1]] = operand[2]
        case 0x5624 | 0x5625:  # sprmTMerge, sprmTSplit
            span = (operand[0], operand[1])
            found.joins = [join for join in found.joins if join[1] <= span[0] or join[0] >= span[1]]
            if code == 0x5624:
                found.joins.append(span)


def _layout(operand: bytes) -> Layout | None:
    """Edges and cell flags of sprmTDefTable; cells past the stored flags have none."""
    if len(operand) < 3:
        return None
    count = operand[2]
    need = 3 + 2 * (count + 1)
    if not 0 < count <= 63 or len(operand) < need:
        return None
    edges = tuple(int.from_bytes(operand[3 + 2 * i : 5 + 2 * i], "little", signed=True) for i in range(count + 1))
    flags = tuple(int.from_bytes(operand[need + 20 * i : need + 20 * i + 2], "little") for i in range(count))
    return Layout(edges, flags)


def _bins(table: bytes, at: int, size: int) -> tuple[list[int], list[int]]:
    """First file offsets of the pages, and the page numbers."""
    count = (size - 4) // 8
    if count < 1:
        return [], []
    starts = [number(table, at + 4 * index) for index in range(count)]
    return starts, [number(table, at + 4 * (count + 1 + index)) & 0x3F_FFFF for index in range(count)]


def _paragraph_page(main: bytes, page: int) -> Iterator[tuple[int, int, bytes]]:
    """(first offset, end offset, style and changes) of the paragraphs of a page."""
    body = main[page * _PAGE : page * _PAGE + _PAGE]
    if len(body) < _PAGE:
        return
    count = body[511]
    for index in range(count):
        entry = 4 * (count + 1) + 13 * index
        if entry >= 511:
            return
        at = 2 * body[entry]
        run = b""
        if 0 < at < 511:
            size = 2 * body[at] - 1 if body[at] else 2 * body[at + 1]
            at += 1 if body[at] else 2
            run = body[at : at + size]
        yield number(body, 4 * index), number(body, 4 * index + 4), run


def _unseen(main: bytes, starts: list[int], pages: list[int]) -> Iterator[tuple[int, int]]:
    """File ranges of characters that are deleted or hidden, ascending."""
    ranges: list[tuple[int, int]] = []
    for page in pages:
        body = main[page * _PAGE : page * _PAGE + _PAGE]
        if len(body) < _PAGE:
            continue
        count = body[511]
        for index in range(count):
            entry = 4 * (count + 1) + index
            at = 2 * body[entry] if entry < 511 else 0
            if at and at < 511:
                run = body[at + 1 : at + 1 + body[at]]
                if any(code in (_DELETED, _HIDDEN) and operand[0] == 1 for code, operand in changes(run)):
                    ranges.append((number(body, 4 * index), number(body, 4 * index + 4)))
    yield from sorted(ranges)
