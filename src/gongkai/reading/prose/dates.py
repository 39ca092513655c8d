"""The report's year, the period of its figures, and the day it was published, each with its evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.reading.prose.lines import Line, Lines
from gongkai.reading.prose.sections import Part
from gongkai.reading.prose.titles import Title
from gongkai.report import Identity

_DAY = r"(?:20(?=20\d\d))?(20\d\d)(?:年|你那|年度)?(\d{1,2})月(\d{1,2})日?"
_PERIOD = re.compile(
    rf"(?:期限|时限|时间|自|从|截至|数据)[^,。;]{{0,10}}?{_DAY}(?:起|开始)?,?(?:至|到|—|-|~|止于)+(?:20(?=20\d\d))?(20\d\d)?(?:年|你那|年度)?(\d{{1,2}})月(\d{{1,2}})日?"
)
_LOST = re.compile(r"(?:期限|时限|自)[^,。;]{0,10}?(20\d\d)年?1月?1日?起?,?[至到](20\d\d)年?12月?31日?")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年|你那)")
_QUOTED = re.compile(r"《[^》]*》?|〔[^〕]*〕?")
_PUBLISHED = re.compile(
    r"(?P<label>(?:发布|公布|公开|发文|成文|生成|印发|上网|录入|更新)(?:日期|时间)|日期|时间)[:：]?\s*\[?(?P<y>20\d\d)[-年/.](?P<m>\d{1,2})[-月/.](?P<d>\d{1,2})"
)
_SIGNED = re.compile(r"^\(?(20\d\d)年(\d{1,2})月(\d{1,2})日\)?$")
_STORED = re.compile(r"(20\d\d)[-年/.](\d{1,2})[-月/.](\d{1,2})")
_META = ("PubDate", "pubdate", "publishdate", "PublishDate", "date")
_FILE_YEAR = re.compile(r"(?<!\d)(20[12]\d)(?=年|年度|[-_./]?(?:年报|nb|ndbg|zfxxgk|xxgk))", re.IGNORECASE)
_TITLES = {"title": ("标题", 8), "quoted": ("正文所引标题", 7), "properties": ("网页或文件属性标题", 5)}


@dataclass(frozen=True, slots=True)
class Dated:
    year: int | None
    period: tuple[date, date] | None
    published: date | None
    evidence: tuple[Identity, ...]


def dated(lines: Lines, found: tuple[Part, ...], titles: tuple[Title, ...], name: str) -> Dated:
    """Year, period and publication. The year is that of the period, not of the page's date."""
    period, period_line = _period(lines)
    published, published_line = _published(lines)
    votes: list[tuple[int, float, str, Line | None]] = []
    if period_line and period:
        votes.append((period[0].year, 10, "统计期限", period_line))
    elif (lost := _lost_period(lines)) is not None:
        votes.append((lost[0], 9, "统计期限（缺字）", lost[1]))
    for title in titles[:4]:
        words, weight = _TITLES[title.kind]
        if title.year:
            votes.append((title.year, weight, words, title.lines[0] if title.lines else None))
    votes += _prose(lines, found)
    if published:
        votes.append((published.year - 1, 1.5, "发布日期的上一年", published_line))
    if match := _FILE_YEAR.search(name):
        votes.append((int(match[1]), 1, "文件名或网址", None))
    totals: Counter[int] = Counter()
    for vote_year, worth, _, _ in votes:
        totals[vote_year] += worth  # type: ignore[assignment]  # weights are floats
    ranked = totals.most_common(2)
    clear = ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1])
    year = ranked[0][0] if clear and ranked[0][1] >= 1 else None
    votes.sort(key=lambda v: (v[0] != year, -v[1]))
    evidence = [Identity("year", str(y), words, lines.trace(line, 0, len(line.tight)) if line else None)
                for y, _, words, line in votes]  # fmt: skip
    if published and published_line is not None:
        where = lines.trace(published_line, 0, len(published_line.tight))
        evidence.append(Identity("published", published.isoformat(), "发布日期", where))
    return Dated(year, period, published, tuple(evidence))


def _period(lines: Lines) -> tuple[tuple[date, date] | None, Line | None]:
    for line in map(lines.items.__getitem__, lines.holding("月")):
        if len(line.tight) > 12 and (match := _PERIOD.search(line.tight)):
            y, m, d, y2, m2, d2 = match.groups()
            first, last = _date(y, m, d), _date(y2 or y, m2, d2)
            if first and last and first <= last and (last - first).days > 180:
                return (first, last), line
    return None, None


def _lost_period(lines: Lines) -> tuple[int, Line] | None:
    for line in map(lines.items.__getitem__, lines.holding("20")):
        if (match := _LOST.search(line.tight)) and match[1] == match[2]:
            return int(match[1]), line
    return None


def _prose(lines: Lines, found: tuple[Part, ...]) -> Iterator[tuple[int, float, str, Line | None]]:
    """Years the text speaks of: how section one begins, and what it names most; section five plans the next."""
    named: Counter[str] = Counter()
    elsewhere: Counter[str] = Counter()
    first: tuple[int, Line] | None = None
    for part in found:
        for line in lines.items[part.first:part.last]:
            if "20" not in line.tight or line.tabular:
                continue
            years = _YEAR.findall(_QUOTED.sub("", line.tight))
            (named if part.number in (0, 1, 6) else elsewhere).update(years)
            if part.number == 1 and years and first is None and line.tight.find(years[0]) < 4:
                first = int(years[0]), line
    if first:
        yield first[0], 5, "正文首句", first[1]
    named = named or Counter({y: n for y, n in elsewhere.items() if not found or len(elsewhere) == 1})
    if named:
        yield int(named.most_common(1)[0][0]), 3, "正文多次提到的年份", None
    for part in found:
        for line in lines.items[part.first:part.last] if part.number == 5 else ():
            if match := re.search(r"(20\d\d)年,?(?:我[^,。]{1,3}|[^,。]{0,12})将", line.tight):
                yield int(match[1]) - 1, 2, "下一年打算的上一年", line
                return


def _published(lines: Lines) -> tuple[date | None, Line | None]:
    order = ("发布", "公布", "公开", "上网", "发文", "印发", "成文", "生成", "日期", "时间", "录入", "更新")
    best: tuple[int, date, Line] | None = None
    for line in map(lines.items.__getitem__, lines.holding("日期", "时间")):
        if len(line.tight) > 400:
            continue
        for printed in _PUBLISHED.finditer(line.text):
            day = _date(printed["y"], printed["m"], printed["d"])
            rank = next(n for n, word in enumerate(order) if printed["label"].startswith(word))
            if day and (best is None or rank < best[0]):
                best = (rank, day, line)
    if best:
        return best[1], best[2]
    for key in _META:
        match = _STORED.match(lines.document.meta.get(key, ""))
        if match and (day := _date(*match.groups())):
            return day, None
    for line in reversed(lines.items[-12:]):
        if (match := _SIGNED.match(line.tight)) and (day := _date(*match.groups())):
            return day, line
    return None, None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
