"""What lies behind an exception: a full disk, a database somebody else is writing to. Ours, or of the database's server."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator

_FULL = {errno.ENOSPC, errno.EDQUOT}
# Nothing can be written; the memory that all readers share can't be made longer.
_FULL_SQLITE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE}
_FULL_POSTGRES = {"53100"}
_BUSY_SQLITE = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
# A lock not got in time, a deadlock, a transaction that another one overtook.
_BUSY_POSTGRES = {"55P03", "40P01", "40001"}


def is_full(error: BaseException | None) -> bool:
    """Whether there was no room on a disk."""
    return any(
        _sqlite(one) & _FULL_SQLITE or _postgres(one) in _FULL_POSTGRES or (isinstance(one, OSError) and one.errno in _FULL)
        for one in _chain(error)
    )


def is_busy(error: BaseException | None) -> bool:
    """Whether the database was being written to by somebody else for too long."""
    return any(_sqlite(one) & _BUSY_SQLITE or _postgres(one) in _BUSY_POSTGRES for one in _chain(error))


def _sqlite(error: BaseException) -> set[int]:
    """Its code, and the kind of code it belongs to."""
    code = getattr(error, "sqlite_errorcode", None)
    return {code, code & 0xFF} if isinstance(error, sqlite3.Error) and isinstance(code, int) else set()


def _postgres(error: BaseException) -> str:
    return str(getattr(error, "sqlstate", None) or "")


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """It, and what it came from."""
    seen: list[BaseException] = []
    while error is not None and error not in seen:
        seen.append(error)
        yield error
        error = error.__cause__ or error.__context__
