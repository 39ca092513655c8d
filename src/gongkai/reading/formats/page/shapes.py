"""What is on one page, before it is a document: words, ruling lines and tables, in points from its top left."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from gongkai.reading.blocks import Cell

Box = tuple[float, float, float, float]
"""(left, top, right, bottom) in points; x runs right, y runs down."""


@dataclass(slots=True)
class Word:
    """A run of text without a wide gap: a glyph, or (after :func:`words.lines`) a segment of a line."""

    text: str
    box: Box
    confidence: float | None = None

    @property
    def middle(self) -> tuple[float, float]:
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight ruling line along an axis, at ``at`` (x if vertical, else y) from ``start`` to ``end``.

    ``weak``: not drawn as a line, but the edge of a filled rectangle.
    """

    vertical: bool
    at: float
    start: float
    end: float
    weak: bool = False


@dataclass
class Line:
    """Segments that stand on one line, left to right."""

    words: list[Word]

    @cached_property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @cached_property
    def box(self) -> Box:
        return around([w.box for w in self.words])

    @cached_property
    def size(self) -> float:
        """Height of the tallest segment, which stands for the size of the type."""
        return max(w.height for w in self.words)

    @property
    def confidence(self) -> float | None:
        return lowest(w.confidence for w in self.words)


@dataclass(slots=True)
class Table:
    """A ruled table: its cells, and the x of its column edges (one more than there are columns).

    ``full``: (row, column) of the cells whose last line runs to the edge, so that it may go on over a page end.
    """

    cells: list[Cell]
    edges: list[float]
    box: Box
    rows: int
    full: set[tuple[int, int]] = field(default_factory=set)


@dataclass(slots=True)
class Page:
    """One page read: what stands in ruled tables, and the lines outside them. Sizes are in points."""

    number: int
    width: float
    height: float
    tables: list[Table] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def around(boxes: list[Box]) -> Box:
    """The smallest box around some boxes."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def lowest(values: object) -> float | None:
    """The lowest of the confidences that are known, or None."""
    known = [v for v in values if v is not None]  # type: ignore[attr-defined]
    return min(known) if known else None


def rounded(box: Box) -> Box:
    """A box to a tenth of a point: finer places say nothing to a reader."""
    return round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1)
