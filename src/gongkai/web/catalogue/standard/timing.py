"""What the words of a time limit (公开时限) ask: a cycle of renewal, a number of working days."""

from __future__ import annotations

import re
from dataclasses import dataclass

# First match wins: 每半年 before 年, 季度 before 月.
_CYCLES = (
    (re.compile(r"每[日天]|按日|逐日|当日更新"), 1),
    (re.compile(r"每周|按周|逐周"), 7),
    (re.compile(r"每旬|按旬"), 11),
    (re.compile(r"每(?:个)?季度?|按季|逐季|季度(?:更新|公开|公布)|季后|季度(?:结束|终了)"), 92),
    (re.compile(r"(?:每|按)?半年(?:更新|公开|公布|一次)|每半年"), 184),
    (re.compile(r"每(?:个)?月|按月|逐月|月度|月(?:后|终了)"), 31),
    (re.compile(r"每(?:学)?年|按年|逐年|年度|一年一次|(?:\d+|[一二三四五六七八九十]+)月(?:底|\d+日)前"), 366),
)
_WORKING = re.compile(r"(\d{1,3}|[一二三四五六七八九十]{1,3})个?工作日")
_DIGITS = {sign: number for number, sign in enumerate("零一二三四五六七八九")}


@dataclass(frozen=True, slots=True)
class Timing:
    """`cycle` in days, None when the words ask for no renewal; `working_days` to publish, None when not said."""

    cycle: int | None
    working_days: int | None


def timing_of(words: str) -> Timing:
    """What `words` ask."""
    cycle = next((days for pattern, days in _CYCLES if pattern.search(words)), None)
    found = _WORKING.search(words)
    return Timing(cycle, _count(found[1]) if found else None)


def _count(text: str) -> int:
    """7 and 二十 alike, up to 99."""
    if text.isdigit():
        return int(text)
    if "十" not in text:
        return _DIGITS[text[0]]
    tens, _, ones = text.partition("十")
    return 10 * (_DIGITS[tens[0]] if tens else 1) + (_DIGITS[ones[0]] if ones else 0)
