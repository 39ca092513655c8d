"""What a page that is read writes by the way (when a session was seen, what was searched for): never at the cost of the reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import OperationalError, connection, transaction

from . import causes

PATIENCE_MS = 200


def by_the_way(write: Callable[[], object]) -> None:
    """All of it or nothing; left undone on a full disk, or while another process holds the database for long."""
    try:
        with _impatient(), transaction.atomic():
            write()
    except OperationalError as error:
        if not (causes.is_full(error) or causes.is_busy(error)):
            raise


@contextmanager
def _impatient() -> Iterator[None]:
    """SQLite has one writer at a time, and who waits for it waits long; PostgreSQL locks what is written, which nobody else writes."""
    if connection.vendor != "sqlite":
        yield
        return
    _wait(PATIENCE_MS)
    try:
        yield
    finally:
        _wait(int(1000 * settings.DATABASES["default"]["OPTIONS"]["timeout"]))


def _wait(milliseconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {milliseconds}")
