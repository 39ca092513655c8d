"""Events as plain data, to be stored and sent: one flat mapping an event, absent where there is nothing to say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from gongkai.law.events import Channel, Event, HistoryError, Kind, Party

_KEYS = ("kind", "on", "days", "party", "ref", "until", "channel", "approved_by")
Choice = TypeVar("Choice", bound=StrEnum)


def to_plain(event: Event) -> dict[str, str | int]:
    """An event as texts and numbers, as ``{"kind": "extension", "on": "2026-03-10", "days": 5}``."""
    values = {key: getattr(event, key) for key in _KEYS}
    return {key: _text(value) for key, value in values.items() if value not in (None, "")}


def from_plain(rows: Iterable[Mapping[str, Any]]) -> tuple[Event, ...]:
    """A history from plain data. Raises HistoryError naming the row that is no event; order is not checked here."""
    return tuple(_event(row, place) for place, row in enumerate(rows, start=1))


def _text(value: Any) -> str | int:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int) else str(value)


def _event(row: Mapping[str, Any], place: int) -> Event:
    if unknown := [key for key in row if key not in _KEYS]:
        raise _wrong(place, f"有不认识的项“{'、'.join(unknown)}”。请删去。")
    days = row.get("days")
    if days is not None and type(days) is not int:
        raise _wrong(place, f"天数“{days}”不是整数。请核对。")
    on, until = _date(row, "on", place), _date(row, "until", place)
    if on is None:
        raise _wrong(place, "没有日期。请补登。")
    kind = _choice(Kind, row, "kind", place)
    if kind is None:
        raise _wrong(place, "没有写明种类。请补登。")
    return Event(kind, on, days, _choice(Party, row, "party", place), str(row.get("ref", "")), until,
                 _choice(Channel, row, "channel", place), str(row.get("approved_by", "")))  # fmt: skip


def _date(row: Mapping[str, Any], key: str, place: int) -> date | None:
    value = row.get(key)
    if value is None or type(value) is date:
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise _wrong(place, f"“{value}”不是日期。请写成 2026-03-10 的样式。") from error


def _choice(options: type[Choice], row: Mapping[str, Any], key: str, place: int) -> Choice | None:
    value = row.get(key)
    if value is None:
        return None
    try:
        return options(value)
    except ValueError as error:
        raise _wrong(place, f"“{value}”不认识；可用的有：{'、'.join(options)}。") from error


def _wrong(place: int, message: str) -> HistoryError:
    return HistoryError(f"第{place}行事件{message}")
