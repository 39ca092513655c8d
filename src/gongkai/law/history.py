"""What each kind of event does to the reply clock, and the run over a whole history."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from gongkai.law.allowed import refusal
from gongkai.law.calendar import Calendar
from gongkai.law.clock import Clock
from gongkai.law.events import Event, HistoryError, Kind, Party
from gongkai.law.refusals import Irregularity
from gongkai.law.rules import Rules


def run(events: Iterable[Event], calendar: Calendar, rules: Rules) -> Clock:
    """The clock after all events. Raises HistoryError naming the event that cannot have happened."""
    clock = Clock(calendar, rules)
    for event in events:
        apply(clock, event)
    if clock.received is None:
        raise HistoryError("没有登记“收到申请”。请先登记收到申请的日期（条例第三十一条）。")
    return clock


def apply(clock: Clock, event: Event) -> None:
    """Move the clock by one event. Raises HistoryError for an event that cannot have happened here."""
    clock.position += 1
    ordinal = event.on.toordinal()
    if ordinal < clock.last:
        raise _wrong(clock, event, f"早于{_before(clock)}。请按发生的先后登记，并核对日期。")
    if clock.received is None:
        if event.kind is not Kind.RECEIVED:
            raise _wrong(clock, event, "此前没有登记“收到申请”。请先登记收到申请的日期（条例第三十一条）。")
    elif clock.closed is not None:
        raise _wrong(clock, event, f"申请已于{clock.closed.on}以“{clock.closed.kind.label}”办结。请核对，或另立新件。")
    if clock.silences:
        clock.settle(ordinal)
    clock.last = ordinal
    _EFFECTS[event.kind](clock, event, ordinal)


def _wrong(clock: Clock, event: Event, message: str) -> HistoryError:
    return HistoryError(message, event, clock.position)


def _before(clock: Clock) -> str:
    if clock.position == 2 and clock.received is not None:
        return f"收到申请之日（{clock.received.on}）"
    return f"上一个事件（{date.fromordinal(clock.last)}）"


def _allowed(clock: Clock, event: Event, ordinal: int) -> bool:
    """Record an act the law does not allow; whether it has effect all the same."""
    why = refusal(clock, event.kind, ordinal)
    if why is None:
        return True
    void = not clock.rules.late_correction_notice_restarts if why.code == "correction_notice_late" else why.voids
    clock.irregular.append(Irregularity(event, why, void))
    return not void


def _received(clock: Clock, event: Event, ordinal: int) -> None:
    if clock.received is not None:
        raise _wrong(clock, event, f"已于{clock.received.on}登记收到申请。一件申请只能登记一次，请核对。")
    clock.received = event
    clock.restart(event, ordinal)


def _correction_sent(clock: Clock, event: Event, ordinal: int) -> None:
    if event.until is not None and event.until < event.on:
        raise _wrong(clock, event, f"补正期限（{event.until}）早于告知之日。请核对补正期限。")
    if _allowed(clock, event, ordinal):
        clock.correction = event
        clock.stop(event)
    clock.asked = clock.asked or event


def _correction_received(clock: Clock, event: Event, ordinal: int) -> None:
    if clock.asked is None:
        raise _wrong(clock, event, "此前没有尚未补正的补正告知。请先登记补正告知，或核对事件。")
    if clock.waiting is clock.asked:
        clock.restart(event, ordinal)
    clock.asked = None


def _consultation_sent(clock: Clock, event: Event, ordinal: int) -> None:
    if event.ref and any(e.ref == event.ref for e in clock.open):
        raise _wrong(clock, event, f"征求意见“{event.ref}”尚未收回，不能再次发出。请核对，或换一个名称。")
    _allowed(clock, event, ordinal)  # sent too late it takes no day out, but its answer may still come
    clock.pause(event, ordinal)


def _consultation_delivered(clock: Clock, event: Event, ordinal: int) -> None:
    consultation = _open_consultation(clock, event)
    if any(s[1] is consultation for s in clock.silences):
        raise _wrong(clock, event, "已登记过收到征求意见书的日期。请核对事件。")
    lengths = {Party.THIRD_PARTY: clock.rules.third_party_days, Party.CO_MAKER: clock.rules.co_maker_days}
    days = lengths.get(consultation.party) if consultation.party is not None else None
    if days is not None and clock.rules.silence_ends_pause:
        clock.silences.append((clock.calendar.add(event.on, days).toordinal(), consultation))


def _consultation_returned(clock: Clock, event: Event, ordinal: int) -> None:
    late = next((e for e in clock.silent if e.ref == event.ref), None)
    if late is None:
        clock.resume(_open_consultation(clock, event), ordinal)
    elif any(e.ref == event.ref for e in clock.open):
        raise _which(clock, event, (*clock.silent, *clock.open))
    else:
        clock.silent = [e for e in clock.silent if e is not late]  # its pause ended with the last day for an answer


def _open_consultation(clock: Clock, event: Event) -> Event:
    """The consultation an event belongs to: the open one of its name.

    Of several without a name the first is meant, but only while it makes no difference to the count which.
    """
    letters = [e for e in clock.open if e.kind is Kind.CONSULTATION_SENT]
    if not letters:
        raise _wrong(clock, event, "此前没有未收回的征求意见。请先登记发出征求意见书，或核对事件。")
    named = [e for e in letters if e.ref == event.ref]
    if len(named) > 1 and (event.kind is Kind.CONSULTATION_DELIVERED or clock.silences):
        raise _which(clock, event, named)
    if named:
        return named[0]
    if event.ref:
        raise _wrong(clock, event, f"没有名为“{event.ref}”的未收回的征求意见。请核对名称。")
    if len(letters) > 1:
        raise _which(clock, event, letters)
    return letters[0]


def _which(clock: Clock, event: Event, letters: Iterable[Event]) -> HistoryError:
    names = "、".join(e.ref or f"{e.on}发出的一件" for e in letters)
    return _wrong(clock, event, f"有多件征求意见（{names}），没有写明是哪一件。请为征求意见命名，并写明名称。")


def _extension(clock: Clock, event: Event, ordinal: int) -> None:
    most = clock.rules.extension_most
    if event.days is None or not 1 <= event.days <= most:
        raise _wrong(clock, event, f"延期天数应为1至{most}个工作日，现为{event.days}。请核对（条例第三十三条第二款）。")
    if _allowed(clock, event, ordinal):
        clock.extension = event
        clock.limit += event.days


def _fee_notice(clock: Clock, event: Event, ordinal: int) -> None:
    if _allowed(clock, event, ordinal):
        clock.fee = event
        clock.stop(event)
    clock.billed = clock.billed or event


def _fee_paid(clock: Clock, event: Event, ordinal: int) -> None:
    if clock.billed is None:
        raise _wrong(clock, event, "此前没有待缴费的收费通知。请先登记收费通知，或核对事件。")
    if clock.waiting is clock.billed:
        clock.restart(event, ordinal)
    clock.billed = None


def _reasons_requested(clock: Clock, event: Event, ordinal: int) -> None:
    if _allowed(clock, event, ordinal):
        clock.reasons_wanted = event
        if clock.rules.reasons_pause:
            clock.pause(event, ordinal)


def _reasons_received(clock: Clock, event: Event, ordinal: int) -> None:
    if clock.reasons_wanted is None or clock.reasons is not None:
        raise _wrong(clock, event, "此前没有要求申请人说明理由，或者已经收到说明。请核对事件。")
    clock.reasons = event
    if clock.reasons_wanted in clock.open:
        clock.resume(clock.reasons_wanted, ordinal)


def _delay(clock: Clock, event: Event, ordinal: int) -> None:
    if event.days is None or event.days < 1:
        raise _wrong(clock, event, "没有写明延迟答复多少个工作日。请补登（条例第三十五条）。")
    if _allowed(clock, event, ordinal):
        clock.delay = event
        clock.limit += event.days


def _closed(clock: Clock, event: Event, ordinal: int) -> None:
    if event.kind is Kind.ABANDONED:
        _allowed(clock, event, ordinal)  # the case is closed all the same: the file says so
    clock.closed = event


_EFFECTS: dict[Kind, Callable[[Clock, Event, int], None]] = {
    Kind.RECEIVED: _received,
    Kind.CORRECTION_SENT: _correction_sent,
    Kind.CORRECTION_RECEIVED: _correction_received,
    Kind.CONSULTATION_SENT: _consultation_sent,
    Kind.CONSULTATION_DELIVERED: _consultation_delivered,
    Kind.CONSULTATION_RETURNED: _consultation_returned,
    Kind.EXTENSION: _extension,
    Kind.FEE_NOTICE: _fee_notice,
    Kind.FEE_PAID: _fee_paid,
    Kind.REASONS_REQUESTED: _reasons_requested,
    Kind.REASONS_RECEIVED: _reasons_received,
    Kind.DELAY: _delay,
    Kind.REPLIED: _closed,
    Kind.WITHDRAWN: _closed,
    Kind.ABANDONED: _closed,
}
