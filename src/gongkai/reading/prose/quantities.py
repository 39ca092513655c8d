"""Numbers with their measure words in a sentence: 12件, 1,203条, 三宗, 2.5万元; and what makes one no exact number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Measure = Literal["items", "money", "bare"]

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_QUANTITY = re.compile(
    r"(?P<digits>(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,]*\d)|(?<![\d.])\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+)"
    r"(?P<about>余|多|几)?(?P<large>万|亿)?(?P<more>余|多)?"
    r"(?P<measure>(?:人|件|批|场)次|元|[件条份宗起篇次项个例桩]|%|[^,。;)]?)(?P<loose>次|以上|左右|上下|以下|以内)?"
)
_BEGINS = re.compile(r"[\d零〇一二两三四五六七八九十百千]")
_COUNTED = frozenset("件条份宗起篇次项个例桩")
_ABOUT = re.compile(r"(?:近|约|超过|超|逾|不少于|不低于|至少|将近|大约|接近|突破|不足|不到|达到?近)$")
_TIME = re.compile(r"个?(?:工作日|自然日|月|小时|季度|年)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact number: ``value`` counts, or yuan where ``measure`` is money. Offsets are in the text it was found in."""

    start: int
    end: int
    value: int | Decimal
    measure: Measure


@dataclass(frozen=True, slots=True)
class Passed:
    """A number that says nothing exact (200余条, 1.2万条): it only parts its neighbours."""

    start: int
    end: int


def quantities(text: str) -> Iterator[Quantity | Passed]:
    """The numbers of a folded text without white space, in order."""
    for match in _matches(text):
        start, end = match.start(), match.end("measure")
        digits, measure = match["digits"], match["measure"]
        if not digits[0].isdigit() and measure not in _COUNTED:
            continue  # 一是, 三安全
        if _TIME.match(text, match.end("digits")):
            continue  # 2020年, 20个工作日: stand inside what is said about a number
        loose = match["about"] or match["more"] or match["loose"] or _ABOUT.search(text, max(0, start - 4), start)
        value = _value(digits)
        if loose or value is None:
            yield Passed(start, end)
        elif measure == "元":
            yield Quantity(start, end, _plain(value * (10000 if match["large"] == "万" else 1)), "money")
        elif match["large"] or value != value.to_integral_value():
            yield Passed(start, end)  # 1.2万条 is rounded
        elif measure in _COUNTED:
            yield Quantity(start, end, int(value), "items")
        elif measure == "" and digits[0].isdigit():
            yield Quantity(start, match.end("digits"), int(value), "bare")


def _matches(text: str) -> Iterator[re.Match[str]]:
    """As ``_QUANTITY.finditer``, tried only where a number can begin: most characters of prose are none."""
    at = 0
    while begin := _BEGINS.search(text, at):
        match = _QUANTITY.match(text, begin.start())
        at = match.end() if match else begin.end()
        if match:
            yield match


def _value(digits: str) -> Decimal | None:
    if digits[0].isdigit():
        return Decimal(digits.replace(",", ""))
    total = digit = 0
    for char in digits:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        elif digit:
            return None  # 二三件: no number of one kind
        else:
            digit = _DIGITS[char]
    return Decimal(total + digit)


def _plain(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value.normalize()
