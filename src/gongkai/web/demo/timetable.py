"""Days of the invented city's papers: working days, and when they were published."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from gongkai.law.calendar import official_calendar

YEARS = 6
_HERE = ZoneInfo("Asia/Shanghai")


def working_day(random: Random, first: date, last: date) -> date:
    """A working day between two days, the later ones a little likelier: offices publish more than they used to."""
    span = (last - first).days
    day = first + timedelta(days=int(span * random.random() ** 0.85))
    calendar = official_calendar()
    while not calendar.is_working(day) and day > first:
        day -= timedelta(days=1)
    return day


def publication(random: Random, written: date, now: datetime) -> datetime:
    """When it was published: mostly within days, seldom late (Art. 26 gives 20 working days), never in the future."""
    days = (
        random.choice((0, 1, 1, 2, 3, 3, 4, 5, 6, 8, 10, 12, 15, 18))
        if random.random() > 0.015
        else random.randint(21, 29)
    )
    day = official_calendar().add(written, days) if days else written
    at = datetime.combine(day, time(random.randint(8, 17), random.randint(0, 59)), _HERE)
    return min(at, now - timedelta(minutes=random.randint(5, 600)))
