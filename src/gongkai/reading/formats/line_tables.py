"""Lines of text into paragraphs and tables: pipes, tabs, spaces, or one cell a line.

Scraped reports keep their tables as text in a dozen layouts. A table begins at a line that is a label of the form and
goes on while lines are labels, figures, blanks or pieces of a label; a sentence or a section title ends it. Nothing is
interpreted here: the cells come out in reading order for the sequence matcher, in a grid that is not exact (only a
Markdown table, whose rows all have the same columns, is).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from gongkai.forms import forms
from gongkai.reading.blocks import Block, Cell, Grid, Paragraph, Spot
from gongkai.reading.cleaning import squeeze
from gongkai.reading.matching.labels import label, labels_in
from gongkai.reading.matching.numbers import is_value

_ROWS, _COLUMNS = 4, 3  # so many even rows, with so many marks each, make real columns
_LONG = 160  # a line longer than this with several labels in it is a page on one line
_SHORT = 16
_SENTENCE = re.compile(r"[。；;！？]|，.*，|[：:](?!万?元)")
_MARKDOWN_RULE = re.compile(r"\s*\|?\s*:?-{3,}:?\s*(\|\s*:?-{3,}:?\s*)*\|?\s*")
_HEADING = re.compile(r"(#{1,6})\s+")
_SECTION = re.compile(r"[一二三四五六七八九十]、")
_PADDING = re.compile(r" *\n {4,}")
_PAGE_NUMBER = re.compile(r"\s*(?:[-—–－]\s*\d{1,3}\s*[-—–－]|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?)\s*")
_NUMBER_AT_END = re.compile(r"^[ \t]*\d{1,3}[ \t]*(?=\r?\n?\f)", re.MULTILINE)  # of a page, before its form feed
_PIECE = re.compile(r"\S+")


@dataclass(slots=True)
class Line:
    """A line with its place in the text. ``kind``: blank, known (a label or a figure), cells, short, text."""

    text: str
    start: int
    kind: str = "text"
    labels: int = 0

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def blocks_of_lines(text: str) -> list[Block]:
    """The paragraphs and tables of a text, in order, with character offsets into it."""
    ends = {found.start() for found in _NUMBER_AT_END.finditer(text)} if "\f" in text else ()
    lines = [line for line in _lines(text) if not _PAGE_NUMBER.fullmatch(line.text) and line.start not in ends]
    for line in lines:
        _classify(line)
    blocks: list[Block] = []
    place = 0
    while place < len(lines):
        end = _zone_end(lines, place)
        if end > place:
            blocks.append(_grid(text, lines[place:end]))
            place = end
            continue
        if lines[place].text.strip("| \t\xa0\u3000"):
            blocks.append(_paragraph(lines[place]))
        place += 1
    return blocks


def _lines(text: str) -> Iterator[Line]:
    start = 0
    for raw in text.splitlines(keepends=True):
        body = raw.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
        pieces = list(_PIECE.finditer(body)) if len(body) > _LONG and "|" not in body else []
        if sum(label(p[0]) is not None for p in pieces) >= 8:
            for piece in pieces:
                yield Line(piece[0], start + piece.start())
        else:
            yield Line(body, start)
        start += len(raw)


def _classify(line: Line) -> None:
    squeezed = squeeze(line.text)
    if not squeezed:
        line.kind = "cells" if "\t" in line.text else "blank"
        return
    if set(squeezed) == {"|"} or _MARKDOWN_RULE.fullmatch(line.text):
        line.kind = "cells"
        return
    if "|" in squeezed or "\t" in line.text.strip("\t"):
        _classify_cells(line, re.split(r"[|\t]", line.text), least=1)
        return
    pieces = line.text.split()
    if len(pieces) > 1 and all(map(is_value, map(squeeze, pieces))):  # several figures, which squeezed would be one
        _classify_cells(line, pieces, least=2)
        return
    found = label(line.text)
    if found or is_value(squeezed):
        line.kind, line.labels = "known", 1 if found else 0
        return
    if len(pieces) > 1:
        _classify_cells(line, pieces, least=2)
        if line.kind == "cells":
            return
    if len(squeezed) < 120 and (run := labels_in(squeezed)):
        line.kind, line.labels = "known", len(run)
        return
    if len(squeezed) <= _SHORT and not _SENTENCE.search(squeezed) and (not _SECTION.match(squeezed) or _begins_row(squeezed)):
        line.kind = "short"


def _begins_row(squeezed: str) -> bool:
    """Whether a text is the beginning of a numbered row (一、本年新收), as a title of a section never is."""
    return len(squeezed) >= 4 and any(name.startswith(squeezed) for name in _numbered_rows())


@cache
def _numbered_rows() -> tuple[str, ...]:
    return tuple({squeeze(row.number + row.label) for form in forms() for row in form.tables["requests"].rows if row.number})


def _classify_cells(line: Line, pieces: list[str], least: int) -> None:
    """A line of several cells is tabular when at least half of what it prints are labels and figures."""
    printed = [s for p in pieces if (s := squeeze(p))]
    labels = sum(label(p) is not None for p in printed)
    known = labels + sum(is_value(p) for p in printed)
    if known >= least and known * 2 >= len(printed):
        line.kind, line.labels = "cells", labels


def _zone_end(lines: list[Line], start: int) -> int:
    """The end of the table that begins at this line; ``start`` itself when none does."""
    if not lines[start].labels:
        return start
    place, last, labels, figures = start, start, 0, 0
    while place < len(lines):
        line = lines[place]
        if line.kind in ("known", "cells"):
            labels += line.labels
            figures += line.kind == "known" and not line.labels
            figures += line.kind == "cells"
            last = place
        elif line.kind == "text" and not _unknown_label(lines, place):
            break
        place += 1
    return last + 1 if labels >= 2 and figures else start


def _unknown_label(lines: list[Line], place: int) -> bool:
    """Whether a line that is no label stands where one would: no sentence with figures right below it, or whatever it
    is, several figures below it."""
    squeezed = squeeze(lines[place].text)
    following = [line for line in lines[place + 1 : place + 10] if line.kind != "blank"]
    bare = [line.kind == "known" and not line.labels for line in following]
    if _SECTION.match(squeezed) or not any(bare[:1]):
        return False
    return all(bare[:3]) and len(bare) >= 3 if len(squeezed) > 60 or _SENTENCE.search(squeezed) else True


def _paragraph(line: Line) -> Paragraph:
    text = line.text.strip()
    if text.endswith("||"):
        text = text.rstrip("| ")
    heading = _HEADING.match(text)
    start = line.start + line.text.find(text[0])
    if heading:
        return Paragraph(text[heading.end():], len(heading[1]), Spot(start=start + heading.end(), end=start + len(text)))
    return Paragraph(text, 0, Spot(start=start, end=start + len(text)))


def _grid(text: str, lines: list[Line]) -> Grid:
    printed = [line for line in lines if line.kind != "blank"]
    spot = Spot(start=lines[0].start, end=lines[-1].end)
    piped = [line for line in printed if "|" in line.text]
    if piped and any(_MARKDOWN_RULE.fullmatch(line.text) for line in piped):
        return Grid(list(_markdown(printed)), True, spot)
    if len(piped) == len(printed) and _even(printed, "|"):
        return Grid(list(_slots(printed, "|")), True, spot)
    several = sum(len([1 for c in line.text.split("|") if c.strip()]) > 1 for line in piped)
    if several and several * 2 >= sum(bool(line.text.strip("| ")) for line in piped):
        return Grid(list(_pipe_rows(printed)), False, spot)
    if piped and len(piped) * 3 >= len(printed):
        return Grid(list(_pipe_stream(text, lines[0].start, lines[-1].end)), False, spot)
    if sum("\t" in line.text for line in printed) * 2 >= len(printed):
        return Grid(list(_slots(printed, "\t")), True, spot) if _even(printed, "\t") else Grid(list(_tabs(lines)), False, spot)
    rows, single = (sum(line.kind == kind and not line.labels for line in printed) for kind in ("cells", "known"))
    if sum(line.kind == "cells" for line in printed) * 4 >= len(printed) or rows > single:
        return Grid(list(_spaced(printed)), False, spot)
    return Grid(list(_one_a_line(lines)), False, spot)


def _even(lines: list[Line], mark: str) -> bool:
    """Whether every row has the same cells, blanks and all, some of them blank in front: then columns are real."""
    counts = {line.text.count(mark) for line in lines}
    return len(lines) >= _ROWS and len(counts) == 1 and counts.pop() >= _COLUMNS and any(line.text.replace(" ", "").startswith(mark * 2) for line in lines)


def _slots(lines: list[Line], mark: str) -> Iterator[Cell]:
    framed = mark == "|" and all(line.text.strip().startswith("|") and line.text.strip().endswith("|") for line in lines)
    for i, line in enumerate(lines):
        for j, (piece, start) in enumerate(_split(line, mark)[1:-1] if framed else _split(line, mark)):
            yield _cell(piece, start, i, j)


def _cell(text: str, start: int, row: int, column: int) -> Cell:
    return Cell(text, row, column, spot=Spot(start=start, end=start + len(text)))


def _split(line: Line, mark: str) -> list[tuple[str, int]]:
    """The pieces of a line between marks, each with its place in the text."""
    out, start = [], line.start
    for piece in line.text.split(mark):
        out.append((piece, start))
        start += len(piece) + 1
    return out


def _markdown(lines: list[Line]) -> Iterator[Cell]:
    rows = [line for line in lines if "|" in line.text and not _MARKDOWN_RULE.fullmatch(line.text)]
    for i, line in enumerate(rows):
        pieces = _split(line, "|")
        if line.text.lstrip(" \t").startswith("|"):
            pieces = pieces[1:]
        if pieces and not pieces[-1][0].strip() and line.text.rstrip().endswith("|"):
            pieces = pieces[:-1]
        for j, (piece, start) in enumerate(pieces):
            yield _cell(piece, start, i, j)


def _pipe_rows(lines: list[Line]) -> Iterator[Cell]:
    """``a | b | c |`` with or without a pipe in front; pipes that only pad the end of the row are dropped."""
    for i, line in enumerate(lines):
        pieces = _split(line, "|")
        if len(pieces) > 1 and line.text.lstrip(" \t").startswith("|"):
            pieces = pieces[1:]
        if line.text.rstrip().endswith("|"):
            pieces = pieces[:-1]
        padded = len(pieces)
        while pieces and pieces[-1][0] == "":
            pieces.pop()
        # before "||" of the padding stands one piece more: the blank between the last cell's pipe and the first pad
        if len(pieces) < padded and pieces and pieces[-1][0].isspace():
            pieces.pop()
        for j, (piece, start) in enumerate(pieces):
            yield _cell(piece, start, i, j)


def _pipe_stream(text: str, start: int, end: int) -> Iterator[Cell]:
    """Pipes on lines of their own or after each cell: everything between two pipes is a cell.

    Nothing at all between two pipes, a line break alone, or a break with a deep indent is padding or the end of a row.
    """
    place, number = start, 0
    for piece in text[start:end].split("|"):
        if piece.strip(" \n") or (piece.strip("\n") and not _PADDING.fullmatch(piece)) or piece.count("\n") > 1:
            yield _cell(piece, place, number, 0)
            number += 1
        place += len(piece) + 1


def _tabs(lines: list[Line]) -> Iterator[Cell]:
    """Cells behind tabs: each on a line of its own (a line without tab goes on the cell above), or a row a line."""
    row, column = 0, 0
    open_cell: Cell | None = None
    indented = sum(line.text.startswith("\t") and "\t" not in line.text.strip("\t") for line in lines) * 2 > sum("\t" in line.text for line in lines)
    for line in lines:
        if not line.text or not indented:
            row, column = row + 1, 0
            open_cell = None
            if not line.text:
                continue
        words = squeeze(line.text) if "\t" not in line.text else ""
        if words and open_cell is not None and not (is_value(words) or _begins_row(words) or _is_figure(open_cell.text)):
            open_cell.text += "\n" + line.text
            open_cell.spot.end = line.end
            continue
        pieces = _split(line, "\t")
        for piece, start in pieces[1:] if len(pieces) > 1 and not pieces[0][0].strip() else pieces:
            open_cell = _cell(piece, start, row, column)
            column += 1
            yield open_cell


def _is_figure(text: str) -> bool:
    return bool(squeezed := squeeze(text)) and is_value(squeezed)  # no words go on a figure: they begin a row


def _spaced(lines: Iterable[Line]) -> Iterator[Cell]:
    for i, line in enumerate(lines):
        pieces = list(_PIECE.finditer(line.text))
        for j, match in enumerate(pieces):
            if match[0] in ("万元", "元") and j:
                continue
            following = pieces[j + 1][0] if j + 1 < len(pieces) else ""
            tail = pieces[j + 1].end() if following in ("万元", "元") and is_value(squeeze(match[0])) else match.end()
            yield _cell(line.text[match.start() : tail], line.start + match.start(), i, j)


def _one_a_line(lines: list[Line]) -> Iterator[Cell]:
    """One cell a line, or one cell a line with a blank line between: then two blank lines more are a blank cell."""
    printed = [i for i, line in enumerate(lines) if line.kind != "blank"]
    apart = sum(b - a == 2 for a, b in pairwise(printed))
    tight = sum(b - a == 1 for a, b in pairwise(printed))
    step = 2 if apart > tight else 1
    number, place = 0, 0
    while place < len(lines):
        line = lines[place]
        text, end = line.text, line.end
        if step == 2:
            while place + 1 < len(lines) and lines[place + 1].text and text.strip():
                place += 1  # a cell of several lines
                text, end = f"{text}\n{lines[place].text}", lines[place].end
        yield Cell(text, number, 0, spot=Spot(start=line.start, end=end))
        number += 1
        place += step
