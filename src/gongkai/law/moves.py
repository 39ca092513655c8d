"""Which acts the law allows on a day, which would be late, and which are impossible, each with its article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.allowed import refusal
from gongkai.law.calendar import Calendar, official_calendar
from gongkai.law.clock import Clock
from gongkai.law.events import Event, HistoryError, Kind
from gongkai.law.history import run
from gongkai.law.refusals import Refusal
from gongkai.law.rules import Rules, default_rules


class Status(StrEnum):
    ALLOWED = "allowed"
    LATE = "late"
    IMPOSSIBLE = "impossible"

    @property
    def label(self) -> str:
        return {"allowed": "可以", "late": "已逾期", "impossible": "不能"}[self.value]


@dataclass(frozen=True, slots=True)
class Move:
    """One act. ``reason`` says in Chinese why it is late or impossible; ``by`` is the last day it is in time."""

    act: Kind
    status: Status
    reason: str
    article: str
    by: date | None


def legal_moves(events: Sequence[Event], on: date, calendar: Calendar | None = None,
          rules: Rules | None = None) -> tuple[Move, ...]:  # fmt: skip
    """Every act after ``events`` as it stands on the day ``on``. Raises HistoryError as :func:`due` does."""
    calendar, rules = calendar or official_calendar(), rules or default_rules()
    clock = run(events, calendar, rules)
    if on < events[-1].on:
        raise HistoryError(f"晚于所问的日期（{on}）。请核对事件日期。", events[-1], len(events))
    clock.settle(on.toordinal())
    return tuple(_move(clock, kind, on) for kind in Kind if kind is not Kind.RECEIVED)


def legal_move(events: Sequence[Event], act: Kind, on: date, calendar: Calendar | None = None,
         rules: Rules | None = None) -> Move:  # fmt: skip
    """One act, as :func:`legal_moves` gives it; a verb asks this before it writes its event."""
    return next(m for m in legal_moves(events, on, calendar, rules) if m.act is act)


def _move(clock: Clock, kind: Kind, on: date) -> Move:
    why = refusal(clock, kind, on.toordinal())
    by = _by(clock, kind)
    if why is None:
        return Move(kind, Status.ALLOWED, "", kind.article, by)
    return Move(kind, Status.LATE if _only_late(clock, why) else Status.IMPOSSIBLE, why.text, why.article, by)


def _only_late(clock: Clock, why: Refusal) -> bool:
    if why.code == "correction_notice_late":
        return clock.rules.late_correction_notice_restarts
    return why.code == "reply_late"


_IN_PERIOD = (Kind.CONSULTATION_SENT, Kind.EXTENSION, Kind.FEE_NOTICE, Kind.DELAY, Kind.REPLIED)


def _by(clock: Clock, kind: Kind) -> date | None:
    """The last day the act is in time, where the law sets one and it is known."""
    if clock.closed is not None:
        return None
    if kind is Kind.CORRECTION_SENT:
        return clock.correction_notice_by() if clock.correction is None and clock.waiting is None else None
    if clock.waiting is not None:
        answers = {Kind.CORRECTION_SENT: Kind.CORRECTION_RECEIVED, Kind.FEE_NOTICE: Kind.FEE_PAID}
        return clock.lapses(clock.waiting) if answers[clock.waiting.kind] is kind else None
    ordinal = clock.due()
    return date.fromordinal(ordinal) if kind in _IN_PERIOD and ordinal is not None else None
