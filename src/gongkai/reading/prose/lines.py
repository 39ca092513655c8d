"""A document as the lines its prose is read from, each with the way back to its place.

Tables are passed over; a cell that alone fills its row and holds a sentence or a title is a line (whole pages are
laid out as one table). A page that came as a single line is cut at its section titles.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files

import msgspec

from gongkai.forms import form
from gongkai.reading.blocks import Cell, Document, Grid, Paragraph, Spot
from gongkai.reading.cleaning import Folded, fold, is_traditional, readable
from gongkai.reading.matching.labels import label_of
from gongkai.report import Trace

_TABULAR = re.compile(
    r"^(?:第二十条第\(.{1,2}\)项|\(?本列数据的勾稽关系|信息内容(?:本年|上一年|采购|$)|申请人情况)"
    r"|^[^\u4e00-\u9fffA-Za-z]*$"
)
_FIGURES = re.compile(r"(?:\s+[-+]?(?:\d[\d,.]*(?:万元|元)?|[-—/])){2,}\s*$")
METADATA = re.compile(r"索引号|发布机构|发文机关|发文机构|发布日期|发文日期|成文日期|公开日期|信息来源|主题分类|公开主体")
_STARTS_BELOW = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、是.]|\(|第.{1,3}[部条章]|\d{1,2}[、.]|注[::]|附)")
_NUMBERED = re.compile(r"\s*[一二三四五六]\s*、")
_ITEM = re.compile(r"[一二三四五六七] ?、")
_SMALL = 40
"""A grid of so many cells may be the page's metadata (索引号, 发布机构, 发文日期)."""
SENTENCE = 20
"""A shorter line is whole: it does not go on in the next."""
_UNCUT = 60
"""A text of at most so many characters is one line."""
_ENDED = tuple("。;:!?.)》”\"…")


class Line(msgspec.Struct, eq=False, gc=False):
    """A line of prose. ``text`` is folded, ``tight`` without white space; offsets of :meth:`Lines.trace` count in it."""

    source: str
    spot: Spot
    base: int
    level: int
    block: int
    text: str
    tight: str
    _tabular: bool | None = None
    _folded: Folded | None = None
    _kept: Sequence[int] = ()

    @property
    def tabular(self) -> bool:
        """Whether it is a row or a head of a table; asked of few of a page's lines."""
        if self._tabular is None:
            self._tabular = _is_tabular(self.text, self.tight)
        return self._tabular

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``tight[start:end]`` stands in the source of the line."""
        if self.tight == self.source:  # nothing was folded away
            return start, end
        if self._folded is None:
            self._folded = Folded(self.source)
            text = self._folded.text
            self._kept = range(len(text)) if self.tight == text else [i for i, char in enumerate(text) if not char.isspace()]
        folded, kept = self._folded, self._kept
        if len(kept) == len(self.source) and folded.in_place:
            first = min(start, len(kept) - 1)
            return first, (end if end > start else first)
        first = folded.origin(kept[min(start, len(kept) - 1)])
        return first, (folded.span(kept[end - 1], kept[end - 1] + 1)[1] if end > start else first)

    def printed(self, start: int, end: int) -> str:
        first, last = self.span(start, end)
        return self.source[first:last]


_HAN_YEAR = re.compile(r"二[〇零0Oo][〇零0Oo一二三四五六七八九]{2}(?=年)")
_HAN_DIGITS = str.maketrans("〇零Oo一二三四五六七八九", "0000123456789")
"""A year in Chinese numerals (二〇二三年) becomes digits, place by place, so that offsets hold."""


@dataclass
class Lines:
    """All lines of a document, in order, and what they tell as a whole."""

    document: Document
    items: list[Line] = field(default_factory=list)

    @cached_property
    def joined(self) -> str:
        """The tight lines one below another: to see at once that a pattern stands nowhere on the page."""
        return "\n".join([line.tight for line in self.items])

    @cached_property
    def _starts(self) -> list[int]:
        """Where in ``joined`` each line begins, and where the next one would."""
        return list(itertools.accumulate((len(line.tight) + 1 for line in self.items), initial=0))

    def holding(self, *words: str) -> list[int]:
        """The numbers of the lines in which one of these words stands: most patterns need not be tried on the others."""
        found = set()
        for word in words:
            at = self.joined.find(word)
            while at >= 0:
                after = bisect_right(self._starts, at)
                found.add(after - 1)
                at = self.joined.find(word, self._starts[after])
        return sorted(found)

    def where(self, pattern: re.Pattern[str]) -> list[int]:
        """The numbers of the lines a pattern is found in, once for each place; it must not look beyond a line."""
        return [bisect_right(self._starts, match.start()) - 1 for match in pattern.finditer(self.joined)]

    @cached_property
    def traditional(self) -> bool:
        return is_traditional("".join([line.source for line in self.items[:80]]))

    def readable(self, line: Line, start: int = 0, end: int | None = None) -> str:
        """``tight[start:end]`` of a line for people; inner spaces stay, outer ones go."""
        end = len(line.tight) if end is None else end
        return readable(line.printed(start, end), traditional=self.traditional).strip()

    def trace(self, line: Line, start: int, end: int, *, around: int = 0) -> Trace:
        """Where ``tight[start:end]`` stands; ``raw`` with so many characters more on either side."""
        first, last = line.span(start, end)
        wide = line.span(max(0, start - around), min(len(line.tight), end + around))
        source, spot = line.source, line.spot
        begin, finish = spot.start, spot.end
        if spot.start is not None and self.document.text is not None:
            exact = (spot.start + line.base + first, spot.start + line.base + last)
            if self.document.text[slice(*exact)] == source[first:last]:  # else the format lies between, as in HTML
                begin, finish = exact
        return Trace(file=self.document.source, page=spot.page, sheet=spot.sheet, start=begin, end=finish, box=spot.box,
                     raw=source[slice(*wide)].strip(), confidence=spot.confidence)  # fmt: skip


def lines_of(document: Document) -> Lines:
    """The lines of a document: its paragraphs, and the sentences and titles its layout tables hold."""
    sources: list[str] = []
    places: list[tuple[Spot, int, int, int]] = []
    for number, block in enumerate(document.blocks):
        pieces = ((block.text, block.spot, block.level),) if isinstance(block, Paragraph) else _sentences(block)
        for text, spot, level in pieces:
            for piece, base in ((text, 0),) if len(text) <= _UNCUT and "\n" not in text else _pieces(text):
                sources.append(piece)
                places.append((spot, base, level, number))
    out = Lines(document)
    for source, text, tight, place in zip(sources, *_folded(sources), places, strict=True):
        if tight[:1].isalnum() or any(map(str.isalnum, tight)):  # else a stray mark, as some PDF writers leave them
            out.items.append(Line(source, *place, text, tight))
    return out


def _folded(sources: list[str]) -> tuple[list[str], list[str]]:
    """Lines folded, and without white space: all at once, as folding looks at no character beyond its line."""
    whole = _HAN_YEAR.sub(lambda found: found[0].translate(_HAN_DIGITS), fold("\n".join(sources)))
    texts = whole.split("\n")
    if len(texts) != len(sources):  # a line holds a line separator of Unicode
        texts = [_HAN_YEAR.sub(lambda found: found[0].translate(_HAN_DIGITS), fold(source)) for source in sources]
        return [text.strip() for text in texts], ["".join(text.split()) for text in texts]
    if " " not in whole:
        return texts, texts
    return [text.strip() for text in texts], whole.replace(" ", "").split("\n")


def runs_on(line: Line, following: Line) -> bool:
    """Whether a sentence broken by the page goes on in the next line."""
    return (
        len(line.tight) >= SENTENCE and not line.tight.endswith(_ENDED) and following.block <= line.block + 1
        and not line.tabular and not following.tabular and not line.level and not following.level
        and not _STARTS_BELOW.match(following.tight)
    )  # fmt: skip


@cache
def furniture(kind: str) -> re.Pattern[str]:
    """One pattern of data/furniture.toml: "foot", to be searched, or "noise", to be matched at a line's start."""
    raw = tomllib.loads((files("gongkai.reading.prose") / "data" / "furniture.toml").read_text("utf-8"))
    return re.compile("|".join(raw[kind]))


def is_noise(line: Line) -> bool:
    """Whether a line says nothing wherever it stands: a page number, a tool bar."""
    return furniture("noise").match(line.tight) is not None


def _is_tabular(text: str, tight: str) -> bool:
    if _TABULAR.match(tight) and "。" not in tight:
        return True
    if "|" in tight and (tight.count("|") >= 2 or tight.endswith("|")):
        return True
    if len(text) - len(tight) >= 2 and _FIGURES.search(text):  # two figures stand behind two spaces
        return True
    return len(tight) <= 60 and label_of(tight) is not None


def _sentences(grid: Grid) -> Iterator[tuple[str, Spot, int]]:
    small = len(grid.cells) <= _SMALL
    if not small and not any(len(cell.text) > 1 and _is_prose(cell.text) for cell in grid.cells):
        return
    rows: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(cell)
    for row in rows.values():
        if not small and len(row) > 4:
            continue
        filled = [cell for cell in row if cell.text.strip()]
        if len(filled) == 1 and _is_prose(filled[0].text):
            yield filled[0].text, filled[0].spot, 0
        elif small and any(METADATA.search(cell.text) for cell in filled):
            yield "  ".join(_entry(cell.text) for cell in filled), filled[0].spot, 0


def _entry(text: str) -> str:
    """A cell of the metadata; the name of an entry gets the colon it has outside a table."""
    text = " ".join(text.split())
    return text.rstrip(":：") + "：" if len(text) < 10 and METADATA.match(text) else text


def _is_prose(text: str) -> bool:
    if "。" in text:
        return True
    return "、" in text and bool(_NUMBERED.match(text)) and bool(_title_start().match(fold(text).strip()))


@cache
def _title_words() -> str:
    titles = sorted({t for s in form("2021").sections for t in (s.title, *s.variants)}, key=len, reverse=True)
    return "|".join(" ?".join(map(re.escape, title)) for title in titles)


@cache
def _title_start() -> re.Pattern[str]:
    return re.compile(rf"[一二三四五六] ?、 ?(?:{_title_words()})")


@cache
def _inline() -> re.Pattern[str]:
    """Where one long line is cut: before a section title, after the report's own title, before a table."""
    return re.compile(
        rf"(?<=[\s。;])(?=[一二三四五六七] ?、 ?(?:{_title_words()})(?:[\s:。]|$))"
        r"|(?<=报告)\s+(?=根据|按照|依据|现将|本报告|为了?|一、|编制)"
        r"|\s(?=第二十条第\(一\)项|\(本列数据的勾稽|申请人情况 |行政复议 行政诉讼 )"
    )


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    """The lines a long text is, each with its place in it."""
    base = 0
    for piece in text.split("\n"):
        if len(piece) > _UNCUT and ("、" in piece or "报告" in piece or "報告" in piece):
            folded = Folded(piece)
            spaced = " " in folded.text or _ITEM.search(folded.text) is not None  # else nothing to cut at
            cuts = [folded.origin(m.end()) for m in _inline().finditer(folded.text)] if spaced else []
            places = [0, *cuts, len(piece)]
            for start, end in itertools.pairwise(places):
                yield piece[start:end], base + start
        else:
            yield piece, base
        base += len(piece) + 1
