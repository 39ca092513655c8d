"""The patterns of data/claims.toml, compiled for a report year and checked against the names of the form."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import Any

from gongkai.forms import APPLICANTS, CLAIMS
from gongkai.reading.prose.quantities import Measure

Pattern = re.Pattern[str]
_PLACE = re.compile(r"\{([A-Z]+)\}")


@dataclass(frozen=True, slots=True)
class NumberRule:
    """What a number means by the words before it. ``claim`` is empty for a number that only parts its neighbours."""

    claim: str
    pattern: Pattern
    after: Pattern | None
    unless: Pattern | None
    unless_sentence: Pattern | None
    topic: str | None
    measure: Measure
    whatever_year: bool
    remedies: bool
    quarter: bool
    parts: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class NoneRule:
    """Words that say a number by themselves: zero, or 1 for a sentence that is a claim as it stands.

    With ``remedies`` the items named in the match are zero, each.
    """

    claims: tuple[str, ...]
    value: int
    pattern: Pattern
    unless: Pattern | None
    topic: str | None
    whatever_year: bool
    remedies: bool


@dataclass(frozen=True)
class Rules:
    gate: Pattern
    """Nothing is said in a text in which this is not found."""
    amount: Pattern
    """Nor in one without this."""
    telling: Pattern
    """And a short line without this does not even change what the lines below it are about."""
    numbers: tuple[NumberRule, ...]
    nones: tuple[NoneRule, ...]
    outcomes: tuple[tuple[str, Pattern], ...]
    outcomes_behind: tuple[tuple[str, Pattern], ...]
    any_outcome: Pattern
    applicants: tuple[tuple[str, Pattern], ...]
    topics: Pattern
    topic_of: dict[str, str]
    """The topic each word found by ``topics`` stands for."""
    review: Pattern
    suit: Pattern
    both: Pattern
    quarters: Pattern

    def numbers_for(self, measure: Measure, topic: str, part: int) -> tuple[NumberRule, ...]:
        """The rules a number with this measure can fall under, in a sentence on this topic in this section."""
        key = measure, topic, part
        if key not in self._numbers_for:
            self._numbers_for[key] = tuple(
                rule for rule in self.numbers
                if measure in ((rule.measure, "bare") if rule.measure == "items" else (rule.measure,))
                and rule.topic in (None, "", topic) and (not rule.parts or part in rule.parts)
            )  # fmt: skip
        return self._numbers_for[key]

    @cached_property
    def _numbers_for(self) -> dict[tuple[Measure, str, int], tuple[NumberRule, ...]]:
        return {}


@cache
def _data() -> dict[str, Any]:
    raw = tomllib.loads((files("gongkai.reading.prose") / "data" / "claims.toml").read_text("utf-8"))
    named = [r["claim"] for r in raw["number"] if r.get("claim")] + [c for r in raw["none"] for c in r.get("claims", ())]
    if unknown := set(named) - set(CLAIMS):
        raise ValueError(f"claims.toml: no claim is called {sorted(unknown)[0]!r}")
    if unknown := {r["applicant"] for r in raw["number"] if "applicant" in r} - set(APPLICANTS):
        raise ValueError(f"claims.toml: no applicant is called {sorted(unknown)[0]!r}")
    return raw


@lru_cache(maxsize=64)
def rules(year: int | None) -> Rules:
    """The rules for a report of this year; without one, words like 2019年结转 say nothing. ValueError for bad data."""
    raw = _data()
    words = dict(raw["words"])
    for name, value in (("PREVIOUS", -1), ("YEAR", 0), ("NEXT", 1)):
        words[name] = str(year + value) if year else r"(?!)"

    def filled(text: str) -> str:
        while _PLACE.search(text):
            text = _PLACE.sub(lambda m: words[m[1]], text)
        return text

    def compiled(rule: dict[str, Any], key: str) -> Pattern | None:
        return re.compile(filled(rule[key])) if key in rule else None

    def needed(text: str) -> Pattern:
        return re.compile(filled(text))

    numbers = tuple(
        NumberRule(r.get("claim", ""), needed(r["pattern"]), compiled(r, "after"), compiled(r, "unless"),
                   compiled(r, "unless_sentence"), r.get("topic"), r.get("measure", "items"),
                   r.get("whatever_year", False), r.get("remedies", False), r.get("quarter", False),
                   tuple(r["part"]) if "part" in r else None)
        for r in raw["number"] if "pattern" in r
    )  # fmt: skip
    nones = tuple(
        NoneRule(tuple(r.get("claims", ())), r.get("value", 0), needed(r.get("pattern") or r["remedies"]), compiled(r, "unless"),
                 r.get("topic"), r.get("whatever_year", False), "remedies" in r)
        for r in raw["none"]
    )  # fmt: skip
    topic_of = {word: name for name, words_ in raw["topics"].items() for word in words_.split("|")}
    outcomes = [(r["claim"], r["outcome"]) for r in raw["number"] if "outcome" in r]
    return Rules(
        re.compile(raw["gate"]),
        re.compile(raw["amount"]),
        re.compile("|".join([raw["amount"], rf"^{raw['heading_begins']}", *map(re.escape, topic_of)])), numbers, nones,
        tuple((claim, needed(rf"(?:{words_})(?:的|政府|信息|申请|答复|决定|情况|处理)*{{TAIL}}$")) for claim, words_ in outcomes),
        tuple((claim, re.compile(rf"(?:申请)?(?:属于|作出|给予|依法|已)?(?:{words_})(?:的?(?:决定|答复|处理))?(?=[,。;、)]|$)"))
              for claim, words_ in outcomes),
        re.compile("|".join(words_ for _, words_ in sorted(outcomes, key=lambda o: -len(o[1])))),
        tuple((r["applicant"], needed(rf"(?:{r['words']})(?:类)?(?:提出|提交|递交|申请人|的)*(?:政府信息公开|信息公开)?(?:申请)?{{TAIL}}$"))
              for r in raw["number"] if "applicant" in r),
        re.compile("|".join(map(re.escape, topic_of))), topic_of,
        needed("{REVIEW}"), needed("{SUIT}"),
        needed(r"{REVIEW}{CASES}*(?:、|和|及|与|或|以及|,)(?:被)?(?:提起)?{SUIT}{CASES}*(?P<each>各)?{TAIL}$"),
        re.compile(raw["quarters"]["pattern"]),
    )  # fmt: skip
