"""The report's own title: over one to three lines, year first or last, with or without organ and year."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from gongkai.reading.cleaning import squeeze
from gongkai.reading.prose.hijack import Intrusion, cleared
from gongkai.reading.prose.lines import Line, Lines

_NAME = (
    r"(?:政府|政务|政府政务|政府和政务)?(?:信息公开|政务公开)(?:工作)?(?:情况)?(?:的)?(?:20\d\d年?度?)?(?:年度)?(?:工作)?(?:年度)?(?:情况)?"
    r"(?:的)?(?:年度工作报告|年度报告|工作报告|报告|年报|工作总结|总结)"
)
_TITLE = re.compile(
    r"^(?:[【\[][\u4e00-\u9fff]{2,6}[】\]])?(?:关于)?(?:印发|公布|发布|报送)?《?(?:20(?=20\d\d年))?(?:(?P<first>20\d\d)(?:年度|年|度)?)?(?P<organ>[\u4e00-\u9fff·()]{2,40}?)??"
    r"(?:关于(?:印发|公布|发布|公开)?)?(?:20(?=20\d\d年))?(?:(?P<year>20\d\d)(?:年度|年|度)?)?(?:度|年度)?" + _NAME + r"》?(?:\(.{1,8}\))?(?:的[通报公]?[知告示])?$"
)
_NOT = re.compile(r"上一[篇条]|下一[篇条]|附件|解读|图解|关于做好|关于报送|模板|格式|>|位置:|^《|\.(?:docx?|pdf|wps|html?)")
_ONLY_ORGAN = re.compile(r"^[\u4e00-\u9fff·()]{2,30}(?:政府|办公[厅室]|政府办|局|委员会|委|厅|办事处|街道|中心|[省市州县区旗镇乡])$")
_ONLY_YEAR = re.compile(r"^20\d\d年?度?$")
_QUOTED = re.compile(r"《([^《》]{4,60}(?:年度报告|年报|工作报告))》")
_LONGEST = 100
_HEAD = 25
"""A title stands among this many first lines."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title found: as printed, with the organ and year it names. ``lines`` is empty for one from the file itself."""

    text: str
    organ: str | None
    year: int | None
    lines: tuple[Line, ...] = ()
    kind: str = "title"
    hijacked: bool = False

    @property
    def worth(self) -> tuple[int, int]:
        return (2 * bool(self.organ) + bool(self.year), -len(self.lines))


def titles(lines: Lines, head_end: int, foreign: tuple[Intrusion, ...] = ()) -> tuple[Title, ...]:
    """The titles a page prints, best first: headings, then quoted in the preamble, then in the file's properties.

    Foreign words of a hijacked page are left out; ``hijacked`` says that a title is not whole.
    """
    head = [line for line in lines.items[:min(head_end, _HEAD)] if not line.tabular]
    named_in = ["公开" in cleared(line.tight, foreign) for line in head]
    windows = [(n, n + size) for n in range(len(head)) for size in (1, 2, 3) if n + size <= len(head) and any(named_in[n:n + size])]
    barred = {n for n in {n for window in windows for n in range(*window)} if _barred(head[n].tight)}
    found = [t for first, last in windows if barred.isdisjoint(range(first, last)) and (t := _title(lines, head[first:last], foreign))]
    found.sort(key=lambda t: t.worth, reverse=True)
    quoted = [t for line in head for m in _QUOTED.finditer(line.tight) if (t := named(m[1], "quoted", foreign))]
    own = lines.document.meta.get("title") or lines.document.meta.get("ArticleTitle") or ""
    stored = named(re.split(r"[_|]|\s[-—]\s", own)[0], "properties", foreign)
    return (*found, *quoted, *((stored,) if stored else ()))


def _barred(text: str) -> bool:
    """Whether a line is no part of a title."""
    return len(text) > _LONGEST or _NOT.search(text) is not None


def named(text: str, kind: str, foreign: tuple[Intrusion, ...] = ()) -> Title | None:
    """What a title given as one text names; None when it is none, or names neither organ nor year."""
    tight = squeeze(text)
    match = _match(cleared(tight, foreign))
    if match is None:
        return None
    organ, year, hit = _organ(match), match["year"] or match["first"], match.string != tight
    if not organ and not year:
        return None
    return Title(match.string if hit else text.strip(), organ, int(year) if year else None, (), kind, hit)


def _match(text: str) -> re.Match[str] | None:
    """A title's parts. Most lines hold none of the words every title has, and the pattern is slow."""
    if "公开" not in text or not ("报" in text or "总结" in text):
        return None
    return _TITLE.match(text)


def _title(lines: Lines, window: list[Line], foreign: tuple[Intrusion, ...]) -> Title | None:
    for line, following in itertools.pairwise(window):
        parted = _ONLY_ORGAN.match(line.tight) or _ONLY_YEAR.match(line.tight) or following.tight in ("年度报告", "工作年度报告")
        if not parted and not (line.tight.endswith(("信息公开", "信息公开工作")) and "报告" in following.tight):
            return None
    tight = "".join([line.tight for line in window])
    match = _match(cleared(tight, foreign))
    if match is None:
        return None
    year = match["year"] or match["first"]
    text = "".join("".join(lines.readable(line).split()) for line in window)
    hit = match.string != tight
    return Title(match.string if hit else text, _organ(match), int(year) if year else None, tuple(window), "title", hit)


def _organ(match: re.Match[str]) -> str | None:
    """The organ in a title. 甲县人民政府信息公开 names the 人民政府, not 甲县人民."""
    organ = match["organ"] or ""
    if organ.endswith("人民") and match.string[match.end("organ"):].startswith(("政府信息公开", "政府政务公开")):
        organ += "政府"
    organ = organ.removesuffix("关于")
    return organ if len(organ) > 1 and not re.fullmatch(r"(?:本|年|年度|度|政府|政务|主动|单位|机关|我.|公开)+", organ) else None
