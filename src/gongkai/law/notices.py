"""A holiday notice of the State Council (or of a province) as a small TOML file an operator adds.

::

    number = "国办发明电〔2026〕9号"
    announces = [2027]                      # years this notice settles; leave out for a mere amendment
    rest = [{ from = 2027-01-01, to = 2027-01-03, why = "元旦" }]
    work = [{ on = 2027-02-14, why = "春节" }]  # make-up days
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any


class CalendarError(ValueError):
    """A notice that cannot be right, or a date no calendar covers; the message names the entry and the remedy."""


@dataclass(frozen=True, slots=True)
class Notice:
    """``rest`` and ``work`` give the festival of each day; ``announces`` the years settled by the notice."""

    number: str
    announces: frozenset[int]
    rest: dict[date, str]
    work: dict[date, str]


def parse_notice(text: str) -> Notice:
    """A notice from its TOML text. Raises CalendarError naming the entry that cannot be right."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CalendarError(f"放假通知文件不是有效的 TOML：{error}。请核对文件格式。") from error
    number = raw.get("number")
    if not isinstance(number, str) or not number.strip():
        raise CalendarError("放假通知文件缺少 number（文号）。请补上通知的文号。")
    if unknown := raw.keys() - {"number", "announces", "rest", "work"}:
        raise CalendarError(f"放假通知“{number}”有不认识的项：{'、'.join(sorted(unknown))}。")
    years = raw.get("announces", [])
    if not isinstance(years, list) or not all(type(y) is int and 2004 <= y <= 2200 for y in years):
        raise CalendarError(f"放假通知“{number}”的 announces 应为年份列表，如 [2027]。")
    rest: dict[date, str] = {}
    for entry in _entries(raw, "rest", number):
        first, last, why = _day(entry, "from", number), _day(entry, "to", number), _why(entry, number)
        if last < first or last - first > timedelta(days=31):
            raise CalendarError(f"放假通知“{number}”中“{why}”的起止日期 {first} 至 {last} 不对。请核对。")
        rest |= {first + timedelta(days=n): why for n in range((last - first).days + 1)}
    work = {_day(e, "on", number): _why(e, number) for e in _entries(raw, "work", number)}
    if both := sorted(rest.keys() & work.keys()):
        raise CalendarError(f"放假通知“{number}”把 {both[0]} 既列为放假又列为上班。请核对。")
    return Notice(number, frozenset(years), rest, work)


def _entries(raw: dict[str, Any], key: str, number: str) -> list[dict[str, Any]]:
    entries = raw.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise CalendarError(f"放假通知“{number}”的 {key} 应为列表。请参照说明文档的格式。")
    return entries


def _day(entry: dict[str, Any], key: str, number: str) -> date:
    value = entry.get(key)
    if type(value) is not date:  # a TOML date with a time of day is no date
        raise CalendarError(f"放假通知“{number}”的一项 {key} 不是日期：{value!r}。请写成 2027-01-01 的样式。")
    return value


def _why(entry: dict[str, Any], number: str) -> str:
    why = entry.get("why")
    if not isinstance(why, str) or not why.strip():
        raise CalendarError(f"放假通知“{number}”的一项缺少 why（节日名称）。请补上。")
    return why
