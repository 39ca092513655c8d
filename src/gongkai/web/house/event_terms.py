"""The terms of an event: verbs with their titles, outcomes, subjects. Below the log, which rests on them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db import models

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
