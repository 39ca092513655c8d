"""When the reply is due: the date, the days used and left, the state, and what may happen next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.law.calendar import Calendar, official_calendar
from gongkai.law.clock import Clock
from gongkai.law.events import Event, HistoryError
from gongkai.law.explain import Explanation, explain
from gongkai.law.history import run
from gongkai.law.moves import Move, Status, legal_moves
from gongkai.law.rules import Rules, default_rules
from gongkai.law.standing import Standing, State


@dataclass(frozen=True, slots=True)
class Deadline(Standing):
    """The reply deadline of one request as of a day (Article 33), with what follows from it."""

    def explain(self) -> Explanation:
        """Day by day, why each day counted or not; the counted days number exactly ``limit`` when there is a due date."""
        return explain(self)

    def next(self) -> tuple[Move, ...]:
        """What may happen next on :attr:`as_of`: every act that is allowed or still possible though late."""
        found = legal_moves(self.events, self.as_of, self.calendar, self.rules)
        return tuple(m for m in found if m.status is not Status.IMPOSSIBLE)


def due(events: Sequence[Event], calendar: Calendar | None = None, today: date | None = None,
        rules: Rules | None = None) -> Deadline:  # fmt: skip
    """The reply deadline after ``events``, as of ``today`` (by default the day of the last event).

    Raises HistoryError naming the event of a history that cannot be right, CalendarError past the calendar.
    """
    calendar, rules = calendar or official_calendar(), rules or default_rules()
    clock = run(events, calendar, rules)
    as_of = events[-1].on if today is None else today
    if as_of < events[-1].on:
        raise HistoryError(f"晚于计算日（{as_of}）。请核对事件日期，或把计算日改到{events[-1].on}以后。", events[-1], len(events))
    until = clock.closed.on if clock.closed is not None else as_of
    clock.settle(until.toordinal() + 1)
    return _deadline(clock, tuple(events), as_of, until)


def due_date(events: Sequence[Event], calendar: Calendar, rules: Rules) -> date | None:
    """Only the date, for long worklists: that of :func:`due` as of the last event."""
    clock = run(events, calendar, rules)
    if clock.silences:
        clock.settle(events[-1].on.toordinal() + 1)
    ordinal = clock.due()
    return None if ordinal is None else date.fromordinal(ordinal)


def _deadline(clock: Clock, events: tuple[Event, ...], as_of: date, until: date) -> Deadline:
    assert clock.received is not None  # run() raises otherwise
    ordinal = clock.due()
    last = None if ordinal is None else date.fromordinal(ordinal)
    used = clock.used(until.toordinal())
    late = last is not None and until > last
    return Deadline(
        due=last, state=_state(clock, late), days_used=used, days_left=clock.limit - used, limit=clock.limit,
        provisional=clock.calendar.provisional(clock.received.on, last or until), as_of=as_of, late=late,
        cause=_cause(clock), received=clock.received, irregularities=tuple(clock.irregular),
        calendar_version=clock.calendar.version, events=events, calendar=clock.calendar, rules=clock.rules,
    )  # fmt: skip


def _state(clock: Clock, late: bool) -> State:
    if clock.closed is not None or clock.waiting is not None:
        return State.STOPPED
    if late:
        return State.OVERDUE
    return State.PAUSED if clock.paused else State.RUNNING


def _cause(clock: Clock) -> Event | None:
    if clock.closed is not None:
        return clock.closed
    if clock.waiting is not None:
        return clock.waiting
    return clock.open[0] if clock.paused else None
