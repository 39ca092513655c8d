"""What happened to a request, as append-only events, and the one error a malformed history raises."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any


class Kind(StrEnum):
    """The acts and receipts that move the clocks of a request."""

    RECEIVED = "received"
    CORRECTION_SENT = "correction_sent"
    CORRECTION_RECEIVED = "correction_received"
    CONSULTATION_SENT = "consultation_sent"
    CONSULTATION_DELIVERED = "consultation_delivered"
    CONSULTATION_RETURNED = "consultation_returned"
    EXTENSION = "extension"
    FEE_NOTICE = "fee_notice"
    FEE_PAID = "fee_paid"
    REASONS_REQUESTED = "reasons_requested"
    REASONS_RECEIVED = "reasons_received"
    DELAY = "delay"
    REPLIED = "replied"
    WITHDRAWN = "withdrawn"
    ABANDONED = "abandoned"

    @property
    def label(self) -> str:
        """The act in official words, as 延期答复."""
        return str(words()["act"][self.value]["label"])

    @property
    def article(self) -> str:
        """The article the act rests on."""
        return str(words()["act"][self.value]["article"])

    @property
    def condition(self) -> str:
        """What the law asks of the act besides its time, as 须经政府信息公开工作机构负责人同意并告知申请人; or nothing."""
        return str(words()["act"][self.value].get("condition", ""))


CLOSING = frozenset({Kind.REPLIED, Kind.WITHDRAWN, Kind.ABANDONED})


class Channel(StrEnum):
    """How a request came; Article 31 says which day then counts as the day of receipt."""

    IN_PERSON = "in_person"
    REGISTERED_POST = "registered_post"
    ORDINARY_POST = "ordinary_post"
    INTERNET = "internet"
    FAX = "fax"


class Party(StrEnum):
    """Who is consulted: a third party (Art. 32), a co-maker (Art. 34), any other organ (Art. 33)."""

    THIRD_PARTY = "third_party"
    CO_MAKER = "co_maker"
    OTHER_ORGAN = "other_organ"

    @property
    def label(self) -> str:
        return str(words()["party"][self.value]["label"])

    @property
    def article(self) -> str:
        """The article on consulting this party."""
        return str(words()["party"][self.value]["article"])


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, on one day.

    ``days``: working days of an extension or a delay. ``party`` and ``ref``: who was consulted and by which letter;
    a return names the letter it answers by ``ref`` when several are open. ``until``: the last day a correction
    notice leaves the applicant. ``channel``: how a request or correction came. ``approved_by``: who approved an
    extension. The day of a fee notice is the day the applicant received it.
    """

    kind: Kind
    on: date
    days: int | None = None
    party: Party | None = None
    ref: str = ""
    until: date | None = None
    channel: Channel | None = None
    approved_by: str = ""

    def __post_init__(self) -> None:
        if type(self.on) is not date:  # a datetime is a date to isinstance, and would carry a time of day in
            raise TypeError(f"an event happens on a date, not on {self.on!r}")


class HistoryError(ValueError):
    """A history that cannot be right. ``event`` is the event it names (None: the history as a whole)."""

    def __init__(self, message: str, event: Event | None = None, position: int | None = None):
        """``position`` counts from 1; the message says what is wrong and what to do, without naming the event."""
        self.event, self.position = event, position
        if event is not None:
            place = f"第{position}个事件" if position is not None else "事件"
            message = f"{place}“{event.kind.label}”（{event.on}）：{message}"
        super().__init__(message)


@cache
def words() -> dict[str, Any]:
    """The official words of acts, parties, channels and refusals (``data/acts.toml``)."""
    return tomllib.loads((files("gongkai.law") / "data" / "acts.toml").read_text("utf-8"))


def span(events: Sequence[Event]) -> tuple[date, date | None]:
    """The day a request was received and the day it was closed, if it was; needs no calendar.

    Raises HistoryError when the receipt is missing or doubled, or an event is out of order or after the close.
    """
    if not events or events[0].kind is not Kind.RECEIVED:
        raise HistoryError("没有首先登记“收到申请”。请先登记收到申请的日期（条例第三十一条）。", *((events[0], 1) if events else ()))
    last: Event = events[0]
    for place, event in enumerate(events[1:], start=2):
        if event.kind is Kind.RECEIVED:
            raise HistoryError("一件申请只能登记一次收到申请。请核对。", event, place)
        if event.on < last.on:
            raise HistoryError(f"早于上一个事件（{last.on}）。请按发生的先后登记，并核对日期。", event, place)
        if last.kind in CLOSING:
            raise HistoryError(f"申请已于{last.on}办结。请核对，或另立新件。", event, place)
        last = event
    return events[0].on, last.on if last.kind in CLOSING else None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The day a request counts as received, and why (Article 31)."""

    on: date
    channel: Channel
    why: str
    article: str


_DECISIVE = {Channel.IN_PERSON: "submitted", Channel.REGISTERED_POST: "signed", Channel.ORDINARY_POST: "confirmed",
             Channel.INTERNET: "confirmed", Channel.FAX: "confirmed"}  # fmt: skip


def receipt(channel: Channel, days: Mapping[str, date]) -> Receipt:
    """The day of receipt (Article 31) from the days on record: ``submitted``, ``signed``, ``confirmed``.

    Raises HistoryError when the day the channel turns on is not on record, or lies before the submission.
    """
    word = words()["channel"][channel.value]
    on = days.get(_DECISIVE[channel])
    if on is None:
        raise HistoryError(f"以“{word['label']}”提交的，以{word['day']}为收到申请之日，但没有登记这一天。请补登。")
    if (submitted := days.get("submitted")) is not None and on < submitted:
        raise HistoryError(f"{word['day']}（{on}）早于提交之日（{submitted}）。请核对。")
    return Receipt(on, channel, f"{word['label']}：以{word['day']}为收到申请之日", word["article"])
