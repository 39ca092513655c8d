"""Generated histories and calendars for the properties: any history that can have happened, lawful or not."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from gongkai.law import Calendar, Event, Kind, Party

FIRST, LAST = date(2025, 1, 1), date(2025, 6, 30)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Three years with holidays and make-up days scattered over them."""
    span = (date(2027, 12, 31) - FIRST).days
    moved = draw(st.dictionaries(st.integers(0, span), st.booleans(), max_size=60))
    special = {FIRST + timedelta(days=n): (working, "调休上班" if working else "放假") for n, working in moved.items()}
    return Calendar(special, range(2025, 2028), frozenset({2025, 2026, 2027}), "made for a test")


@st.composite
def histories(draw: st.DrawFn, closed: bool = True) -> list[Event]:
    """A receipt and up to nine events, each one that can have happened at its place; dates never go back."""
    on = draw(st.dates(FIRST, LAST))
    events = [Event(Kind.RECEIVED, on)]
    state = _Possible()
    for number in range(draw(st.integers(0, 9))):
        on += timedelta(days=draw(st.integers(0, 14)))
        kind = draw(st.sampled_from(state.kinds(closed)))
        events.append(state.event(draw, kind, on, number))
        if kind in (Kind.REPLIED, Kind.WITHDRAWN, Kind.ABANDONED):
            break
    return events


class _Possible:
    """Which events can come next: answers need a question before them; nothing else is asked of a history."""

    def __init__(self) -> None:
        self.asked = self.billed = self.reasons = self.answered = False
        self.open: list[str] = []
        self.undelivered: list[str] = []

    def kinds(self, closed: bool) -> list[Kind]:
        out = [Kind.CORRECTION_SENT, Kind.CONSULTATION_SENT, Kind.CONSULTATION_SENT, Kind.EXTENSION, Kind.EXTENSION,
               Kind.FEE_NOTICE, Kind.REASONS_REQUESTED, Kind.DELAY]  # fmt: skip
        out += [Kind.CORRECTION_RECEIVED] * self.asked + [Kind.FEE_PAID] * self.billed
        out += [Kind.CONSULTATION_RETURNED] * (2 * bool(self.open)) + [Kind.CONSULTATION_DELIVERED] * bool(self.undelivered)
        out += [Kind.REASONS_RECEIVED] * (self.reasons and not self.answered)
        return out + [Kind.REPLIED, Kind.WITHDRAWN, Kind.ABANDONED] * closed

    def event(self, draw: st.DrawFn, kind: Kind, on: date, number: int) -> Event:
        if kind is Kind.CONSULTATION_SENT:
            ref = f"函{number}"
            self.open.append(ref)
            self.undelivered.append(ref)
            return Event(kind, on, party=draw(st.sampled_from(Party)), ref=ref)
        if kind is Kind.CONSULTATION_DELIVERED:
            return Event(kind, on, ref=self.undelivered.pop(draw(st.integers(0, len(self.undelivered) - 1))))
        if kind is Kind.CONSULTATION_RETURNED:
            ref = self.open.pop(draw(st.integers(0, len(self.open) - 1)))
            if ref in self.undelivered:
                self.undelivered.remove(ref)
            return Event(kind, on, ref=ref)
        if kind in (Kind.EXTENSION, Kind.DELAY):
            return Event(kind, on, days=draw(st.integers(1, 20)))
        self.asked = kind is Kind.CORRECTION_SENT or (self.asked and kind is not Kind.CORRECTION_RECEIVED)
        self.billed = kind is Kind.FEE_NOTICE or (self.billed and kind is not Kind.FEE_PAID)
        self.reasons |= kind is Kind.REASONS_REQUESTED
        self.answered |= kind is Kind.REASONS_RECEIVED
        if kind is Kind.CORRECTION_SENT and draw(st.booleans()):
            return Event(kind, on, until=on + timedelta(days=draw(st.integers(0, 30))))
        return Event(kind, on)
