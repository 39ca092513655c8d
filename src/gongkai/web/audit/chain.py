"""The chain: each event is sealed with the seal before it, under a key that is not in the database.

Whoever can write to the database but has not the key can neither change, insert nor take out an event
without `verify` finding it. Cutting off the newest events is found by giving `verify` a seal noted earlier.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from gongkai.web.house.actor import Actor
from gongkai.web.house.event_terms import Outcome, Subject

from .models import AuditEvent

FIRST = "0" * 64
# Any number will do, as long as nothing else takes the same advisory lock.
_POSTGRES_LOCK = 7_110_401_948


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain does not hold."""

    number: int
    message: str


def append(
    actor: Actor, verb: str, subject: Subject, outcome: Outcome, details: dict[str, Any]
) -> AuditEvent:
    """Append one event at the end of the chain, inside the running transaction (or one of its own)."""
    settings.KEYS.demand_kept()
    with transaction.atomic():
        _hold_the_end()
        return _append(actor, verb, subject, outcome, details)


def _append(
    actor: Actor, verb: str, subject: Subject, outcome: Outcome, details: dict[str, Any]
) -> AuditEvent:
    last = AuditEvent.objects.order_by("-number").values_list("number", "seal").first()
    number, previous = last if last else (0, FIRST)
    event = AuditEvent(
        number=number + 1,
        at=timezone.now(),
        actor_id=None if actor.user is None else actor.user.pk,
        actor_name=actor.name,
        via=actor.via.value,
        address=actor.address,
        request_id=actor.request_id,
        verb=verb,
        outcome=outcome.value,
        organ_id=subject.organ_id,
        subject_kind=subject.kind,
        subject_id=subject.id,
        subject_label=subject.label[:300],
        details=json.dumps(details, ensure_ascii=False, sort_keys=True, default=str),
        previous=previous,
    )
    event.seal = seal_of(event)
    event.save()
    return event


def seal_of(event: AuditEvent) -> str:
    """The seal that this row should carry."""
    row = [
        event.previous, event.number, event.at.astimezone(UTC).isoformat(), event.actor_id, event.actor_name,
        event.via, event.address, event.request_id, event.verb, event.outcome, event.organ_id,
        event.subject_kind, event.subject_id, event.subject_label, event.details,
    ]  # fmt: skip
    text = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(settings.KEYS.audit.encode(), text.encode(), sha256).hexdigest()


def verify(expected: str = "") -> Iterator[Break]:
    """Walk the whole chain and give every break; `expected` is a seal noted earlier that must still be there."""
    number, previous, seen = 0, FIRST, expected in {"", FIRST}
    for event in AuditEvent.objects.order_by("number").iterator(chunk_size=2000):
        if event.number != number + 1:
            yield Break(number + 1, f"缺少第{number + 1}至{event.number - 1}条")
        elif event.previous != previous:
            yield Break(event.number, f"第{event.number}条与前一条的封印接不上")
        if not hmac.compare_digest(event.seal, seal_of(event)):
            yield Break(event.number, f"第{event.number}条的内容与封印不符")
        number, previous = event.number, event.seal
        seen = seen or event.seal == expected
    if not seen:
        yield Break(number + 1, f"链上没有先前记下的封印{expected[:12]}…，末尾的记录可能被截去")


def end() -> tuple[int, str]:
    """Number and seal of the newest event: what an operator notes down outside the machine."""
    last = AuditEvent.objects.order_by("-number").values_list("number", "seal").first()
    return last or (0, FIRST)


def _hold_the_end() -> None:
    """One writer at a time. SQLite's immediate transactions see to it by themselves."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_POSTGRES_LOCK])
