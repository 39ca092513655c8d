"""How often an address did a thing in the present window of time, counted in a file that all processes of the machine share (ADR 0097).

Nothing depends on the file: where it can't be used, each process counts for itself (rate.py).
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings

from gongkai.web.house.private_file import begin

log = logging.getLogger(__name__)
NAME = "visits.sqlite3"
WAIT = 0.1
"""Seconds to wait for a writer of another process; each takes microseconds."""
_TABLE = "CREATE TABLE IF NOT EXISTS visited (who INTEGER PRIMARY KEY, until INTEGER NOT NULL, count INTEGER NOT NULL)"
_COUNT = """INSERT INTO visited (who, until, count) VALUES (?1, ?2, 1) ON CONFLICT (who) DO UPDATE
SET count = CASE WHEN until = ?2 THEN count + 1 ELSE 1 END, until = ?2 RETURNING count"""


class Visits:
    """One connection a process, one thread at a time. The file tells no address: it holds a keyed hash of each, until its window is over."""

    def __init__(self, path: Path) -> None:
        self.path, self._lock = path, threading.Lock()
        self._link: sqlite3.Connection | None = None
        self._swept = self._told = 0

    def count(self, key: str, now: int, until: int) -> int:
        """Note one of `key` and give how many there were in the window that ends then; 0 where the file can't be used."""
        with self._lock:
            try:
                link = self._link = self._link or self._opened()
                if self._swept != now // 60:
                    link.execute("DELETE FROM visited WHERE until <= ?", (now,))
                    self._swept = now // 60
                return int(link.execute(_COUNT, (_name(key), until)).fetchall()[0][0])
            except (sqlite3.Error, OSError) as error:
                self._failed(error, now // 60)
                return 0

    def _failed(self, error: Exception, minute: int) -> None:
        """A busy file is left for this time. What else is wrong is said once a minute, and the file is opened anew."""
        if _code(error) == sqlite3.SQLITE_BUSY:
            return
        if self._link is not None:
            self._link.close()
            self._link = None
        if self._told != minute:
            self._told = minute
            log.warning("访问次数文件不能使用，各进程分别计数：%s（%s）", self.path, error)

    def _opened(self) -> sqlite3.Connection:
        """The file, or a new one in place of what is no database."""
        try:
            return self._open()
        except sqlite3.DatabaseError as error:
            if _code(error) not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                raise
            for end in ("", "-wal", "-shm"):
                self.path.with_name(self.path.name + end).unlink(missing_ok=True)
            return self._open()

    def _open(self) -> sqlite3.Connection:
        if not self.path.exists():
            begin(self.path)
        link = sqlite3.connect(self.path, timeout=WAIT, isolation_level=None, check_same_thread=False)
        link.execute("PRAGMA journal_mode=WAL")
        link.execute("PRAGMA synchronous=OFF")
        link.execute(_TABLE)
        return link


def _code(error: Exception) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _name(key: str) -> int:
    """63 bits that say nothing to who reads the file."""
    mark = blake2b(key.encode(), digest_size=8, key=settings.SECRET_KEY.encode()[:64]).digest()
    return int.from_bytes(mark, "big") >> 1


@cache
def _visits(path: Path) -> Visits:
    return Visits(path)


def visits() -> Visits:
    """Of this data folder."""
    return _visits(settings.ENV.data / "run" / NAME)
