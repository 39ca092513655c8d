"""The reply clock as a fold over events: one state, moved by each event in turn (Articles 30-35 of the Regulation).

Conventions, where the sources leave room (``docs/clocks.md`` says the same for readers; lengths are in ``Rules``):

* The day of an event is day 0; counting begins with the next working day.
* The working days after the day a consultation is sent, up to and including the day its answer arrives, are
  excluded. Several open at once exclude a day once. One sent after the period has run out excludes nothing.
* A correction notice, and a fee notice, stop the count and void it; a correction received, and a fee paid, start a
  new count of the full length from the next day. A consultation still open pauses the new count too.
* An extension adds working days to the running count, and so does a later date set under Article 35.
* An act the law does not allow stays in the history as irregular and moves nothing. A history that cannot have
  happened raises HistoryError: nothing is guessed.
"""

from __future__ import annotations

from datetime import date

from gongkai.law.calendar import Calendar
from gongkai.law.events import Event, Kind
from gongkai.law.refusals import Irregularity
from gongkai.law.rules import Rules


class Clock:
    """The state of one request's reply clock. Counts are :meth:`Calendar.count` values, dates ordinals."""

    __slots__ = ("asked", "base", "billed", "calendar", "closed", "correction", "delay", "excluded", "extension", "fee",
                 "irregular", "last", "limit", "open", "opened", "position", "reasons", "reasons_wanted", "received",
                 "rules", "silences", "silent", "start", "waiting")  # fmt: skip

    def __init__(self, calendar: Calendar, rules: Rules):
        self.calendar, self.rules = calendar, rules
        self.received: Event | None = None
        self.start: Event | None = None  # day 0 of the running count
        self.base = 0  # the calendar's count on day 0
        self.limit = rules.reply_days
        self.excluded = 0  # working days taken out of the running count by closed pauses
        self.open: list[Event] = []  # consultations (and, if so ruled, requests for reasons) not yet answered
        self.opened = 0  # the calendar's count on the day the running pause began
        self.silences: list[tuple[int, Event]] = []  # the last day for an answer, by open consultation
        self.silent: list[Event] = []  # consultations whose pause ended without an answer
        self.waiting: Event | None = None  # the notice that stopped the count
        self.asked: Event | None = None  # an unanswered correction notice, void or not
        self.billed: Event | None = None  # an unpaid fee notice, void or not
        self.correction: Event | None = None
        self.fee: Event | None = None
        self.extension: Event | None = None
        self.delay: Event | None = None
        self.reasons_wanted: Event | None = None
        self.reasons: Event | None = None
        self.closed: Event | None = None
        self.irregular: list[Irregularity] = []
        self.last = 0
        self.position = 0

    # ---- what the state says

    @property
    def paused(self) -> bool:
        """A consultation is open and takes days out: one opened after the last day of the period does not."""
        return bool(self.open) and self.opened - self.base - self.excluded < self.limit

    def due(self) -> int | None:
        """The ordinal of the last day for the reply; None while paused or stopped: it depends on what comes."""
        if self.waiting is not None or self.paused:
            return None
        return self.calendar.nth(self.base + self.limit + self.excluded)

    def used(self, ordinal: int) -> int:
        """Working days of the running count used at the end of a day; past the limit when overdue."""
        if self.waiting is not None:
            return 0
        until = self.opened if self.paused else self.calendar.count(ordinal)
        return until - self.base - self.excluded

    # ---- how it moves (``history.py`` says which event does what)

    def settle(self, ordinal: int) -> None:
        """End the pauses whose time for an answer ran out before the day."""
        for end, consultation in sorted(self.silences, key=lambda s: s[0]):
            if end < ordinal and any(e is consultation for e in self.open):
                self.resume(consultation, end)
                self.silent.append(consultation)

    def stop(self, notice: Event) -> None:
        """Void the running count until the notice is answered."""
        self.waiting, self.limit, self.excluded = notice, self.rules.reply_days, 0

    def restart(self, event: Event, ordinal: int) -> None:
        self.start, self.base, self.waiting = event, self.calendar.count(ordinal), None
        self.limit, self.excluded, self.opened = self.rules.reply_days, 0, self.base

    def pause(self, event: Event, ordinal: int) -> None:
        if not self.open:
            self.opened = self.calendar.count(ordinal)
        self.open.append(event)

    def resume(self, event: Event, ordinal: int) -> None:
        counted = self.paused
        self.open = [e for e in self.open if e is not event]
        if self.silences:
            self.silences = [s for s in self.silences if s[1] is not event]
        if not self.open and counted:  # while a notice is unanswered this counts for nothing: the new count starts at 0
            self.excluded += self.calendar.count(ordinal) - self.opened

    def lapses(self, notice: Event) -> date | None:
        """The last day to answer a correction or fee notice; None when a correction notice does not state it."""
        if notice.kind is Kind.FEE_NOTICE:
            return self.calendar.add(notice.on, self.rules.payment_days)
        return notice.until

    def correction_notice_by(self) -> date:
        """The last day for a correction notice (Article 30)."""
        assert self.received is not None  # no other event comes first
        return self.calendar.add(self.received.on, self.rules.correction_notice_days)
