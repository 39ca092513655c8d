"""Which edition of the public content is in force, and what is remembered for as long as it is."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection

from .compiled import moment_of
from .models import Edition

T = TypeVar("T")
# What changes by time alone (an embargo ends, a term runs out) shows at most this much later.
SECONDS = 20
MOST_BYTES = 96 * 1024 * 1024
MOST_VALUES = 4000


@dataclass(frozen=True, slots=True)
class Now:
    """`key` is None when nothing may be remembered (triggers not laid yet)."""

    key: Hashable | None
    at: datetime | None


def current() -> Now:
    """One small query; exact: a change and its edition are committed together."""
    with connection.cursor() as cursor:
        # In words of its own: compiling it anew costs ten times the answer, on every page.
        cursor.execute(_NOW)
        rows, last, stamp, at = cursor.fetchone()
    if not rows:
        return Now(None, None)
    return Now((rows, last, stamp, int(time.time()) // SECONDS), moment_of(at))


_NOW = f"SELECT COUNT(id), MAX(id), MAX(stamp), MAX(at) FROM {Edition._meta.db_table}"  # noqa: S608 - our own table


class Memory:
    """A store of one process, bounded by bytes and by number; least recently used goes first; thread-safe."""

    def __init__(self, most_bytes: int = MOST_BYTES, most: int = MOST_VALUES) -> None:
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock, self._bytes, self._most_bytes, self._most = threading.Lock(), 0, most_bytes, most

    def get(self, key: Hashable) -> Any:
        """What was put, or None."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def put(self, key: Hashable, value: Any, size: int = 1000) -> None:
        """Keep it; what is larger than a tenth of the store is not kept."""
        if size > self._most_bytes // 10:
            return
        with self._lock:
            if key in self._kept:
                self._bytes -= self._kept.pop(key)[1]
            self._kept[key] = (value, size)
            self._bytes += size
            while self._bytes > self._most_bytes or len(self._kept) > self._most:
                self._bytes -= self._kept.popitem(last=False)[1][1]


pages = Memory()
_values = Memory()


def remembered(name: str, argument: Hashable, make: Callable[[], T], now: Now | None = None) -> T:
    """`make()`, kept for this edition. The value is shared between requests: nobody changes it."""
    now = now or current()
    if now.key is None:
        return make()
    key = (now.key, name, argument)
    found = _values.get(key)
    if found is None:
        found = (make(),)
        _values.put(key, found)
    value: T = found[0]
    return value
