"""Whose report it is: every name the page gives, what kind of evidence each is, and the one they agree on.

A name is only ever one the page prints. What stands fuller elsewhere completes what stands shorter in the title; a
name with foreign words in it (a hijacked page) counts only for what is left of it.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gongkai.reading.cleaning import squeeze
from gongkai.reading.prose.hijack import Intrusion
from gongkai.reading.prose.lines import METADATA, Line, Lines, furniture
from gongkai.reading.prose.sections import Part
from gongkai.reading.prose.titles import Title
from gongkai.report import Identity

_PRONOUN = re.compile(r"^(?:我|本|各|全|该|其|贵|上级|有关|相关|市级|县级|区级|国务院|按照|根据|通过|依托|如|的|以及|及|和)")
_OWN_WORD = re.compile(r"[我本][市县区镇乡局委办厅院街州省旗单]")
_KIND_ALONE = re.compile(r"学校|学院|医院|中心|公司|[总支大]队|办事处|街道办|(?:新区|园区|开发区|高新区|经开区)?(?:管委会|管理委员会)")
"""What an organ without a name calls itself in its prose."""
_TEMPLATE = re.compile(r"[XxＸ×*]{2,}|某某|[〇○]{2,}")
_FILLER = re.compile(r"^(?:关于)?(?:本?(?:年度)?报告(?:是|系)?由|(?:[现特兹]此?予?)?(?:向社会|对外)?(?:编制|编写|撰写|编撰|发布|公布)(?:形成|完成|发布|公布|了)?|[现特兹]此?予?(?:向社会|对外)?公开|关于|20\d\d年度?|一年来|本年度|现将|现由|由|特由|要求|规定|精神|结合|以及|今年以来)[,]?|[,、].*$")
_PLACE = re.compile(r"^(.{1,24}[省市州县区旗盟])(?:人民政府.*|政府.*|门户.*)?$")
_ABOVE = re.compile(r"[省市州县区旗盟镇乡街道村港湾]$|[府局厅委部院办会处]$|^(?:中国|国家|全国)")
"""How what stands before an organ's shorter name ends: a place, an organ above it."""
_PLACED = re.compile(r"[省市州县区旗盟](?!.?直)")
_BARE = re.compile(r"^[^省市州县区旗盟镇乡]{2,}$")
_INNER = re.compile(r"(?<=人民政府)党政(?:综合)?办(?:公室)?$")
_SHORT = re.compile(r"(?<=[省市州县区旗镇乡])政府")
_DOUBLED = re.compile(r"([省市州县区旗镇乡])\1(?=人民政府)")
_TITLE_KINDS = {"title": ("标题", 10.0), "quoted": ("正文所引标题", 9.0), "properties": ("网页或文件属性标题", 6.0)}
_NAME_ALONE = r"[\u4e00-\u9fff()·]{4,30}"
_ENOUGH = 2.5


@dataclass(frozen=True, slots=True)
class _Evidence:
    """A name at a place. ``whole`` is False for what is left of a name that foreign words stood in."""

    name: str
    kind: str
    words: str
    weight: float
    line: Line | None
    start: int = 0
    end: int = 0
    whole: bool = True


@dataclass(frozen=True, slots=True)
class _Place:
    kind: str
    words: str
    weight: float
    needs: tuple[str, ...]
    pattern: re.Pattern[str]


@cache
def _places() -> tuple[tuple[_Place, ...], tuple[tuple[str, re.Pattern[str]], ...], re.Pattern[str], re.Pattern[str]]:
    raw = tomllib.loads((files("gongkai.reading.prose") / "data" / "identity.toml").read_text("utf-8"))
    ending = "(?:" + "|".join(raw["endings"]) + ")"
    organ = rf"[\u4e00-\u9fff·()]{{0,38}}?{ending}"
    places = tuple(
        _Place(p["kind"], p["title"], p["weight"], tuple(p["needs"]), re.compile(p["pattern"].replace("{ORGAN}", organ))) for p in raw["place"]
    )
    own = tuple((word, re.compile(pattern)) for word, pattern in raw["own"].items())
    words = "|".join(sorted(raw["own"], key=len, reverse=True))
    return places, own, re.compile(rf"[我本]({words})(?!级|着|部)"), re.compile(ending + "$")


@cache
def _name_alone() -> re.Pattern[str]:
    """A line that is a name and nothing else, among others."""
    ending = _places()[3].pattern.replace("[^", "[^\\n")  # not even a line break
    return re.compile(rf"^(?={_NAME_ALONE}$).*?{ending}", re.MULTILINE)


def organ_of(
    lines: Lines, found: tuple[Part, ...], titles: tuple[Title, ...], foreign: tuple[Intrusion, ...]
) -> tuple[str | None, tuple[Identity, ...]]:
    """The organ, or None when the page names none or names disagree evenly; with all evidence, best first."""
    evidence = [*_from_titles(titles, foreign), *_from_meta(lines), *_from_lines(lines, found, titles, foreign)]
    own = _own(lines, found)
    if not titles or not any(t.organ for t in titles):
        evidence += _area(evidence, own)
    names = dict.fromkeys(e.name for e in evidence if e.whole and e.kind not in ("site", "breadcrumb", "area"))
    if (own and own[0] in ("市", "县", "区", "州", "旗", "省")) or any(e.kind == "area" for e in evidence):
        names |= dict.fromkeys(e.name for e in evidence if e.kind in ("area", "site") and e.whole)
    spoken = [e.name for e in evidence if e.kind == "breadcrumb" and own and own[1].search(e.name)]
    names |= {e.name: None for e in evidence if e.kind == "breadcrumb" and any(e.name.endswith(n) for n in names)}
    if not names and len(set(spoken)) == 1:
        names[spoken[0]] = None  # the only name there is, and the prose calls itself so
    scores = {name: _score(name, evidence, own) for name in names}
    ranked = sorted(scores, key=lambda n: (scores[n], len(n)), reverse=True)
    best = ranked[0] if ranked and scores[ranked[0]] >= _ENOUGH else None
    if best is not None:
        best, evidence = _completed(best, lines, evidence)
    evidence.sort(key=lambda e: (best is None or not _agrees(e, best), -e.weight))
    return _printed(best, lines, evidence), tuple(
        Identity("organ", e.name if e.whole else None, e.words + ("" if e.whole else "（地名被广告字样替换）"),
                 lines.trace(e.line, e.start, e.end) if e.line else None)
        for e in evidence
    )  # fmt: skip


def _from_titles(titles: tuple[Title, ...], foreign: tuple[Intrusion, ...]) -> Iterator[_Evidence]:
    for title in titles[:4]:
        if not title.organ:
            continue
        words, weight = _TITLE_KINDS[title.kind]
        line = title.lines[0] if title.lines else None
        if title.hijacked:
            yield _Evidence(title.organ, title.kind, words, weight, line, 0, len(line.tight) if line else 0, whole=False)
        else:
            yield from _evidence(title.organ, title.kind, words, weight, line, 0, foreign)


def _from_meta(lines: Lines) -> Iterator[_Evidence]:
    """The source a page's own tags name (ContentSource), when it is an organ."""
    for tag in ("ContentSource", "Source"):
        name = squeeze(lines.document.meta.get(tag, "")).partition(":")[2] or squeeze(lines.document.meta.get(tag, ""))
        if re.fullmatch(_NAME_ALONE, name) and _places()[3].search(name) and not _PRONOUN.match(name):
            yield _Evidence(name, "source", "网页标签所写来源", 3.0, None)
            return


def _from_lines(
    lines: Lines, found: tuple[Part, ...], titles: tuple[Title, ...], foreign: tuple[Intrusion, ...]
) -> Iterator[_Evidence]:
    head = next((p.first for p in found if p.number), 30)
    beginning = next((p for p in found if p.number == 1), None)
    first = range(beginning.first, min(beginning.last, beginning.first + 4)) if beginning else range(head)
    titled = {id(line) for title in titles for line in title.lines}
    tries = _tries(lines, head, first, titled)
    crumbs = {*range(8), *lines.holding("位置")}
    alone = {n for n in lines.where(_name_alone()) if n < head}
    for n in sorted(n for n in tries.keys() | crumbs | alone if n < len(lines.items)):
        line = lines.items[n]
        for place in tries.get(n, ()):
            text = line.tight
            if place.kind == "sentence" and beginning and n == beginning.first:
                text = text[beginning.text_from:]
            shift = len(line.tight) - len(text)
            for match in place.pattern.finditer(_masked(line, text, shift, foreign)):
                yield from _evidence(text[match.start("organ"):match.end("organ")], place.kind, place.words, place.weight,
                                     line, shift + match.start("organ"), foreign)  # fmt: skip
        if n in alone and not METADATA.search(line.tight):
            yield from _evidence(line.tight, "heading", "标题旁的机关名称", 7.0, line, 0, foreign)
        if n in crumbs and ("位置" in line.tight[:8] or (n < 8 and line.tight.count(">") >= 2)):
            yield from _breadcrumb(line)
    yield from _signature(lines, found)


def _tries(lines: Lines, head: int, first: range, titled: set[int]) -> dict[int, list[_Place]]:
    """By line number the places whose patterns are worth trying there: by the words they need, and where they stand."""
    out: dict[int, list[_Place]] = {}
    for place in _places()[0]:
        everywhere = first if place.kind == "sentence" else range(len(lines.items))
        for n in lines.holding(*place.needs) if place.needs else everywhere:
            if place.kind == "sentence" and n not in first:
                continue
            if place.kind == "preamble" and (n > head + 2 or id(lines.items[n]) in titled):
                continue
            out.setdefault(n, []).append(place)
    return out


def _masked(line: Line, text: str, shift: int, foreign: tuple[Intrusion, ...]) -> str:
    """The text with foreign words as Chinese characters of the same length, so that names with them are still seen."""
    for intrusion in foreign:
        if intrusion.line is line and intrusion.start >= shift:
            start, end = intrusion.start - shift, intrusion.end - shift
            text = text[:start] + "某" * (end - start) + text[end:]
    return text


def _evidence(name: str, kind: str, words: str, weight: float, line: Line | None, start: int,
              foreign: tuple[Intrusion, ...]) -> Iterator[_Evidence]:  # fmt: skip
    whole = True
    for strange in {i.words for i in foreign}:
        if strange in name:
            name, whole = name.rpartition(strange)[2], False
    cut = _FILLER.match(name)
    if cut and cut.start() == 0 and cut.end() < len(name):
        start += cut.end()
        name = name[cut.end():]
    name = _INNER.sub("", name.strip("()"))
    name += ")" * (name.count("(") > name.count(")"))  # its own, as in 甲县气象局(甲县气象台)
    if kind in ("sentence", "preamble") and _KIND_ALONE.fullmatch(name):
        return
    if len(name) < 2 or _PRONOUN.match(name) or _OWN_WORD.search(name) or _TEMPLATE.search(name) or ("门户" in name and whole):
        return
    yield _Evidence(_DOUBLED.sub(r"\1", name), kind, words, weight, line, start, start + len(name), whole)


def _breadcrumb(line: Line) -> Iterator[_Evidence]:
    place = line.tight.find(":") + 1
    for segment in re.split(r"[>→/]|-+>", line.tight[place:]):
        start = line.tight.find(segment, place)
        if 2 <= len(segment) <= 30 and (_places()[3].search(segment) or _PLACE.match(segment)) and "公开" not in segment:
            yield _Evidence(segment, "breadcrumb", "当前位置", 3.0, line, start, start + len(segment))


def _signature(lines: Lines, found: tuple[Part, ...]) -> Iterator[_Evidence]:
    """An organ's name alone on a line near the end of the report, above its date."""
    end = max((p.last for p in found), default=len(lines.items))
    for line in lines.items[max(0, end - 3):end]:
        if len(line.tight) <= 30 and _places()[3].search(line.tight) and re.fullmatch(r"[\u4e00-\u9fff()]+", line.tight):
            if furniture("foot").search(line.tight) or _PRONOUN.match(line.tight):
                continue
            yield _Evidence(line.tight, "signature", "落款", 5.0, line, 0, len(line.tight))


def _own(lines: Lines, found: tuple[Part, ...]) -> tuple[str, re.Pattern[str]] | None:
    """What the prose calls its own organ most (我局, 我市), with how such an organ's name ends."""
    counted: Counter[str] = Counter()
    spoken = lines.holding("我", "本")
    for part in found:
        if part.number in (1, 5, 0):
            for n in spoken:
                if part.first <= n < part.last:
                    counted.update(_places()[2].findall(lines.items[n].tight))
    if not counted:
        return None
    word = counted.most_common(1)[0][0]
    return next((w, p) for w, p in _places()[1] if w == word)


def _area(evidence: list[_Evidence], own: tuple[str, re.Pattern[str]] | None) -> Iterator[_Evidence]:
    """Of an untitled report that speaks for an area, the government whose office is named."""
    if own is None or own[0] not in ("市", "县", "区", "州", "旗", "省", "镇", "乡"):
        return
    for e in evidence:
        shorter = re.sub(r"(?<=人民政府)办公[厅室].*$", "", e.name)
        if shorter != e.name and e.whole and e.kind in ("contact", "footer", "publisher"):
            yield _Evidence(shorter, "area", e.words, e.weight / 2, e.line, e.start, e.start + len(shorter))


def _agrees(e: _Evidence, name: str) -> float:
    """How far a piece of evidence speaks for a name: itself, a shorter or a fuller form, an office inside it."""
    given = _SHORT.sub("人民政府", e.name)
    name = _SHORT.sub("人民政府", name)
    if given == name or given + "人民政府" == name or given == name + "人民政府":
        return 1.0
    if name.endswith(given):
        if given[0] not in "省市州县区旗盟镇乡" and not _ABOVE.search(name[: -len(given)]):
            return 0.3  # what stands before it is no place: a word of the sentence
        return 0.9 if _PLACED.search(given) else 1.0
    if given.endswith(name):
        return 0.6 if e.whole else 0.0
    if len(given) >= 3 and _abbreviates(given, name):
        return 0.8
    if given.startswith(name) and e.kind in ("contact", "footer", "source", "publisher", "signature"):
        return 0.4
    return 0.0


def _abbreviates(short: str, name: str) -> bool:
    """县政府办 for 甲县人民政府办公室: the characters in order, the kind of place and the beginning of the end kept."""
    if len(short) >= len(name) or short[0] not in name or name in short:
        return False
    rest = iter(name)
    return all(char in rest for char in short) and (short[-1] in name[-5:])


def _score(name: str, evidence: list[_Evidence], own: tuple[str, re.Pattern[str]] | None) -> float:
    kinds: dict[str, float] = {}
    for e in evidence:
        kinds[e.kind] = max(kinds.get(e.kind, 0.0), e.weight * _agrees(e, name))
    total = sum(kinds.values())
    if own:
        total += 3.0 if own[1].search(name) else -3.0
    return total - (1.5 if len(name) < 4 or name[0] in "省市州县区旗镇乡" else 0.0)


def _completed(name: str, lines: Lines, evidence: list[_Evidence]) -> tuple[str, list[_Evidence]]:
    """A place without its 人民政府, or an office without its place, as the page itself completes it."""
    if re.search(r"[省市州县区旗镇乡]$", name):
        full = name + "人民政府"
        for line in lines.items:
            if (at := line.tight.find(full)) >= 0:
                return full, [*evidence, _Evidence(full, "mention", "正文提到", 1.0, line, at, at + len(full))]
        return name, evidence
    if _BARE.match(name):
        sources = [e for e in evidence if e.whole and e.kind in ("breadcrumb", "publisher", "source", "footer", "site")]
        places = {m[1] for e in sources if not e.name.endswith(name) and (m := _PLACE.match(e.name))}
        named = {m[1] for e in sources if e.kind in ("breadcrumb", "publisher") and (m := _PLACE.match(e.name))}
        if len(places) == 1 and named == places:
            place = places.pop()
            return place + name, [*evidence, _Evidence(place + name, "completed", "标题缺地名，由当前位置或发布机构补全", 1.0, None)]
    return name, evidence


def _printed(name: str | None, lines: Lines, evidence: list[_Evidence]) -> str | None:
    """The name in the characters the page prints, simplified on a traditional page."""
    if name is None:
        return None
    for e in evidence:
        if e.name == name and e.line is not None and e.line.tight[e.start:e.end] == name:
            return "".join(lines.readable(e.line, e.start, e.end).split())
    return name
