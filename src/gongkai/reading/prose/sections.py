"""The six numbered sections of Article 50 by their titles, as a page prints, misprints or loses them.

A title is told by its words and its number together; the best order of titles through the page is chosen as a whole,
so that neither the list of sections in the preamble nor the rows 一、 to 四、 of table three are taken for titles. A
section that is not there stays missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from gongkai.forms import form
from gongkai.reading.cleaning import squeeze
from gongkai.reading.prose.lines import Line, Lines, furniture, is_noise, runs_on
from gongkai.report import Section

_NUMERALS = {c: n for n, c in enumerate("一二三四五六七八九十", start=1)}
_NUMBERED = re.compile(
    r"(?:(?P<main>[一二三四五六七八九十])[、.,．:]|第(?P<part>[一二三四五六七八九十])(?:部分|章)[、:,.]?"
    r"|\((?P<paren>[一二三四五六七八九十])\)[、.]?|(?P<arabic>\d{1,2})[、.](?!\d)|\((?P<small>\d{1,2})\))"
)
_NUMBER_BEGINS = frozenset("一二三四五六七八九十第(0123456789")
_STYLE = {"main": 0.6, "part": 0.6, "arabic": 0.2, "": 0.0, "paren": 0.0, "small": 0.0}
_END = ":。,、;"
_CLOSE, _CLOSE_NUMBERED = 0.82, 0.58
"""How close garbled words must come to a title, by themselves and behind the number of that title."""
_SIGNED = re.compile(
    r"^(?:[^,。;:]{2,40}(?:政府|局|委员会|办公室|办公厅|厅|办事处|中心)|\(?(?:20\d\d年\d{1,2}月\d{1,2}日|二[〇零]..年.{1,3}月.{1,3}日)\)?)$"
)
_TITLE_LENGTH = 45


@dataclass(frozen=True, slots=True)
class _Title:
    """A line that may open a section: which, how surely, and where its own text begins."""

    at: int
    number: int
    worth: float
    style: str
    numeral: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """A section on its page: its number (0 before the first), title, and lines ``[first, last)``.

    ``text_from`` is where in the title's own line its text begins.
    """

    number: int
    title: str
    first: int
    last: int
    text_from: int = 0


@cache
def _titles() -> dict[str, int]:
    return {squeeze(t): n for n, s in enumerate(form("2021").sections, start=1) for t in (s.title, *s.variants)}


@cache
def _title_characters() -> frozenset[str]:
    return frozenset("".join(_titles()))


@cache
def _beginnings() -> frozenset[str]:
    """What a title begins with: a number, or its own first character."""
    return frozenset({*_NUMBER_BEGINS, *(title[0] for title in _titles())})


@cache
def _opening() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_titles(), key=len, reverse=True)))


def parts(lines: Lines) -> tuple[Part, ...]:
    """The preamble (number 0) and the sections found, in page order, without the foot of the page."""
    titles = [t for n, line in _opening_lines(lines) if (t := _read(n, line))]
    end = _foot(lines, titles[-1].at + 1 if titles else 0)
    chosen = _chain(_candidates(lines, titles))
    bounds = [c.at for c in chosen] + [end]
    out = [Part(0, "", 0, bounds[0])]
    for title, following in zip(chosen, bounds[1:], strict=True):
        line = lines.items[title.at]
        words = lines.readable(line, title.start, title.end)
        last = _unknown_title(lines, title, following)
        out.append(Part(title.number, " ".join(words.split()), title.at, last, title.end))
    return tuple(out)


def sections(lines: Lines, found: tuple[Part, ...]) -> tuple[Section, ...]:
    """The sections with their text: paragraphs by line, without tables, page numbers and signature."""
    return tuple(Section(p.number, p.title, _text(lines, p)) for p in found if p.number)


def _text(lines: Lines, part: Part) -> str:
    head = lines.items[part.first]
    rest = re.sub(r"^[:：。,，;；\s]+", "", lines.readable(head, part.text_from)) if part.text_from < len(head.tight) else ""
    body = [lines.items[n] for n in range(part.first + 1, part.last)
            if not _in_table(lines, n) and not is_noise(lines.items[n])]
    while part.number == 6 and body and _SIGNED.match(body[-1].tight):
        body.pop()
    out = [rest] if rest else []
    for n, line in enumerate(body):
        text = lines.readable(line)
        if n and runs_on(body[n - 1], line):
            out[-1] += text
        else:
            out.append(text)
    return "\n".join(out)


def _in_table(lines: Lines, n: int) -> bool:
    """Whether a line belongs to a table: it looks so, or it is a scrap of a head between lines that do."""
    line = lines.items[n]
    if line.tabular or "。" in line.tight or len(line.tight) > 20:
        return line.tabular
    around = lines.items[max(0, n - 1):n] + lines.items[n + 1:n + 2]
    return len(around) == 2 and all(near.tabular or len(near.tight) <= 8 for near in around) and any(
        near.tabular for near in around)  # fmt: skip


def _foot(lines: Lines, first: int) -> int:
    """Where the foot of the page begins: its first line from ``first`` on, below the last title-like line."""
    items = lines.items
    return next((n for n in range(first, len(items)) if furniture("foot").search(items[n].tight)), len(items))


def _candidates(lines: Lines, found: list[_Title]) -> list[_Title]:
    styles = {t.style for t in found}
    if styles & {"main", "part"}:  # then other numbers are of sub-heads
        found = [t for t in found if t.style in ("main", "part", "") or (t.style == "arabic" and t.numeral == t.number)]
    return [_with_table(t, lines) for t in found]


def _with_table(title: _Title, lines: Lines) -> _Title:
    """Surer when a table follows where the form has one."""
    following = lines.items[title.at + 1:title.at + 3]
    grid = any(line.tabular for line in following) or (following and following[0].block > lines.items[title.at].block + 1)
    if title.number in (2, 3, 4) and grid:
        return _Title(title.at, title.number, title.worth + 0.4, title.style, title.numeral, title.start, title.end)
    return title


@cache
def _worth_reading() -> re.Pattern[str]:
    """Of a page's lines those that begin as a title, or hold two characters of titles at least."""
    begins, known = ("".join(map(re.escape, sorted(chars))) for chars in (_beginnings(), _title_characters()))
    return re.compile(rf"^(?:[{begins}]|[^{known}\n]*[{known}][^{known}\n]*[{known}])", re.MULTILINE)


def _opening_lines(lines: Lines) -> Iterator[tuple[int, Line]]:
    """The lines worth reading as a title. Most lines of a page are not: menus, names, whole paragraphs."""
    begins, known, shortest = _beginnings(), _title_characters().__contains__, min(map(len, _titles()))
    share = _share(_CLOSE)
    for n in lines.where(_worth_reading()):
        line = lines.items[n]
        text = line.tight
        if text[0] in begins or (
            shortest <= len(text) <= _TITLE_LENGTH and sum(map(known, text)) >= share * len(text.rstrip(_END))
        ):
            yield n, line


def _may_be(core: str, least: float) -> bool:
    """Whether enough of a text's characters are those of titles for it to come so close to any."""
    return sum(map(_title_characters().__contains__, core)) >= _share(least) * len(core.rstrip(_END))


def _share(least: float) -> float:
    """How much of a text must be characters of a title for the two to be so alike."""
    return least / (2 - least)


def _read(at: int, line: Line) -> _Title | None:
    """The line as a section title, if it is one: known words at its start, or garbled words under the right number."""
    text = line.tight
    match = _NUMBERED.match(text) if text[0] in _NUMBER_BEGINS else None
    if match is None:
        if len(text) > _TITLE_LENGTH:
            return None
        style, start, numeral = "", 0, 0
    else:
        style, start = match.lastgroup or "", match.end()
        digits = match[style]
        numeral = _NUMERALS.get(digits) or (int(digits) if digits.isdecimal() else 0)
    bonus = _STYLE[style] + (0.3 if line.level else 0.0)
    known = _opening().match(text, start)
    if known and _stands_alone(line, known.end(), style):
        number = _titles()[known[0]]
        return _Title(at, number, 1.0 + bonus + 0.4 * (numeral == number), style, numeral, start, known.end())
    core = text[start:].rstrip(_END)
    if line.tabular or not 4 <= len(core) <= _TITLE_LENGTH or "。" in core:
        return None
    return _near(at, core, style, numeral, start, bonus)


def _near(at: int, core: str, style: str, numeral: int, start: int, bonus: float) -> _Title | None:
    least = _CLOSE_NUMBERED if style in ("main", "part") else _CLOSE
    if not _may_be(core, least):
        return None
    best = process.extractOne(core, _titles().keys(), scorer=fuzz.ratio, score_cutoff=100 * least)
    if best is None:
        return None
    number, score = _titles()[best[0]], best[1] / 100
    agrees = numeral == number and style in ("main", "part")
    if score < (_CLOSE_NUMBERED if agrees else _CLOSE):
        return None
    return _Title(at, number, score + bonus + 0.4 * agrees, style, numeral, start, start + len(core))


def _stands_alone(line: Line, end: int, style: str) -> bool:
    """Whether the title ends where its words end: the line ends, or its own text follows after a mark or a space."""
    rest = line.tight[end:]
    if not rest or rest[0] in ":。":
        return True
    if style not in ("main", "part"):
        return False
    seen = 0
    for place, char in enumerate(line.text):
        if seen == end:
            return line.text[place].isspace() or line.text[place - 1].isspace()
        seen += not char.isspace()
    return False


def _chain(candidates: list[_Title]) -> list[_Title]:
    """The titles, numbers rising down the page, that are worth most together."""
    best: list[tuple[float, list[_Title]]] = []
    for title in candidates:
        before = max(
            (b for b in best if b[1][-1].number < title.number), key=lambda b: b[0], default=(0.0, list[_Title]())
        )
        best.append((before[0] + title.worth, [*before[1], title]))
    return max(best, key=lambda b: b[0], default=(0.0, []))[1]


def _unknown_title(lines: Lines, title: _Title, end: int) -> int:
    """Where a section ends early: at a main title that the form does not know, numbered beyond this one's."""
    for n in range(title.at + 1, end):
        line = lines.items[n]
        match = _NUMBERED.match(line.tight)
        if (
            match and match.lastgroup == title.style and title.style in ("main", "part") and title.numeral
            and _NUMERALS[match[title.style]] == title.numeral + 1
            and len(line.tight) <= 30 and not line.tabular and "。" not in line.tight
        ):  # fmt: skip
            return n
    return end
