"""Events: what happened, appended to the audit chain. The only door to it for the other rooms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import models

from .actor import Actor
from .event_terms import VERBS, Outcome, Subject, name

if TYPE_CHECKING:
    from gongkai.web.audit.models import AuditEvent

__all__ = ["VERBS", "Outcome", "Subject", "name", "read_personal", "record"]


def record(
    actor: Actor,
    verb: str,
    subject: Subject,
    *,
    outcome: Outcome = Outcome.DONE,
    details: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Append one event. Must run inside the transaction of the act it tells of."""
    from gongkai.web.audit.chain import append

    if verb not in VERBS:
        raise ValueError(f"verb {verb} has no title; call events.name first")
    return append(actor, verb, subject, outcome, dict(details or {}))


name("house.read_personal", "查看个人信息")


def read_personal(
    actor: Actor, thing: models.Model, what: str, *, label: str = "", organ_id: int | None = None
) -> None:
    """Record that `actor` was shown personal data of `thing`; `what` names the fields in Chinese, never values."""
    record(actor, "house.read_personal", Subject.of(thing, label, organ_id), details={"what": what})
