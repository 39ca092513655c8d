"""Tables without ruling lines: rows of segments that stand apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gongkai.reading.blocks import Cell, Grid, Spot
from gongkai.reading.formats.page.shapes import Line, around, rounded

ROWS = 3
"""So many rows of segments in a row make a table; fewer are a letterhead or a signature."""
ALONE = 2
"""So many lines of one segment may stand between two rows: captions and wrapped labels."""
CAPTION = 24
"""A line of one segment longer than this is a sentence, not a caption."""

_SECTION = re.compile(r"\s*[一二三四五六七八九十]+\s*[、.．]")
_FIGURE = re.compile(r"[-+＋－—–/／\d０-９,，.．]+(?:万?元)?")


def stretches(rows: Sequence[Line]) -> Iterable[tuple[bool, Sequence[Line]]]:
    """The lines of a page in stretches, each with True where it is a table."""
    start = 0
    for first, last in _runs(rows):
        if first > start:
            yield False, rows[start:first]
        yield True, rows[first:last]
        start = last
    if start < len(rows):
        yield False, rows[start:]


def _runs(rows: Sequence[Line]) -> Iterable[tuple[int, int]]:
    first: int | None = None
    last = 0
    for n, row in enumerate(rows):
        if len(row.words) > 1:
            first = n if first is None else first
            last = n + 1
        elif first is not None and (n + 1 - last > ALONE or not _caption(row)):
            if _table(rows[first:last]):
                yield first, last
            first = None
    if first is not None and _table(rows[first:last]):
        yield first, last


def _caption(row: Line) -> bool:
    return len(row.text) <= CAPTION and not _SECTION.match(row.text)


def _table(rows: Sequence[Line]) -> bool:
    split = [r for r in rows if len(r.words) > 1]
    figures = [r for r in split if any(_FIGURE.fullmatch(w.text.strip()) for w in r.words)]
    return len(split) >= ROWS and 2 * len(figures) >= len(split)


def loose_grid(rows: Sequence[Line], page: int) -> Grid:
    """A grid whose rows are lines and whose columns only count segments."""
    cells = [
        Cell(word.text, r, c, spot=Spot(page=page, box=rounded(word.box), confidence=word.confidence))
        for r, row in enumerate(rows)
        for c, word in enumerate(row.words)
    ]
    return Grid(cells, exact=False, spot=Spot(page=page, box=rounded(around([r.box for r in rows]))))
