"""Prose taken over from another report: last year's with the figures changed, or a neighbour's with the name changed.

Sentences are compared with numbers, years and the organs' names masked, so that new figures in old words still count as
reuse. Sentences every report must have (the preamble, the statement on fees) are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import msgspec

from gongkai.report import Report

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_NUMBER = re.compile(r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*[%％]?|[一二两三四五六七八九十百千万零〇]+(?=[次件条个项场期人篇名起份])")
_NOISE = re.compile(r"[\s　,，、:：;；。.！!？?“”\"'‘’()（）《》<>\[\]【】—-]+")
_FORMULA = re.compile(
    r"根据.{0,60}政府信息公开条例.{0,80}(?:编制|公布|发布|报告)|统计期限|数据.{0,8}(?:截止|截至)|电子版.{0,20}(?:下载|查阅)"
    r"|如.{0,12}(?:疑问|意见).{0,20}联系|联系(?:电话|地址|方式)|本(?:年度)?报告由.{0,60}(?:组成|构成)|信息处理费"
)
_SHORTEST = 12  # masked characters; shorter sentences are alike by chance
_ALIKE = 90.0  # rapidfuzz ratio of masked sentences, in per cent
_THOUSANDTH = Decimal("0.001")


class Passage(msgspec.Struct, frozen=True):
    """A run of sentences found in both: section and character offsets in that section's text, on both sides.

    ``kind`` is "identical", "numbers" (only figures, years or names changed) or "near"; ``similarity`` in per cent.
    """

    a_section: int
    a_start: int
    a_end: int
    b_section: int
    b_start: int
    b_end: int
    text: str
    kind: str
    similarity: float


class Reuse(msgspec.Struct, frozen=True):
    """``share`` is the part of b's prose (0 to 1, by characters, boilerplate left out) that also stands in a; None when
    b has no prose to compare."""

    share: Decimal | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class _Sentence:
    section: int
    start: int
    end: int
    text: str
    masked: str


def reused_prose(a: Report, b: Report) -> Reuse:
    """What of b's prose stands in a as well."""
    from rapidfuzz import fuzz, process  # only this needs it  # noqa: PLC0415

    old, new = list(_sentences(a)), list(_sentences(b))
    total = sum(len(s.masked) for s in new)
    if not total:
        return Reuse(None, ())
    masked = [s.masked for s in old]
    exact = {s.masked: s for s in reversed(old)}
    found: list[Passage] = []
    reused = 0
    for sentence in new:
        twin, score = exact.get(sentence.masked), 100.0
        if twin is None:
            best = process.extractOne(sentence.masked, masked, scorer=fuzz.ratio, score_cutoff=_ALIKE)
            if best is None:
                continue
            twin, score = old[best[2]], best[1]
        reused += len(sentence.masked)
        kind = "identical" if twin.text == sentence.text else "numbers" if score == 100.0 else "near"
        _append(found, Passage(twin.section, twin.start, twin.end, sentence.section, sentence.start, sentence.end,
                               sentence.text, kind, round(score, 1)))  # fmt: skip
    return Reuse((Decimal(reused) / total).quantize(_THOUSANDTH), tuple(found))


def _append(found: list[Passage], new: Passage) -> None:
    """Add a passage, or lengthen the one before when both sides simply go on."""
    last = found[-1] if found else None
    if last and last.kind == new.kind and (last.a_section, last.b_section) == (new.a_section, new.b_section) \
            and 0 <= new.a_start - last.a_end <= 1 and 0 <= new.b_start - last.b_end <= 1:  # fmt: skip
        found[-1] = msgspec.structs.replace(
            last, a_end=new.a_end, b_end=new.b_end, text=last.text + new.text,
            similarity=min(last.similarity, new.similarity),
        )  # fmt: skip
    else:
        found.append(new)


def _sentences(report: Report) -> Iterator[_Sentence]:
    """The sentences long and individual enough to compare."""
    for section in report.sections:
        for match in _SENTENCE.finditer(section.text):
            text = match.group()
            if _FORMULA.search(text):
                continue
            named = text.replace(report.organ, "某") if report.organ else text
            masked = _NOISE.sub("", _NUMBER.sub("#", named))
            if len(masked) >= _SHORTEST:
                yield _Sentence(section.number, match.start(), match.end(), text, masked)
