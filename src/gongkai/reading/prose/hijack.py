"""Pages where intruders replaced words by betting or app advertising, or hung a link farm below.

Such a page is a finding the supervising office wants, and its organ names cannot be trusted. A brand word alone is
no proof: it must stand where an organ, a place or a term of the form belongs, or be the page's first line.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gongkai.reading.prose.lines import Line, Lines
from gongkai.report import Problem

_ENOUGH = 4
_GAP = 6
"""Marks of one foreign string stand at most so far apart."""
_LONGEST = 80
"""Foreign words are sought this far around a brand."""
_HITS = 200
"""Brands looked at on a page: more say nothing new."""
_STOP = re.compile(r"[,。;:《》<>()|、\"!?]")
_LATIN = re.compile(r"[A-Za-z]|188|365")
"""What every Latin brand and app word holds."""
_FARM_LINKS = 25
_FARM = re.compile(rf"蜘蛛池|(?:[\u4e00-\u9fff]{{2,9}}[县市区旗州][|｜]){{{_FARM_LINKS}}}")


@dataclass(frozen=True, slots=True)
class _Words:
    brand: re.Pattern[str]
    latin: re.Pattern[str]
    padding: re.Pattern[str]
    app: re.Pattern[str]
    organ: re.Pattern[str]
    report: re.Pattern[str]
    lead: re.Pattern[str]
    publisher: re.Pattern[str]
    fought: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Intrusion:
    """Foreign words on a line: ``tight[start:end]``, and what they probably replaced ("" for nothing)."""

    line: Line
    start: int
    end: int
    replaced: str
    words: str


@cache
def _words() -> _Words:
    raw = tomllib.loads((files("gongkai.reading.prose") / "data" / "hijack.toml").read_text("utf-8"))
    brand, padding = "|".join(raw["brand"]), "|".join(raw["padding"])
    return _Words(
        re.compile(brand), re.compile("|".join(raw["brand_latin"]), re.IGNORECASE), re.compile(padding), re.compile(f"(?:{raw['app']})(?={raw['organ']})"),
        *(re.compile(raw[key]) for key in ("organ", "report", "lead", "publisher", "fought")),
    )  # fmt: skip


def intrusions(lines: Lines) -> tuple[Intrusion, ...]:
    """All places where advertising stands, once the page is known to be hijacked; () on an honest page."""
    if not _may_advertise(lines):
        return ()
    hits = (
        (n, line, m) for n, line in enumerate(lines.items)
        for pattern in _patterns(line.tight) for m in pattern.finditer(line.tight)
    )  # fmt: skip
    found = [i for i in (_judged(n, line, m.start(), m.end()) for n, line, m in itertools.islice(hits, _HITS)) if i]
    if not found:
        return ()
    string = _common([i.words for i in found])
    return tuple(_everywhere(lines, string, found))


def hijack_problems(lines: Lines, found: tuple[Intrusion, ...]) -> tuple[Problem, ...]:
    """The problems to report: `hijacked` once for each foreign string, `spider_tail` for a link farm."""
    out = []
    for words in dict.fromkeys(i.words for i in found):
        same = [i for i in found if i.words == words]
        replaced = "、".join(dict.fromkeys(i.replaced for i in same if i.replaced))
        guess = f"疑似替换了{replaced}" if replaced else "不属于报告内容"
        where = lines.trace(same[0].line, same[0].start, same[0].end)
        out.append(Problem("hijacked", f"页面被植入广告字样“{words}”，共{len(same)}处，{guess}。"
                           "页面上的机关名称不可尽信，请以原件为准，并通知主办单位排查网站安全。", None, where))  # fmt: skip
    for line in lines.items if _may_farm(lines.joined) else ():
        if _may_farm(line.tight) and (match := _FARM.search(line.tight)):
            where = lines.trace(line, match.start(), min(len(line.tight), match.start() + 40))
            out.append(Problem("spider_tail", "页面末尾被植入蜘蛛池链接（成串的地名），不属于报告内容。"
                               "请通知主办单位排查网站安全。", None, where))  # fmt: skip
            break
    return tuple(out)


def _may_farm(text: str) -> bool:
    """Whether a text has what a link farm has; most have not, and the pattern is slow."""
    return "蜘蛛池" in text or text.count("|") + text.count("｜") >= _FARM_LINKS


def cleared(text: str, found: tuple[Intrusion, ...]) -> str:
    """A folded text without the foreign words."""
    for words in {i.words for i in found}:
        text = text.replace(words, "")
    return text


def _patterns(text: str) -> tuple[re.Pattern[str], ...]:
    """What to look for in a line: the Latin brands only where there are Latin letters or digits."""
    known = _words()
    return (known.brand, known.latin, known.app) if _LATIN.search(text) else (known.brand, known.app)


def _may_advertise(lines: Lines) -> bool:
    """Whether any of the words stands on the page: told at once for all its lines."""
    known = _words()
    if known.brand.search(lines.joined) or known.app.search(lines.joined):
        return True
    return bool(_LATIN.search(lines.joined)) and any(
        known.latin.search(line.tight) for line in lines.items if _LATIN.search(line.tight)
    )


def _brands(text: str) -> int:
    return len(_words().brand.findall(text)) + len(_words().latin.findall(text))


def _judged(at: int, line: Line, start: int, end: int) -> Intrusion | None:
    """Whether a brand word is an intruder: its own words and the place they stand in weigh together."""
    text, known = line.tight, _words()
    first, last = _run(text, start, end)
    marks = _together([*known.brand.finditer(text, first, last), *known.latin.finditer(text, first, last),
                       *known.padding.finditer(text, first, last)], start)  # fmt: skip
    finish = max((m.end() for m in marks), default=end)
    if (organ := known.app.search(text, first, last)) is not None:
        finish = max(finish, organ.end())
    first = _after_lead(text, first, min((m.start() for m in marks), default=start))
    words = text[first:finish]
    brands = _brands(words) or (1 if organ and _branded(words, marks) else 0)
    weight = 2 * brands + min(2, len(known.padding.findall(words))) + 2 * ("_" in words)
    replaced = _replaced(text, first, finish)
    if replaced:
        weight += 2
    elif at == 0 or words == text:  # a line of its own, most often the page's first
        finish = last if text[last:last + 1] != "(" else len(text)
        weight += 1
    elif "_" not in words:
        return None
    if not brands or weight < _ENOUGH or known.fought.search(text):
        return None
    return Intrusion(line, first, finish, replaced.strip(), text[first:finish])


def _together(marks: list[re.Match[str]], start: int) -> list[re.Match[str]]:
    """The marks that stand close together around the one at ``start``: further ones are of another place."""
    marks.sort(key=lambda m: m.start())
    groups: list[list[re.Match[str]]] = []
    reach = -_GAP - 1
    for mark in marks:
        if mark.start() - reach > _GAP:
            groups.append([])
        groups[-1].append(mark)
        reach = max(reach, mark.end())
    return next((g for g in groups if g[0].start() <= start <= max(m.end() for m in g)), [])


def _branded(words: str, marks: list[re.Match[str]]) -> bool:
    """Whether app words before an organ's name are a brand's and no service's of the organ."""
    return len({m[0] for m in marks}) > 1 and bool(re.search(r"_|365|bet", words, re.IGNORECASE))


def _run(text: str, start: int, end: int) -> tuple[int, int]:
    """The words around a brand without a mark between them."""
    left, right = max(0, start - _LONGEST), min(len(text), end + _LONGEST)
    before = [m.end() for m in _STOP.finditer(text, left, start)]
    after = _STOP.search(text, end, right)
    return (before[-1] if before else left), (after.start() if after else right)


def _after_lead(text: str, first: int, mark: int) -> int:
    """Where the foreign words begin: behind the words of the sentence, a place, or a section's own words."""
    lead = text[first:mark]
    ends = [m.end() for m in _words().lead.finditer(lead)]
    ends += [m.end() for m in re.finditer(r"收到和处理|办公[厅室]|[省市州县区旗盟镇乡](?![省市州县区旗盟镇乡])", lead)]
    return first + max(ends, default=0)


def _replaced(text: str, first: int, finish: int) -> str:
    """What stood there before, by what stands around; "" when the place says nothing, " " when it was a publisher."""
    before, after = text[:first], text[finish:]
    if before.endswith("收到和处理") and after.startswith("申请"):
        return "“政府信息公开”"
    if re.search(r"办公[厅室]$", before) and re.match(r"(?:,[^,。》]{2,12})?,?(?:印发|进一步|做好|编制)", after):
        return "“关于”"
    if _words().organ.match(after):
        return "机关名称中的地名"
    if _words().report.match(after):
        return "“人民政府”" if re.search(r"[省市州县区旗盟镇乡]$", before) else "机关名称"
    return " " if _words().publisher.search(before.rstrip(":>")) else ""


def _common(found: list[str]) -> str:
    """The foreign string itself: what most places share. Several places show where it begins and ends."""
    counts = Counter(found)
    if len(counts) == 1:
        return found[0]
    shortest = min(counts, key=len)
    if all(shortest in other for other in counts):
        return shortest
    return max(counts, key=lambda w: (sum(w in other for other in found), len(w)))


def _everywhere(lines: Lines, string: str, found: list[Intrusion]) -> Iterator[Intrusion]:
    """Every place of the foreign string, and the intrusions of other words."""
    covered: set[tuple[int, int]] = set()
    for line in lines.items:
        for match in re.finditer(re.escape(string), line.tight) if len(string) > 3 else ():
            covered.update((id(line), n) for n in range(match.start(), match.end()))
            replaced = _replaced(line.tight, match.start(), match.end()).strip()
            yield Intrusion(line, match.start(), match.end(), replaced, string)
    for intrusion in found:
        if not any((id(intrusion.line), n) in covered for n in range(intrusion.start, intrusion.end)):
            yield intrusion
