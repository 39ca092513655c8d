"""Lines -> paragraphs: which lines run on in one another."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from gongkai.reading.blocks import Paragraph, Spot
from gongkai.reading.formats.page.shapes import Line, Page, around, lowest, rounded
from gongkai.reading.formats.page.words import seam

SHORT = 2.0
"""A line that ends this many letters before the edge of the text ends its paragraph."""
INDENT = 1.2
"""A line that starts this many letters inside the edge of the text starts a paragraph."""
LEADING = 1.3
"""A space between lines of this many letter heights parts paragraphs."""
FILLED = 0.6
"""If no line fills this share of the page between even margins, the lines do not show where the text ends."""
ENDINGS = tuple("。！？；：!?;:")


@dataclass(frozen=True, slots=True)
class Measure:
    """The column of text: its left and right edge."""

    left: float
    right: float

    @classmethod
    def of(cls, pages: Sequence[Page]) -> Measure | None:
        """The edges that the lines of a document keep to; None where it has no lines outside tables.

        Where no line comes near the far side, the right margin is taken to be as wide as the left one.
        """
        rows = [line for page in pages for line in page.lines]
        if not rows:
            return None
        left, right = _common([r.box[0] for r in rows]), max(r.box[2] for r in rows)
        width = max(page.width for page in pages)
        if right - left < FILLED * (width - 2 * left):
            right = width - left
        return cls(left, right)


def _common(edges: list[float]) -> float:
    """The leftmost edge that at least two lines keep to (a lone outlier is no margin)."""
    edges = sorted(edges)
    for a, b in itertools.pairwise(edges):
        if b - a < 3:
            return a
    return edges[0]


def paragraphs(rows: Sequence[Line], page: int, measure: Measure) -> list[Paragraph]:
    """Paragraphs from the lines of one stretch of page, top to bottom."""
    out: list[Paragraph] = []
    bundle: list[Line] = []
    for row in rows:
        if bundle and not _runs_on(bundle, row, measure):
            out.append(_paragraph(bundle, page))
            bundle = []
        bundle.append(row)
    if bundle:
        out.append(_paragraph(bundle, page))
    return out


def _runs_on(bundle: Sequence[Line], row: Line, measure: Measure) -> bool:
    before = bundle[-1]
    size = median([before.size, row.size])
    if abs(before.size - row.size) > 0.25 * size or row.box[1] - before.box[3] > LEADING * size:
        return False
    if before.box[2] < measure.right - SHORT * size:
        return False
    return row.box[0] <= measure.left + INDENT * size or _centred(row, measure, size)


def _centred(row: Line, measure: Measure, size: float) -> bool:
    """The short last line of a title that is set in the middle."""
    aside = (row.box[0] - measure.left) - (measure.right - row.box[2])
    return abs(aside) < size and row.box[0] > measure.left + 2.5 * size


def _paragraph(bundle: Sequence[Line], page: int) -> Paragraph:
    text = bundle[0].text
    for row in bundle[1:]:
        text += seam(text, row.text) + row.text
    box = rounded(around([r.box for r in bundle]))
    return Paragraph(text, spot=Spot(page=page, box=box, confidence=lowest(r.confidence for r in bundle)))


def carries_over(last: Paragraph, first: Paragraph, measure: Measure) -> bool:
    """Whether a paragraph goes on over the page's end: the last line is full, and the next page starts unindented."""
    if last.text.endswith(ENDINGS) or not last.spot.box or not first.spot.box:
        return False
    size = 12.0
    return last.spot.box[2] >= measure.right - size and first.spot.box[0] <= measure.left + size / 2
