"""Whether the law allows an act at a point of a history; the refusals themselves are in ``refusals``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from gongkai.law.clock import Clock
from gongkai.law.events import Kind
from gongkai.law.refusals import Refusal


def refusal(clock: Clock, kind: Kind, ordinal: int) -> Refusal | None:
    """Why an act would not be allowed on a day at this point of the history; None when it is allowed."""
    if clock.closed is not None:
        return Refusal("request_closed", clock.closed.on)
    check = _REFUSALS.get(kind)
    return check(clock, ordinal) if check else None


def _period_over(clock: Clock, ordinal: int) -> Refusal | None:
    due = clock.due()
    return Refusal("after_due", date.fromordinal(due)) if due is not None and ordinal > due else None


def _no_running_count(clock: Clock, ordinal: int) -> Refusal | None:
    if clock.waiting is not None:
        return Refusal("clock_stopped", clock.waiting.on)
    return _period_over(clock, ordinal)


def _correction_notice(clock: Clock, ordinal: int) -> Refusal | None:
    if clock.correction is not None:
        return Refusal("second_correction_notice", clock.correction.on)
    if over := _no_running_count(clock, ordinal):
        return over
    last = clock.correction_notice_by()
    return Refusal("correction_notice_late", last, clock.rules.correction_notice_days) if (
        ordinal > last.toordinal()) else None  # fmt: skip


def _correction_received(clock: Clock, ordinal: int) -> Refusal | None:
    return Refusal("no_correction_notice") if clock.asked is None else None


def _consultation_answer(clock: Clock, ordinal: int) -> Refusal | None:
    waiting = clock.silent or any(e.kind is Kind.CONSULTATION_SENT for e in clock.open)
    return None if waiting else Refusal("no_consultation")


def _extension(clock: Clock, ordinal: int) -> Refusal | None:
    if clock.extension is not None:
        return Refusal("second_extension", clock.extension.on)
    if over := _no_running_count(clock, ordinal):
        return over
    if not clock.rules.extension_on_due_day and clock.due() == ordinal:
        return Refusal("on_due_day", date.fromordinal(ordinal))
    return None


def _fee_notice(clock: Clock, ordinal: int) -> Refusal | None:
    return Refusal("second_fee_notice", clock.fee.on) if clock.fee is not None else _no_running_count(clock, ordinal)


def _fee_paid(clock: Clock, ordinal: int) -> Refusal | None:
    return Refusal("no_fee_notice") if clock.billed is None else None


def _reasons_requested(clock: Clock, ordinal: int) -> Refusal | None:
    if clock.reasons_wanted is not None:
        return Refusal("reasons_asked", clock.reasons_wanted.on)
    return None


def _reasons_received(clock: Clock, ordinal: int) -> Refusal | None:
    return Refusal("no_reasons_request") if clock.reasons_wanted is None or clock.reasons is not None else None


def _delay(clock: Clock, ordinal: int) -> Refusal | None:
    if clock.reasons is None:
        return Refusal("no_reasons")
    if clock.delay is not None:
        return Refusal("second_delay", clock.delay.on)
    return _no_running_count(clock, ordinal)


def _replied(clock: Clock, ordinal: int) -> Refusal | None:
    due = clock.due()
    return Refusal("reply_late", date.fromordinal(due)) if due is not None and ordinal > due else None


def _abandoned(clock: Clock, ordinal: int) -> Refusal | None:
    if clock.waiting is None:
        return Refusal("nothing_to_abandon")
    last = clock.lapses(clock.waiting)
    if last is None:
        return Refusal("correction_time_unknown")
    return Refusal("not_lapsed", last) if ordinal <= last.toordinal() else None


_REFUSALS: dict[Kind, Callable[[Clock, int], Refusal | None]] = {
    Kind.CORRECTION_SENT: _correction_notice,
    Kind.CORRECTION_RECEIVED: _correction_received,
    Kind.CONSULTATION_SENT: _period_over,
    Kind.CONSULTATION_DELIVERED: _consultation_answer,
    Kind.CONSULTATION_RETURNED: _consultation_answer,
    Kind.EXTENSION: _extension,
    Kind.FEE_NOTICE: _fee_notice,
    Kind.FEE_PAID: _fee_paid,
    Kind.REASONS_REQUESTED: _reasons_requested,
    Kind.REASONS_RECEIVED: _reasons_received,
    Kind.DELAY: _delay,
    Kind.REPLIED: _replied,
    Kind.ABANDONED: _abandoned,
}
