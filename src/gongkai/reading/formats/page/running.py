"""Running heads and page numbers: what stands on every page and belongs to none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from gongkai.reading.formats.page.shapes import Line, Page

EDGE = 0.06
"""So near the edge (share of the page height) stand the lines that a browser prints."""
MARGIN = 0.12
"""Running lines stand in this share of the page height, at the top or the bottom."""

_DECORATED = re.compile(
    r"[-—–─―~·•\s]*(?:第\s*)?(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*页?\s*(?:[/／,，共\s]*(?:of)?\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*页)?[-—–─―~·•\s]*"
    r"|(?:page|p\.?)\s*\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?(?:\s*[-–—].{0,80})?"
    r"|\d{1,3}\s*(?:/|／|of)\s*\d{1,3}",
    re.IGNORECASE,
)
_BARE = re.compile(r"\d{1,3}")
_DIGITS = re.compile(r"\d+")


def without_running(pages: Sequence[Page]) -> None:
    """Take page numbers and repeated heads and feet off the lines of the pages, in place.

    A head that repeats is kept once, where it stands first: it may be the only place that names the organ. A bare
    number goes only where it is the number of its page (or runs on with the pages): elsewhere it may be a figure.
    """
    shift = _shift(pages)
    heads = Counter(
        key for page in pages for key in {_key(line) for line in page.lines if _outer(page, line)}
    )
    seen: set[str] = set()
    for page in pages:
        kept = []
        for line in page.lines:
            if _outer(page, line):
                if _is_number(line.text, page.number, shift):
                    continue
                if _runs(heads[_key(line)], len(pages), line, page):
                    if line.box[1] > page.height / 2 or _key(line) in seen:
                        continue
                    seen.add(_key(line))
            kept.append(line)
        page.lines = kept


def _runs(times: int, pages: int, line: Line, page: Page) -> bool:
    """Whether a line that stands on so many pages is a running one; on two pages only at the very edge."""
    if pages > 2:
        return times > pages / 2
    edge = min(line.box[1], page.height - line.box[3])
    return pages == 2 and times == 2 and edge < EDGE * page.height


def _outer(page: Page, line: Line) -> bool:
    """In the margin, and no table between the line and the page's edge."""
    top, bottom = line.box[1], line.box[3]
    if bottom < page.height * MARGIN:
        return not any(t.box[1] < top for t in page.tables)
    if top > page.height * (1 - MARGIN):
        return not any(t.box[3] > bottom for t in page.tables)
    return False


def _key(line: Line) -> str:
    return _DIGITS.sub("#", line.text.replace(" ", ""))


def _is_number(text: str, number: int, shift: int | None) -> bool:
    text = text.strip()
    if _BARE.fullmatch(text):
        return int(text) == number or (shift is not None and int(text) == number + shift)
    return len(text) > 1 and _DECORATED.fullmatch(text) is not None


def _shift(pages: Sequence[Page]) -> int | None:
    """By how much the printed numbers differ from the count of pages, where at least two pages say the same."""
    shifts = Counter(
        int(text) - page.number
        for page in pages
        for line in page.lines
        if _outer(page, line) and _BARE.fullmatch(text := line.text.strip())
    )
    best = shifts.most_common(1)
    return best[0][0] if best and best[0][1] > 1 else None
