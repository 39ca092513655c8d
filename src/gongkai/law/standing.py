"""Where the reply clock of one request stands on a day: plain facts, from which dates are told and explained."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from gongkai.law.calendar import Calendar
from gongkai.law.events import Event
from gongkai.law.refusals import Irregularity
from gongkai.law.rules import Rules


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
class Standing:
    """The standing of one request as of a day (Article 33).

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
