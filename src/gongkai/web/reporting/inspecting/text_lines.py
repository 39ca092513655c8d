"""A text file as numbered lines with its figures marked: by the offsets of their traces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from .original import Cut, Line, Part, Run

AROUND = 25
"""Lines shown before and after a mark when a text is too long to be shown whole."""
WHOLE = 1200
"""Lines up to which a text is shown whole."""
LONGEST = 4000
"""Characters of an unmarked run; the rest of a longer one is left out."""


@dataclass(frozen=True, slots=True)
class Span:
    """A marked stretch of the text: offsets as in a Trace."""

    start: int
    end: int
    anchor: str
    mark: str
    raw: str | None = None


def narrowed(text: str, span: Span) -> Span:
    """A span of a whole cell with its padding -> the printed figure alone."""
    piece = text[span.start : span.end]
    at = piece.find(span.raw) if span.raw else -1
    if at < 0 or not span.raw:
        return span
    return replace(span, start=span.start + at, end=span.start + at + len(span.raw))


def text_parts(text: str, spans: Iterable[Span]) -> list[Part]:
    """The lines of ``text``; overlapping spans: the one that begins first wins, then the shorter."""
    chosen = list(_apart(sorted(spans, key=lambda s: (s.start, s.end))))
    out: list[Part] = []
    position, next_span = 0, 0
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        end = position + len(line)
        here = []
        while next_span < len(chosen) and chosen[next_span].start <= end:
            span = chosen[next_span]
            here.append(span)
            if span.end > end:
                break
            next_span += 1
        # lines without a letter only make the way to the next figure longer; their numbers stay missing
        if here or line.strip():
            out.append(Line(number, list(_runs(text, position, end, here))))
        position = end + 1
    return _shortened(out) if len(out) > WHOLE else out


def _apart(spans: Iterable[Span]) -> Iterator[Span]:
    last = 0
    for span in spans:
        if span.start >= last and span.end > span.start:
            yield span
            last = span.end


def _runs(text: str, start: int, end: int, spans: list[Span]) -> Iterator[Run]:
    at = start
    for span in spans:
        first, last = max(span.start, start), min(span.end, end)
        if first > at:
            yield Run(_trimmed(text[at:first]))
        if last > first:
            # a mark that goes on in the next line is one place: its id stands where it begins
            yield Run(text[first:last], span.anchor if span.start >= start else "", span.mark)
        at = max(at, last)
    if at < end:
        yield Run(_trimmed(text[at:end]))


def _trimmed(text: str) -> str:
    half = LONGEST // 2
    return text if len(text) <= LONGEST else f"{text[:half]}……{text[-half:]}"


def _shortened(lines: list[Part]) -> list[Part]:
    """The lines near marks, and the first ones."""
    keep: set[int] = set(range(min(AROUND, len(lines))))
    for index, line in enumerate(lines):
        if isinstance(line, Line) and any(run.mark for run in line.runs):
            keep.update(range(max(0, index - AROUND), min(len(lines), index + AROUND + 1)))
    return kept(lines, keep)


def kept(parts: list[Part], keep: set[int]) -> list[Part]:
    """The parts at these places, with a cut where others stood."""
    out: list[Part] = []
    for index, part in enumerate(parts):
        if index in keep:
            out.append(part)
        elif not (out and isinstance(out[-1], Cut)):
            out.append(Cut())
    return out
