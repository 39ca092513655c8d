"""Due dates worked by hand, with every counted day written out, against the clock and against a second calendar."""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import holidays
import pytest

from gongkai.law import Channel, Event, Kind, Party, default_rules, due, due_date, official_calendar

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "cases.toml").read_text("utf-8"))["case"]
CALENDAR = official_calendar(through=2026)  # what a later notice announces must not change these dates
SECOND = holidays.country_holidays("CN", years=range(2018, 2029))


def events_of(case: dict[str, Any]) -> tuple[Event, ...]:
    out = []
    for text in case["events"]:
        kind, on, *rest = text.split(":")
        party = Party(rest[0]) if rest and rest[0] in list(Party) else None
        days = int(rest[0]) if rest and rest[0].isdecimal() else None
        ref = rest[0] if rest and party is None and days is None else ""
        out.append(Event(Kind(kind), date.fromisoformat(on), days=days, party=party, ref=ref))
    return tuple(out)


def counted_days(case: dict[str, Any]) -> list[date]:
    """The hand-written runs as dates; every running total in brackets is checked on the way."""
    before = date.fromisoformat(case["events"][0].split(":")[1])
    year = before.year
    out: list[date] = []
    for first, last, total in re.findall(r"(\d\d-\d\d)(?:~(\d\d-\d\d))? \((\d+)\)", case["counted"]):
        start = date.fromisoformat(f"{year}-{first}")
        if start < before:
            year += 1
            start = start.replace(year=year)
        end = date.fromisoformat(f"{year}-{last}") if last else start
        out += [start + timedelta(days=n) for n in range((end - start).days + 1)]
        before = end
        assert len(out) == int(total), f"the count written by hand is wrong at {first}"
    return out


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 60
    assert len({c["name"] for c in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_case(case: dict[str, Any]) -> None:
    by_hand = counted_days(case)
    assert all(SECOND.is_working_day(day) for day in by_hand), "a counted day is no working day in the second calendar"
    found = due(events_of(case), CALENDAR, today=case.get("today"))
    assert found.due == case.get("due")
    if "due" in case:
        assert by_hand[-1] == case["due"]
        assert len(by_hand) == found.limit
    assert [s.date for s in found.explain().steps if s.counts] == by_hand
    assert found.provisional is case.get("provisional", False)
    assert len(found.irregularities) == case.get("irregular", 0)
    for field, name in (("state", "state"), ("used", "days_used"), ("left", "days_left"), ("late", "late")):
        if field in case:
            assert getattr(found, name) == case[field], name


@pytest.mark.parametrize("case", [c for c in CASES if "today" not in c], ids=lambda c: c["name"])
def test_the_short_way_gives_the_same_date(case: dict[str, Any]) -> None:
    assert due_date(events_of(case), CALENDAR, default_rules()) == case.get("due")


@pytest.mark.parametrize("year", range(2019, 2027))
def test_every_day_agrees_with_the_second_calendar(year: int) -> None:
    """No day of 2019-2026 differs; docs/calendar.md tells where the two sources differ outside these years."""
    differing = [d.on for d in CALENDAR.days(date(year, 1, 1), date(year, 12, 31)) if d.working != SECOND.is_working_day(d.on)]
    assert differing == []


def test_channel_does_not_move_the_date() -> None:
    on = date(2026, 3, 2)
    dates = {due([Event(Kind.RECEIVED, on, channel=c)]).due for c in Channel}
    assert dates == {date(2026, 3, 30)}
