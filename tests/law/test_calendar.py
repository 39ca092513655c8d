"""The calendar: its days and reasons, its arithmetic, notices, and what is provisional."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law import CalendarError, Event, Kind, due, official_calendar, parse_notice

CALENDAR = official_calendar(through=2026)
NOTICE = """
number = "国办发明电〔2026〕99号"
announces = [2027]
rest = [{ from = 2027-01-01, to = 2027-01-03, why = "元旦" }, { from = 2027-02-05, to = 2027-02-12, why = "春节" }]
work = [{ on = 2027-02-14, why = "春节" }]
"""


@pytest.mark.parametrize(("on", "working", "why"), [
    (date(2026, 9, 21), True, "工作日"),
    (date(2026, 9, 19), False, "周六"),
    (date(2026, 9, 20), True, "国庆节调休上班"),
    (date(2026, 10, 1), False, "国庆节"),
    (date(2026, 10, 6), False, "国庆节调休"),
    (date(2026, 2, 16), False, "春节"),
    (date(2026, 2, 14), True, "春节调休上班"),
    (date(2015, 9, 3), False, "抗战胜利纪念日"),
])  # fmt: skip
def test_days_have_their_reasons(on: date, working: bool, why: str) -> None:
    day = CALENDAR.day(on)
    assert (day.working, day.why, day.provisional) == (working, why, False)


def test_every_rest_day_and_make_up_day_says_why() -> None:
    for day in CALENDAR.days(CALENDAR.first, CALENDAR.last):
        if not day.working or day.on.weekday() >= 5:
            assert day.why not in ("工作日", ""), day


DATES = st.dates(date(2004, 1, 1), date(2035, 1, 1))


@given(DATES, st.integers(1, 300))
def test_add_counts_as_a_walk_does(start: date, days: int) -> None:
    end, left = start, days
    while left:
        end += timedelta(days=1)
        left -= CALENDAR.is_working(end)
    assert CALENDAR.add(start, days) == end
    assert CALENDAR.working_days(start, end) == days
    assert CALENDAR.working_days(end, start) == -days


@given(DATES)
def test_at_or_after_is_the_next_working_day(on: date) -> None:
    found = CALENDAR.at_or_after(on)
    assert found >= on
    assert CALENDAR.is_working(found)
    assert not any(CALENDAR.is_working(on + timedelta(days=n)) for n in range((found - on).days))


def test_the_whole_range_agrees_with_a_second_source_but_for_one_day() -> None:
    """holidays has 31 December 2005 as a make-up day for New Year 2006, chinesecalendar does not (docs/calendar.md)."""
    second = holidays.country_holidays("CN", years=range(2004, 2027))
    differing = [d.on for d in CALENDAR.days(date(2004, 1, 1), date(2026, 12, 31)) if d.working != second.is_working_day(d.on)]
    assert differing == [date(2005, 12, 31)]


def test_the_estimate_agrees_with_a_second_source() -> None:
    """Festivals by the law on holidays, before any notice: two independent tables."""
    second = holidays.country_holidays("CN", years=range(2027, 2037))
    differing = [d.on for d in CALENDAR.days(date(2027, 1, 1), date(2036, 12, 31)) if d.working != second.is_working_day(d.on)]
    assert differing == []


def test_unannounced_years_are_provisional_and_say_so() -> None:
    assert not CALENDAR.day(date(2026, 12, 31)).provisional
    assert CALENDAR.day(date(2027, 1, 1)).provisional
    found = due([Event(Kind.RECEIVED, date(2027, 1, 20))], CALENDAR)
    assert found.provisional
    text = found.explain().text()
    assert "，暂定" in text
    assert "通知发布后应重新计算" in text


def test_a_notice_settles_its_year() -> None:
    after = CALENDAR.with_notices([NOTICE])
    event = [Event(Kind.RECEIVED, date(2027, 1, 20))]
    assert due(event, CALENDAR).due == date(2027, 2, 23)  # estimated: 21-22 (2), 25-29 (7), 1-4 Feb (11), 11-12 (13), 15-19 (18), 22-23
    found = due(event, after)
    # announced: 21-22 (2), 25-29 (7), 1-4 Feb (11), 14 (12, a make-up Sunday), 15-19 (17), 22-24 (20)
    assert (found.due, found.provisional) == (date(2027, 2, 24), False)
    assert after.day(date(2027, 2, 14)).why == "春节调休上班"
    assert after.day(date(2027, 2, 11)).why == "春节"
    assert after.version == f"{CALENDAR.version}；国办发明电〔2026〕99号"
    assert after.is_working(date(2027, 6, 9)), "an announced year keeps nothing of its estimate"
    assert CALENDAR.day(date(2027, 1, 1)).provisional, "the calendar it was added to stays as it was"


def test_a_notice_can_amend_an_announced_year() -> None:
    after = CALENDAR.with_notices(['number = "某省放假通知"\nrest = [{ from = 2026-03-20, to = 2026-03-20, why = "三月三" }]'])
    assert after.day(date(2026, 3, 20)).why == "三月三"
    assert due([Event(Kind.RECEIVED, date(2026, 3, 2))], after).due == date(2026, 3, 31)


BROKEN = {
    "not TOML": ("number = ", "不是有效的 TOML"),
    "no number": ("announces = [2027]", "缺少 number"),
    "unknown key": ('number = "甲"\nholiday = []', "不认识的项：holiday"),
    "years as text": ('number = "甲"\nannounces = ["2027"]', "年份列表"),
    "end before start": ('number = "甲"\nrest = [{ from = 2027-01-03, to = 2027-01-01, why = "元旦" }]', "起止日期"),
    "two months off": ('number = "甲"\nrest = [{ from = 2027-01-01, to = 2027-03-01, why = "元旦" }]', "起止日期"),
    "a text for a date": ('number = "甲"\nwork = [{ on = "2027-01-03", why = "元旦" }]', "不是日期"),
    "a date with a time": ('number = "甲"\nwork = [{ on = 2027-01-03T00:00:00, why = "元旦" }]', "不是日期"),
    "no reason": ('number = "甲"\nwork = [{ on = 2027-01-03 }]', "缺少 why"),
    "rest and work": ('number = "甲"\nrest = [{ from = 2027-01-01, to = 2027-01-03, why = "元旦" }]\n'
                      'work = [{ on = 2027-01-03, why = "元旦" }]', "既列为放假又列为上班"),
    "make-up on a working day": ('number = "甲"\nwork = [{ on = 2026-03-20, why = "元旦" }]', "本来就是工作日"),
    "outside the calendar": ('number = "甲"\nrest = [{ from = 2050-01-01, to = 2050-01-01, why = "元旦" }]', "不在工作日历范围"),
    "not a list": ('number = "甲"\nrest = 3', "应为列表"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_notice_names_the_entry(name: str) -> None:
    text, words = BROKEN[name]
    with pytest.raises(CalendarError, match=words):
        CALENDAR.add_notice(parse_notice(text))
