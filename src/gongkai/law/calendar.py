"""The working-day calendar: dated days with their reasons, versioned, and arithmetic in constant time.

Days announced by the State Council come from the maintained ``chinesecalendar`` data and from notices an operator
adds; a year without a notice is estimated, and everything that touches it says it is provisional. Working-day counts
are prefix sums, so a span of any length costs two look-ups. Dates are dates in China; there is no time of day here.
"""

from __future__ import annotations

import tomllib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from chinese_calendar import __version__, constants  # type: ignore[import-untyped]  # ships no types

from gongkai.law.notices import CalendarError, Notice, parse_notice

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
Special = tuple[bool, str]  # does the day count as a working day, and why


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the calendar. ``why`` is its reason in Chinese: 工作日, 周六, 国庆节, 国庆节调休, 春节调休上班 …"""

    on: date
    working: bool
    why: str
    provisional: bool

    @property
    def weekday(self) -> str:
        return WEEKDAYS[self.on.weekday()]


class Calendar:
    """Working days from ``first`` to ``last``. Immutable; :meth:`add_notice` gives a new one.

    ``ordinals`` are those of :meth:`datetime.date.toordinal`. :attr:`count` of an ordinal is the number of working
    days up to and including that day since the calendar's beginning; :attr:`nth` is its inverse.
    """

    def __init__(self, special: Mapping[date, Special], years: range, announced: frozenset[int], version: str):
        """``special`` lists the days that differ from Monday to Friday; ``announced`` the settled years."""
        self.version = version
        self.announced = announced
        self.first, self.last = date(years.start, 1, 1), date(years.stop - 1, 12, 31)
        self._special = dict(special)
        self._origin = self.first.toordinal()
        self._count, self._working = array("l"), array("l")
        for ordinal in range(self._origin, self.last.toordinal() + 1):
            on = date.fromordinal(ordinal)
            if special[on][0] if on in special else on.weekday() < 5:
                self._working.append(ordinal)
            self._count.append(len(self._working))

    # ---- single days

    def day(self, on: date) -> Day:
        """The day with its reason. Raises CalendarError outside the calendar."""
        self.count(on.toordinal())
        default = (True, "工作日") if on.weekday() < 5 else (False, WEEKDAYS[on.weekday()])
        working, why = self._special.get(on, default)
        return Day(on, working, why, on.year not in self.announced)

    def days(self, start: date, end: date) -> Iterator[Day]:
        """Every day from ``start`` to ``end``, both included."""
        for ordinal in range(start.toordinal(), end.toordinal() + 1):
            yield self.day(date.fromordinal(ordinal))

    def is_working(self, on: date) -> bool:
        return self.day(on).working

    # ---- arithmetic

    def count(self, ordinal: int) -> int:
        """Working days from the beginning of the calendar up to and including the day. Raises CalendarError."""
        index = ordinal - self._origin
        if not 0 <= index < len(self._count):
            raise CalendarError(
                f"{date.fromordinal(ordinal)}不在工作日历范围（{self.first}至{self.last}）内。请核对日期，或补充放假通知。"
            )
        return self._count[index]

    def nth(self, count: int) -> int:
        """The ordinal of the working day that brings :meth:`count` to ``count``. Raises CalendarError past the end."""
        if not 1 <= count <= len(self._working):
            raise CalendarError(f"期限超出工作日历范围（{self.first}至{self.last}）。请补充放假通知。")
        return self._working[count - 1]

    def working_days(self, after: date, until: date) -> int:
        """How many working days lie after ``after`` (day 0) up to and including ``until``; negative backwards."""
        return self.count(until.toordinal()) - self.count(after.toordinal())

    def add(self, after: date, days: int) -> date:
        """The ``days``-th working day after ``after``, which is day 0 and never counts; ``days`` is at least 1."""
        if days < 1:
            raise ValueError("a period has at least one working day")
        return date.fromordinal(self.nth(self.count(after.toordinal()) + days))

    def at_or_after(self, on: date) -> date:
        """The day itself when it is a working day, else the next one."""
        self.count(on.toordinal())
        place = bisect_left(self._working, on.toordinal())
        return date.fromordinal(self.nth(place + 1))

    def provisional(self, start: date, end: date) -> bool:
        """Whether a span touches a year whose notice is not out yet."""
        return any(year not in self.announced for year in range(start.year, end.year + 1))

    # ---- notices

    def add_notice(self, notice: Notice) -> Calendar:
        """This calendar with a notice put over it. Raises CalendarError for an entry that changes nothing."""
        special = {d: s for d, s in self._special.items() if d.year not in notice.announces - self.announced}
        years = range(self.first.year, max([self.last.year, *notice.announces]) + 1)
        for on in sorted([*notice.rest, *notice.work]):
            if on.year not in years:
                raise CalendarError(f"放假通知“{notice.number}”中的 {on} 不在工作日历范围内。请核对年份。")
        for on, why in notice.work.items():
            if special.get(on, (on.weekday() < 5, ""))[0]:
                raise CalendarError(f"放假通知“{notice.number}”把 {on}（{why}）列为调休上班，但这天本来就是工作日。请核对。")
        special |= {on: (False, why) for on, why in notice.rest.items()}
        special |= {on: (True, f"{why}调休上班") for on, why in notice.work.items()}
        return Calendar(special, years, self.announced | notice.announces, f"{self.version}；{notice.number}")

    def with_notices(self, texts: Iterable[str]) -> Calendar:
        """This calendar with notices in TOML put over it in their order. Raises CalendarError."""
        out = self
        for text in texts:
            out = out.add_notice(parse_notice(text))
        return out


@cache
def official_calendar(through: int | None = None) -> Calendar:
    """The calendar of the installed data: 2004 to the last announced year, and estimates for the years after it.

    ``through`` leaves out what was announced for later years: the calendar as it stood before their notices.
    """
    raw = tomllib.loads((files("gongkai.law") / "data" / "calendar.toml").read_text("utf-8"))
    names: dict[str, str] = raw["names"]
    special: dict[date, Special] = {}
    for on, name in constants.holidays.items():
        special[on] = (False, names[name] + ("调休" if on in constants.in_lieu_days else ""))
    for on, name in constants.workdays.items():
        special[on] = (True, f"{names[name]}调休上班")
    if through is not None:
        special = {on: what for on, what in special.items() if on.year <= through}
    announced = frozenset(range(min(special).year, max(special).year + 1))
    estimated = _estimate(raw["estimate"], after=max(announced))
    years = range(min(announced), max([max(announced), *(d.year for d in estimated)]) + 1)
    version = f"chinesecalendar {__version__}（{min(announced)}—{max(announced)}年）"
    return Calendar(estimated | special, years, announced, version)


def _estimate(raw: Mapping[str, object], after: int) -> dict[date, Special]:
    """Festivals of the years without a notice; one that falls on a weekend is made good on the next free weekday."""
    moving: Mapping[str, Mapping[str, list[date]]] = raw["moving"]  # type: ignore[assignment]  # shape of our own data
    fixed: list[dict[str, int | str]] = raw["fixed"]  # type: ignore[assignment]
    named: dict[date, str] = {}
    for year in sorted({d.year for f in moving.values() for d in f["on"]}):
        if year > after:
            named |= {date(year, int(f["month"]), int(f["day"]) + n): str(f["name"])
                      for f in fixed for n in range(int(f["days"]))}  # fmt: skip
    for name, festival in moving.items():
        days: int = festival["days"]  # type: ignore[assignment]
        named |= {d + timedelta(days=n): name for d in festival["on"] if d.year > after for n in range(days)}
    out: dict[date, Special] = {on: (False, name) for on, name in named.items()}
    for on in sorted(d for d in named if d.weekday() >= 5):
        free = on
        while free.weekday() >= 5 or free in out:
            free += timedelta(days=1)
        out[free] = (False, f"{named[on]}补假")
    return out
