"""Titles and snippets with what was looked for marked, cut from the text as published."""

from __future__ import annotations

import re
from bisect import bisect_left

from .language.fold import BREAK, fold
from .language.lexicon import lexicon
from .language.segment import pieces
from .plan import Plan
from .results import Segment

LENGTH = 110
LEAD = 24
SCANNED = 100_000
MOST_MATCHES = 400


def needles(plan: Plan) -> re.Pattern[str] | None:
    """A pattern for folded text that finds what `plan` looks for, longest first; None when it looks for nothing.

    Words count whole; when a word came from a run that need not stand together, its parts count too.
    """
    texts: dict[str, None] = {}
    for group in plan.groups:
        for number, part in enumerate(group):
            texts[part.text.replace(" ", "")] = None
            # Other names of the thing (all but the first) are looked for whole, unless they are several words.
            if not part.adjacent and (number == 0 or " " in part.text):
                texts |= dict.fromkeys(piece for word in part.text.split(" ") for piece in pieces(word) if len(piece) > 1)
    wanted = sorted((text for text in texts if text not in lexicon().empty or len(texts) == 1), key=len, reverse=True)
    # In the original, signs and spaces may stand between characters that the index holds together.
    spread = (f"[ {BREAK}]*".join(map(re.escape, text)) for text in wanted if text.strip(BREAK))
    pattern = "|".join(spread)
    return re.compile(pattern) if pattern else None


def marked(text: str, pattern: re.Pattern[str] | None) -> tuple[Segment, ...]:
    """All of `text` in segments."""
    return _segments(text, 0, len(text), _spans(text, pattern))


def snippet(body: str, pattern: re.Pattern[str] | None) -> tuple[Segment, ...]:
    """About LENGTH characters of `body`, where most different things looked for stand together; its beginning
    when none does. An ellipsis shows where text was left out."""
    text = " ".join(body[:SCANNED].split())
    spans = _spans(text, pattern)
    start = _best_start(text, spans)
    end = min(len(text), start + LENGTH)
    inside = [(max(start, low), min(end, high)) for low, high in spans if high > start and low < end]
    found = _segments(text, start, end, inside)
    before = (Segment("…"),) if start else ()
    return (*before, *found, *((Segment("…"),) if end < len(text) else ()))


def _spans(text: str, pattern: re.Pattern[str] | None) -> list[tuple[int, int]]:
    if pattern is None or not text:
        return []
    spans = []
    for found in pattern.finditer(fold(text)):
        spans.append(found.span())
        if len(spans) == MOST_MATCHES:
            break
    return spans


def _best_start(text: str, spans: list[tuple[int, int]]) -> int:
    """Where the window with the most different matches begins, moved back to the start of its clause."""
    if not spans:
        return 0
    starts = [low for low, _ in spans]
    best, most = starts[0], -1
    for number, low in enumerate(starts):
        last = bisect_left(starts, low + LENGTH - LEAD)
        different = {text[a:b] for a, b in spans[number:last]}
        worth = sum(map(len, different)) * 10 + (last - number)
        if worth > most:
            best, most = low, worth
    lead = text[max(0, best - LEAD) : best]
    clause = max(lead.rfind(sign) for sign in "。；！？ ")
    if clause >= 0:
        return best - len(lead) + clause + 1
    comma = lead.rfind("，")
    return best - len(lead) + comma + 1 if comma >= 0 else max(0, best - LEAD)


def _segments(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> tuple[Segment, ...]:
    found, at = [], start
    for low, high in spans:
        if low > at:
            found.append(Segment(text[at:low]))
        found.append(Segment(text[low:high], True))
        at = high
    if at < end:
        found.append(Segment(text[at:end]))
    return tuple(found)
