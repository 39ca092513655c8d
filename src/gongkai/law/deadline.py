"""When the reply is due: the date, the days used and left, the state, and what may happen next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from gongkai.law.calendar import Calendar, official_calendar
from gongkai.law.clock import Clock
from gongkai.law.events import Event, HistoryError
from gongkai.law.history import run
from gongkai.law.refusals import Irregularity
from gongkai.law.rules import Rules, default_rules

if TYPE_CHECKING:
    from gongkai.law.explain import Explanation
    from gongkai.law.moves import Move


class State(StrEnum):
    """``stopped``: no count runs (a notice unanswered, or the request closed); ``overdue``: open and past due."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    OVERDUE = "overdue"

    @property
    def label(self) -> str:
        return {"running": "计算中", "paused": "暂停计算", "stopped": "停止计算", "overdue": "已超期"}[self.value]


@dataclass(frozen=True, slots=True)
class Deadline:
    """The reply deadline of one request as of a day (Article 33).

    ``due`` is None while the clock is paused or stopped: the date then depends on what is still to come.
    ``days_used`` and ``days_left`` are working days of the running count; ``days_left`` below zero says by how many
    working days the reply is late. ``limit`` is the length of the count, extension included. ``cause`` is the event
    that pauses or stops the clock. ``provisional``: some day between receipt and ``due`` lies in a year whose
    holiday notice is not out; compute again with the notice. ``calendar_version`` says which calendar it rests on.
    """

    due: date | None
    state: State
    days_used: int
    days_left: int
    limit: int
    provisional: bool
    as_of: date
    late: bool
    cause: Event | None
    received: Event
    irregularities: tuple[Irregularity, ...]
    calendar_version: str
    events: tuple[Event, ...] = field(repr=False)
    calendar: Calendar = field(repr=False, compare=False)
    rules: Rules = field(repr=False, compare=False)

    def explain(self) -> Explanation:
        """Day by day, why each day counted or not; the counted days number exactly ``limit`` when there is a due date."""
        from gongkai.law.explain import explain  # noqa: PLC0415  # the two rooms need each other: one door is late

        return explain(self)

    def next(self) -> tuple[Move, ...]:
        """What may happen next on :attr:`as_of`: every act that is allowed or still possible though late."""
        from gongkai.law.moves import Status, legal_moves  # noqa: PLC0415

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
