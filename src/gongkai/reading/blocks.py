"""What a format adapter gives: a document as headings, paragraphs and grids, each with its place.

Every adapter, of whatever format, ends here; cleaning, matching, claims and identity begin here. Texts are as
printed: nothing is cleaned, converted or dropped by an adapter.

What a page has hundreds of is a msgspec struct that the garbage collector need not watch (``gc=False``): none of them
can refer back to itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from gongkai.report import Problem


class Spot(msgspec.Struct, gc=False):
    """A place in the document. Fields as in :class:`gongkai.report.Trace`; all counting is from 1, offsets from 0."""

    page: int | None = None
    sheet: str | None = None
    start: int | None = None
    end: int | None = None
    box: tuple[float, float, float, float] | None = None
    confidence: float | None = None


NOWHERE = Spot()
"""The spot of a cell whose format tells no place; shared, never changed."""


class Cell(msgspec.Struct, eq=False, gc=False):
    """A cell of a grid; ``row`` and ``column`` are the top left slot it fills, from 0. Equal only to itself."""

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    spot: Spot = msgspec.field(default_factory=lambda: NOWHERE)


@dataclass(slots=True)
class Grid:
    """A table. ``exact`` says that columns are real: the format told them, or ruling lines did.

    A grid that is not exact (cells of a pipe row, cells of a line stream) has cells in reading order, in rows where
    the page shows row breaks; its columns only count cells.
    """

    cells: list[Cell]
    exact: bool = True
    spot: Spot = field(default_factory=Spot)


class Paragraph(msgspec.Struct, gc=False):
    """A line or paragraph; ``level`` is 1-6 where the format marks a heading, else 0."""

    text: str
    level: int = 0
    spot: Spot = msgspec.field(default_factory=Spot)


Block = Paragraph | Grid


@dataclass(slots=True)
class Document:
    """A file opened. ``kind`` is the format found (html, text, docx, doc, pdf, scan, xlsx, xls, ofd).

    ``text`` is the decoded text that the offsets of spots count in, where the format has one (html source, text).
    ``meta`` holds what the format says about itself: title, address, dates, as printed.
    """

    source: str
    kind: str
    blocks: list[Block] = field(default_factory=list)
    text: str | None = None
    meta: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
