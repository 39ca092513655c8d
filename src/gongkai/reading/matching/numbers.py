"""What a cell prints: a count, a change, an amount, a blank, a dash. Never more than is printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from gongkai.forms import Column
from gongkai.forms.parts import Kind
from gongkai.reading.cleaning import squeeze
from gongkai.report import State

_NOT_APPLICABLE = frozenset({"/", "\\", "-", "--", "---", "—", "——", "–", "―", "─", "无", "不适用", "不涉及"})
_UNREADABLE = frozenset({"?", "??", "???", "□"})
_NUMBER = re.compile(r"(?P<sign>[-+−－＋])?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
                     r"(?:\((?=[万亿]?元\)))?(?P<unit>万元|亿元|元|件|项|个|条|宗|起|份|次)?(?:(?<=元)\))?"
                     r"(?:[①-⑳]|\*{1,2}|※|\[\d{1,2}\])?")  # the mark of a note
_CHANGE = re.compile(r"\(?(?P<word>增加?|减少?|新增|[-+−↑↓])\)?:?(?P<digits>\d+)[项件]?")
_TWO = re.compile(r"[0-9０-９][ \t\xa0　]+[0-9０-９]")
_BROKEN = re.compile(r"[0-9０-９,，.]\s*\n\s*[0-9０-９]")
_MONEY = {"万元": Decimal(1), "元": Decimal("0.0001"), "亿元": Decimal(10000)}


@dataclass(frozen=True, slots=True)
class Printed:
    """A cell as read. ``bare_amount``: an amount without any unit; ``broken``: its digits stand on two lines;
    ``odd``: why it is no figure."""

    state: State
    value: int | Decimal | None = None
    bare_amount: bool = False
    broken: bool = False
    odd: str | None = None


BLANK = Printed(State.BLANK)


def _of(value: int | Decimal, *, bare_amount: bool = False) -> Printed:
    return Printed(State.ZERO if value == 0 else State.NUMBER, value, bare_amount)


@lru_cache(maxsize=8192)
def is_value(text: str) -> bool:
    """Whether a squeezed text can stand in a figure cell (blank included)."""
    return text == "" or text in _NOT_APPLICABLE or text in _UNREADABLE or text == "0/0" or bool(
        _NUMBER.fullmatch(text) or _CHANGE.fullmatch(text))  # fmt: skip


def read_cell(text: str, column: Column, header_unit: str | None = None) -> Printed:
    """The figure a cell prints under this column.

    ``header_unit`` is the unit (万元, 元, 亿元) printed in the column's head on the page. Amounts come out in 万元,
    exactly. A cell that is no figure at all is unreadable, with the reason in ``odd``.
    """
    return read_kind(text, column.kind, header_unit)


@lru_cache(maxsize=8192)
def read_kind(text: str, kind: Kind, header_unit: str | None) -> Printed:
    """:func:`read_cell` by the column's kind, which is all that matters: hashing a whole column costs more than reading."""
    printed = _read(text, kind, header_unit)
    broken = printed.value is not None and "\n" in text and _BROKEN.search(text)
    return replace(printed, broken=True) if broken else printed


def _read(text: str, kind: Kind, header_unit: str | None) -> Printed:
    plain = squeeze(text)
    if _TWO.search(text):
        return Printed(State.UNREADABLE, odd=f"一格里有两个数“{text.strip()[:20]}”")
    if plain == "":
        return BLANK
    if plain in _NOT_APPLICABLE:
        return Printed(State.NOT_APPLICABLE)
    if plain in _UNREADABLE:
        return Printed(State.UNREADABLE, odd="原文为问号")
    if kind == "signed":
        return _change(plain)
    match = _NUMBER.fullmatch(plain)
    if match is None:
        return Printed(State.UNREADABLE, odd=f"“{text.strip()[:20]}”不是数字")
    digits = Decimal(match["digits"].replace(",", ""))
    if match["sign"] in ("-", "−", "－"):
        digits = -digits
    if kind == "decimal":
        return _amount(digits, match["unit"], header_unit)
    if match["unit"] in _MONEY:
        return Printed(State.UNREADABLE, odd=f"“{plain}”是金额，此格应填件数")
    if digits != digits.to_integral_value():
        return Printed(State.UNREADABLE, odd=f"“{plain}”不是整数")
    return _of(int(digits))


def _change(plain: str) -> Printed:
    if plain in ("0/0", "+0", "-0"):
        return _of(0)
    if match := _CHANGE.fullmatch(plain):
        return _of(-int(match["digits"]) if match["word"][0] in "减-−↓" else int(match["digits"]))
    match = _NUMBER.fullmatch(plain)
    digits = Decimal(match["digits"].replace(",", "")) if match else Decimal("0.5")
    if match is None or digits != digits.to_integral_value() or match["unit"] in _MONEY:
        return Printed(State.UNREADABLE, odd=f"“{plain}”不是增减数")
    value = int(digits)
    return _of(-value if match["sign"] in ("-", "−", "－") else value)


def _amount(digits: Decimal, unit: str | None, header_unit: str | None) -> Printed:
    if unit is not None and unit not in _MONEY:
        return Printed(State.UNREADABLE, odd=f"单位“{unit}”不是金额单位")
    unit = unit or header_unit
    if unit is None:
        return _of(digits, bare_amount=digits != 0)
    # exact, and without the exponent or trailing zeros a conversion leaves: 70487元 is 7.0487, 20000元 is 2
    value = digits if unit == "万元" else (digits * _MONEY[unit])
    if unit != "万元":
        value = value.normalize()
        value = value.quantize(Decimal(1)) if value == value.to_integral_value() else value
    return _of(value)
