"""Events: what happened, appended to the audit chain. The only door to it for the other rooms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db import models

from .actor import Actor

if TYPE_CHECKING:
    from gongkai.web.audit.models import AuditEvent

# Every verb the log can show: id -> Chinese title.
VERBS: dict[str, str] = {}


class Outcome(StrEnum):
    """How an act ended."""

    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Subject:
    """What an event is about: a thing (`kind` is app.model), the name it had, and the organ whose matter it is."""

    kind: str
    id: str
    label: str
    organ_id: int | None = None

    @classmethod
    def of(cls, thing: models.Model, label: str = "", organ_id: int | None = None) -> Subject:
        """The subject for a stored thing."""
        key = "" if thing.pk is None else str(thing.pk)
        return cls(thing._meta.label_lower, key, label or str(thing), organ_id)


def name(verb: str, title: str) -> None:
    """Register a verb for the log. Two titles for one verb are a mistake of the programmer."""
    if VERBS.setdefault(verb, title) != title:
        raise ValueError(f"verb {verb} is already called {VERBS[verb]}")


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
