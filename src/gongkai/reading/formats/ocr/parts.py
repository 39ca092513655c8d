"""A long picture of several pages, one below the other, in its pages: each was scanned with a skew of its own."""

from __future__ import annotations

import numpy as np

from gongkai.reading.formats.ocr.engine import Grey

PAGE = 2**0.5
"""Height of a page for its width."""
LONG = 1.6
"""A picture higher than this many widths holds more than a page."""
NEAR = 0.2
"""A page may end this share of its height before or after where it should."""
GAP = 0.012
"""Share of the width that must be blank between pages."""


def parts(image: Grey) -> list[tuple[int, Grey]]:
    """(first row of pixels, picture) of every page of a picture; one part where it has no blank gaps to cut at."""
    height, width = image.shape
    if height < LONG * width:
        return [(0, image)]
    blank = _blank_rows(image)
    cuts = [0]
    while height - cuts[-1] > LONG * width:
        expected, reach = cuts[-1] + PAGE * width, NEAR * PAGE * width
        gap = _widest(blank, int(expected - reach), min(int(expected + reach), height))
        if gap is None or gap[1] - gap[0] < GAP * width:
            break
        cuts.append((gap[0] + gap[1]) // 2)
    return [(a, image[a:b]) for a, b in zip(cuts, [*cuts[1:], height], strict=True)]


def _blank_rows(image: Grey) -> np.ndarray:
    """Rows with hardly any ink; a shade along the edge of a sheet is no ink."""
    paper, black = np.percentile(image, (90, 0.5))
    ink = image < paper - 0.4 * (paper - black)
    return np.asarray(ink.sum(axis=1) <= 2)


def _widest(blank: np.ndarray, first: int, last: int) -> tuple[int, int] | None:
    """The widest run of blank rows that begins between two rows."""
    best: tuple[int, int] | None = None
    start: int | None = None
    for row in range(max(first, 0), last + 1):
        inside = row < last and bool(blank[row])
        if inside and start is None:
            start = row
        elif not inside and start is not None:
            if best is None or row - start > best[1] - best[0]:
                best = (start, row)
            start = None
    return best
