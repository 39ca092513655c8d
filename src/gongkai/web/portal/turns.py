"""One process at a time makes pages ahead: of those in a data folder, and on PostgreSQL of those of all machines.

The locks are the system's and the database's: they go with who holds them, at whatever death.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.conf import settings
from django.db import DatabaseError, connection

# Any number will do, as long as nothing else takes the same advisory lock.
_POSTGRES_LOCK = 4_871_083
_TRY_SECONDS = 0.1


@contextmanager
def turn(wait: float = 0) -> Iterator[bool]:
    """Whether it is this process's turn, as long as the context lasts; tries again for `wait` seconds."""
    folder = settings.ENV.data / "run"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "pages.lock").open("w") as file:
        end = time.monotonic() + wait
        while not (mine := _taken(file)) and time.monotonic() < end:
            time.sleep(_TRY_SECONDS)
        try:
            yield mine
        finally:
            if mine:
                _give_back()


def _taken(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    if connection.vendor == "sqlite" or _among_machines():
        return True
    fcntl.flock(file, fcntl.LOCK_UN)
    return False


def _among_machines() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_POSTGRES_LOCK])
        return bool(cursor.fetchone()[0])


def _give_back() -> None:
    """The file's lock goes with the file; the database's with the connection, if that is gone already."""
    if connection.vendor == "sqlite":
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_POSTGRES_LOCK])
    except DatabaseError:
        connection.close()
