"""Glyphs -> lines -> text, in reading order."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from statistics import median

from gongkai.reading.formats.page.shapes import Box, Line, Word, around, lowest

SAME_LINE = 0.45
"""Glyphs whose middles differ by less than this share of their height stand on one line."""
WORD_GAP = 0.6
"""A gap of this share of the height is shown as a space."""
NO_START = frozenset("，。、；：！？）》」』】〕％,.;:!?)")
"""Marks that may not start a line and pull the letter before them along."""
SMALL, RAISED = 0.9, 0.1
"""Shares of the height of a line: the mark of a note is smaller than the first and stands higher by the second."""
SEGMENT_GAP = 1.6
"""A gap of this share of the height parts two segments: cells of a table without lines, or a label and its value."""


def lines(glyphs: Iterable[Word]) -> list[Line]:
    """Lines from top to bottom, each of segments from left to right; blank glyphs only make gaps."""
    rows: list[list[Word]] = []
    middle = height = 0.0
    for glyph in sorted(glyphs, key=lambda g: g.middle[1]):
        y = glyph.middle[1]
        # The taller one counts: some fonts tell 一 or a comma no taller than its ink.
        if rows and abs(y - middle) <= SAME_LINE * max(height, glyph.height):
            rows[-1].append(glyph)
            if glyph.height > height:
                middle, height = y, glyph.height
        else:
            rows.append([glyph])
            middle, height = y, glyph.height
    out = [Line(_segments(row)) for row in rows]
    return [line for line in out if line.words]


def _segments(row: list[Word]) -> list[Word]:
    row.sort(key=lambda g: (g.box[0], g.box[2]))
    tall = max(g.height for g in row)
    runs: list[list[Word]] = []
    last: Word | None = None
    for glyph in row:
        if not glyph.text.strip():
            if runs and last is not None and glyph.box[0] - last.box[2] < SEGMENT_GAP * tall:
                runs[-1].append(glyph)
            elif not runs:
                runs.append([glyph])
            continue
        if last is not None and _doubled(last, glyph):
            continue
        if last is None or glyph.box[0] - last.box[2] < _gap(last, glyph) * tall:
            if not runs:
                runs.append([])
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
        last = glyph
    return [_segment(run, tall) for run in runs if any(g.text.strip() for g in run)]


def _gap(before: Word, after: Word) -> float:
    """The gap that parts two cells, as a share of the height: no number has a gap inside."""
    return WORD_GAP if after.text.isdecimal() and before.text.isdecimal() else SEGMENT_GAP


def _doubled(a: Word, b: Word) -> bool:
    """Bold type made by printing the glyph twice, a little aside."""
    width = min(a.box[2] - a.box[0], b.box[2] - b.box[0])
    return a.text == b.text and width > 0 and a.box[2] - b.box[0] > 0.7 * width


def _without_notes(run: list[Word], tall: float) -> list[Word]:
    """The run without the small raised digit of a note behind a number: 12¹ is 12."""
    if len(run) < 2 or run[-1].height >= SMALL * tall:
        return run
    base = max((g.box[3] for g in run if g.height >= SMALL * tall), default=0.0)
    kept = list(run)
    while len(kept) > 1 and len(kept[-1].text) == 1 and kept[-1].text.isdecimal() and (
        kept[-1].height < SMALL * tall and kept[-1].box[3] < base - RAISED * tall
    ):
        kept.pop()
    return kept if kept[-1].text.isdecimal() else run


def _segment(run: list[Word], tall: float) -> Word:
    run = _without_notes(run, tall)
    while run and not run[-1].text.strip():
        run.pop()
    text: list[str] = []
    before: Word | None = None
    for glyph in run:
        if (
            before is not None
            and glyph.box[0] - before.box[2] > WORD_GAP * tall
            and before.text.strip()
            and glyph.text.strip()
        ):
            text.append(" ")
        text.append(glyph.text)
        before = glyph
    return Word("".join(text), around([g.box for g in run]), lowest(g.confidence for g in run))


def cell_text(glyphs: Sequence[Word], box: Box) -> tuple[str, bool]:
    """The text of a cell, and whether its last line runs to the edge.

    Wrapped lines run on; lines that end before the edge keep their line break.
    """
    return folded(lines(_upright(glyphs)), box)


def folded(rows: Sequence[Line], box: Box) -> tuple[str, bool]:
    """Lines of a cell as one text; a line is wrapped when the next one's first letter had no room on it.

    Also whether the last line may have been cut off: it leaves no room for a letter and a mark.
    """
    if not rows:
        return "", False
    left, right = box[0], box[2]
    pad = min(*(r.box[0] - left for r in rows), *(right - r.box[2] for r in rows))
    room = right - left - 2 * min(max(pad, 0.0), 12.0)
    if len(rows) > 2 and all(len(r.text) == 1 for r in rows):
        return "".join(r.text for r in rows), False  # one letter below the other: vertical writing
    out = rows[0].text
    for before, row in itertools.pairwise(rows):
        wrapped = before.box[2] - before.box[0] + _letter(row) > room
        out += (seam(out, row.text) if wrapped else "\n") + row.text
    last = rows[-1]
    alone = len(rows) == 1 and pad > 12.0
    return out, not alone and last.box[2] - last.box[0] + 2.2 * last.size > room


def _letter(row: Line) -> float:
    """The width of what a line starts with and can't be parted: a letter, and a mark that may not start a line."""
    first = row.words[0]
    width, text = first.box[2] - first.box[0], first.text.strip()
    letter = min(width, width / max(len(text), 1) * 1.05)
    return 2 * letter if text[1:2] in NO_START else letter


def seam(before: str, after: str) -> str:
    """What stands between two parts of a wrapped text: a space between Latin words, else nothing."""
    if (
        before
        and after
        and before[-1].isascii()
        and before[-1].isalpha()
        and after[0].isascii()
        and after[0].isalpha()
    ):
        return " "
    return ""


def _upright(glyphs: Sequence[Word]) -> list[Word]:
    """Vertical writing (columns of letters, right to left) laid out as lines; other glyphs as they are.

    Columns are taken for vertical writing when letters stand closer below than beside each other.
    """
    marks = [g for g in glyphs if g.text.strip()]
    if len(marks) < 4 or len(marks) != len(glyphs) or any(g.text < "\u2e80" for g in marks):
        return list(glyphs)
    size = median(g.height for g in marks)
    columns: list[list[Word]] = []
    for glyph in sorted(marks, key=lambda g: -g.middle[0]):
        if columns and columns[-1][0].middle[0] - glyph.middle[0] < 0.4 * size:
            columns[-1].append(glyph)
        else:
            columns.append([glyph])
    if len(columns) < 2 or any(len(c) < 2 for c in columns[:-1]):
        return list(glyphs)
    beside = min(a[0].middle[0] - b[0].middle[0] for a, b in itertools.pairwise(columns))
    down = [sorted(c, key=lambda g: g.middle[1]) for c in columns]
    below = [q.middle[1] - p.middle[1] for c in down for p, q in itertools.pairwise(c)]
    if not below or beside < 1.25 * median(below):
        return list(glyphs)
    out = []
    for n, column in enumerate(down):
        for k, glyph in enumerate(column):
            place = (k * size, n * 2 * size, (k + 1) * size, (n * 2 + 1) * size)
            out.append(Word(glyph.text, place, glyph.confidence))
    return out
