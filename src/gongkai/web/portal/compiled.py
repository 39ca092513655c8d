"""A queryset that begins from what is public now, compiled once: later uses bind the number and the moment anew.

Compiling takes Django several times as long as the database needs to answer. The text is the queryset's own: nothing is
written by hand, so the condition of visibility stays the one there is.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.utils import timezone

M = TypeVar("M", bound=Model)
# In place of the number while compiling; no item has it.
STAND_IN = 7_777_777_777_777_777


class Compiled(Generic[M]):
    """`make(number)` gives the queryset, whose only parameters may be the number, the moment, and what never changes."""

    def __init__(self, make: Callable[[int], QuerySet[M, Any]]) -> None:
        self._make, self._lock = make, threading.Lock()
        self._model: type[M]
        self._found: dict[str, tuple[str, tuple[Any, ...], frozenset[int]]] = {}

    def bound(self, number: int) -> tuple[str, list[Any]]:
        """Text and parameters for `number` now."""
        text, fixed, moments = self._compiled()
        now = _moment(timezone.now()) if moments else None
        return text, [number if one == STAND_IN else now if place in moments else one for place, one in enumerate(fixed)]

    def row(self, number: int) -> tuple[Any, ...] | None:
        """The first row as the database gives it."""
        with connection.cursor() as cursor:
            cursor.execute(*self.bound(number))
            found: tuple[Any, ...] | None = cursor.fetchone()
            return found

    def one(self, number: int) -> M | None:
        """The first row as a thing of its model, with the annotations of the queryset."""
        text, values = self.bound(number)
        return next(iter(self._model._base_manager.raw(text, values)), None)

    def _compiled(self) -> tuple[str, tuple[Any, ...], frozenset[int]]:
        vendor = connection.vendor
        if vendor not in self._found:
            with self._lock:
                made = self._make(STAND_IN)
                self._model, (text, fixed) = made.model, made.query.sql_with_params()
                kind = type(_moment(timezone.now()))
                self._found[vendor] = (text, fixed, frozenset(place for place, one in enumerate(fixed) if type(one) is kind))
        return self._found[vendor]


def _moment(now: datetime) -> Any:
    """As the database's driver takes it: text on SQLite, which no other parameter may be, or itself."""
    return connection.ops.adapt_datetimefield_value(now)


def moment_of(value: Any) -> Any:
    """A moment as the driver gives it (on SQLite in UTC without saying so, text where it was computed); None stays None."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found.replace(tzinfo=UTC) if found is not None and found.tzinfo is None else found
