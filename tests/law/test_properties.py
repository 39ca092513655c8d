"""What must hold for every history and every calendar."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law import Calendar, Event, Kind, Notice, default_rules, due, due_date, legal_moves
from gongkai.law.moves import Status
from tests.law.histories import FIRST, calendars, histories

DAYS = st.integers(0, 500).map(lambda n: FIRST + timedelta(days=n))
RULES = default_rules()


def last_day(events: list[Event], calendar: Calendar) -> date:
    """The due date; none yet is later than any."""
    return due(events, calendar).due or date.max


@given(histories(), calendars(), DAYS)
def test_a_rest_day_never_moves_the_date_earlier(events: list[Event], calendar: Calendar, on: date) -> None:
    more = calendar.add_notice(Notice("加一天假", frozenset(), {on: "加一天假"}, {}))
    assert last_day(events, more) >= last_day(events, calendar)


@given(histories(), calendars(), DAYS)
def test_a_make_up_day_never_moves_the_date_later(events: list[Event], calendar: Calendar, on: date) -> None:
    while calendar.is_working(on):
        on += timedelta(days=1)
    more = calendar.add_notice(Notice("加一天班", frozenset(), {}, {on: "加一天班"}))
    assert last_day(events, more) <= last_day(events, calendar)


@given(histories(), calendars(), st.data())
def test_a_pause_ended_the_same_day_changes_nothing(events: list[Event], calendar: Calendar, data: st.DataObject) -> None:
    end = len(events) - 1 if events[-1].kind in (Kind.REPLIED, Kind.WITHDRAWN, Kind.ABANDONED) else len(events)
    place = data.draw(st.integers(1, max(1, end)))
    before = events[place - 1].on
    after = events[place].on if place < len(events) else before
    on = before + timedelta(days=data.draw(st.integers(0, (after - before).days)))
    pause = [Event(Kind.CONSULTATION_SENT, on, ref="当日往返"), Event(Kind.CONSULTATION_RETURNED, on, ref="当日往返")]
    plain, paused = due(events, calendar), due([*events[:place], *pause, *events[place:]], calendar)
    for field in ("due", "state", "days_used", "days_left", "limit", "late"):
        assert getattr(plain, field) == getattr(paused, field), field
    assert [s.date for s in plain.explain().steps if s.counts] == [s.date for s in paused.explain().steps if s.counts]


@given(histories(), calendars())
def test_the_last_day_is_a_working_day(events: list[Event], calendar: Calendar) -> None:
    found = due(events, calendar).due
    assert found is None or calendar.is_working(found)


@settings(max_examples=300)
@given(histories(), calendars(), st.integers(0, 60))
def test_the_explanation_adds_up(events: list[Event], calendar: Calendar, later: int) -> None:
    found = due(events, calendar, today=events[-1].on + timedelta(days=later))
    steps = found.explain().steps
    counted = [s for s in steps if s.counts]
    assert [s.date for s in steps] == [steps[0].date + timedelta(days=n) for n in range(len(steps))]
    assert steps[0].date == events[0].on
    assert [s.number for s in counted] == list(range(1, len(counted) + 1))
    assert all(calendar.is_working(s.date) for s in counted)
    if found.due is not None:
        assert counted[-1].date == steps[-1].date == found.due
        assert len(counted) == found.limit
    else:
        assert len(counted) == found.days_used


@given(histories(), calendars())
def test_days_used_and_left_make_the_limit(events: list[Event], calendar: Calendar) -> None:
    found = due(events, calendar)
    assert found.days_used + found.days_left == found.limit
    assert found.late == (found.due is not None and events[-1].on > found.due)


@given(histories(), calendars())
def test_the_short_way_gives_the_same_date(events: list[Event], calendar: Calendar) -> None:
    assert due_date(events, calendar, RULES) == due(events, calendar).due


@given(histories(closed=False), calendars(), st.integers(0, 10))
def test_an_allowed_act_is_never_irregular_and_an_impossible_one_always(
    events: list[Event], calendar: Calendar, later: int
) -> None:
    """What the moves say of an act is what the clock does with it."""
    on = events[-1].on + timedelta(days=later)
    for move in legal_moves(events, on, calendar, RULES):
        days = 5 if move.act in (Kind.EXTENSION, Kind.DELAY) else None
        if move.act.value.endswith(("_received", "_returned", "_delivered", "_paid")):
            continue  # answers: without a question before them they are malformed, not irregular
        irregular = due([*events, Event(move.act, on, days=days, ref="再")], calendar).irregularities
        added = len(irregular) - len(due(events, calendar).irregularities)
        if move.status is Status.LATE and move.act is Kind.REPLIED:
            continue  # a late reply is a fact the deadline states, not an act without effect
        assert added == (move.status is not Status.ALLOWED), move


@given(histories(), calendars(), st.integers(1, 120))
def test_a_later_today_never_changes_the_date_of_a_running_clock(events: list[Event], calendar: Calendar, later: int) -> None:
    found = due(events, calendar)
    if found.due is not None:
        assert due(events, calendar, today=events[-1].on + timedelta(days=later)).due == found.due
