"""The file of finished document pages, shared by all processes of the machine (ADR 0083).

Nothing depends on it: what can't be read is made anew, what can't be written is not kept. A row's content is compressed
together with its own key, mark and times, so that the checksum of the compression covers all that an answer is taken from.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import zlib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import msgspec
from django.conf import settings

from gongkai.web.house import disk
from gongkai.web.house.private_file import begin

log = logging.getLogger(__name__)
NAME = "pages.sqlite3"
LARGEST = 2**63 - 1
_TABLES = """CREATE TABLE IF NOT EXISTS note (place INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS page (key INTEGER PRIMARY KEY, mark TEXT NOT NULL, until REAL, content BLOB NOT NULL)"""


class Page(msgspec.Struct, frozen=True):
    """A finished page: right for `mark`, from `since` until before `until` (seconds since 1970)."""

    key: int
    mark: str
    since: float
    until: float | None
    etag: str
    body: bytes = b""

    def right(self, key: int, mark: str, now: float) -> bool:
        """Whether it is the answer to `key` under `mark` now."""
        return self.key == key and self.mark == mark and self.since <= now and (self.until is None or now < self.until)


class Store:
    """Opened by each thread for itself; waits `wait` seconds for another writer. What fails is as if it were not there."""

    def __init__(self, path: Path, megabytes: int, wait: float = 0) -> None:
        self.path, self._megabytes, self._wait = path, megabytes, wait
        self._mine = threading.local()
        self._damaged: tuple[int, int] | None = None

    def get(self, key: int) -> Page | None:
        """The page, whether or not it is still right."""
        try:
            link = self._link(making=False)
            row = link.execute("SELECT content FROM page WHERE key = ?", (key,)).fetchone() if link and key <= LARGEST else None
            return _unpacked(row[0]) if row else None
        except (sqlite3.Error, OSError, zlib.error, msgspec.DecodeError, TypeError) as error:
            self._failed(error)
            return None

    def put(self, pages: Iterable[Page]) -> bool:
        """Keep them, all or none; False when the file or the disk is full, the file in use by another writer, or damaged."""
        if disk.short():
            return False
        rows = [(one.key, one.mark, one.until, _packed(one)) for one in pages if one.key <= LARGEST]
        return self._write("INSERT OR REPLACE INTO page (key, mark, until, content) VALUES (?, ?, ?, ?)", rows)

    def drop(self, keys: Iterable[int]) -> bool:
        """Forget them."""
        return self._write("DELETE FROM page WHERE key = ?", [(key,) for key in keys])

    def laid(self, first: int, last: int) -> list[tuple[int, str, float | None]]:
        """(key, mark, until) of the pages with these keys."""
        try:
            link = self._link(making=False)
            rows = link.execute("SELECT key, mark, until FROM page WHERE key BETWEEN ? AND ?", (first, last)) if link else ()
            return list(rows)
        except (sqlite3.Error, OSError) as error:
            self._failed(error)
            return []

    def noted(self) -> str:
        """What was noted last about making pages ahead; nothing in a new file."""
        try:
            link = self._link(making=False)
            row = link.execute("SELECT text FROM note").fetchone() if link else None
            return str(row[0]) if row else ""
        except (sqlite3.Error, OSError) as error:
            self._failed(error)
            return ""

    def note(self, text: str) -> bool:
        """Note it in place of the former."""
        return self._write("INSERT OR REPLACE INTO note (place, text) VALUES (1, ?)", [(text,)])

    @property
    def damaged(self) -> bool:
        """Whether the file that lies there was found to be none of SQLite's."""
        return self._damaged is not None and self._damaged == self._lying()

    def whole(self) -> bool:
        """Whether SQLite finds the file sound, or none."""
        try:
            link = self._link(making=False)
            return link is None or link.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        except (sqlite3.Error, OSError) as error:
            self._failed(error)
            return False

    def remove(self) -> None:
        """Delete the file with its companions."""
        self._mine, self._damaged = threading.local(), None
        for end in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + end).unlink(missing_ok=True)

    def _write(self, statement: str, rows: Sequence[tuple[object, ...]]) -> bool:
        link = None
        try:
            link = self._link(making=True)
            if link is None:
                return False
            with link:
                link.execute("BEGIN IMMEDIATE")
                link.executemany(statement, rows)
        except (sqlite3.Error, OSError) as error:
            self._failed(error)
            return False
        return True

    def _link(self, making: bool) -> sqlite3.Connection | None:
        """This thread's connection to the file that lies there now; None without one, or to a damaged one."""
        if not self._megabytes:
            return None
        if making and not self.path.exists():
            begin(self.path)
        file = self._lying()
        if file is None or file == self._damaged:
            return None
        if getattr(self._mine, "file", None) != file:
            self._mine.link, self._mine.file = self._open(), file
        link: sqlite3.Connection = self._mine.link
        return link

    def _lying(self) -> tuple[int, int] | None:
        """Which file lies there; None: none."""
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino

    def _open(self) -> sqlite3.Connection:
        link = sqlite3.connect(self.path, timeout=self._wait, isolation_level=None)
        size = link.execute("PRAGMA page_size").fetchone()[0]
        link.execute("PRAGMA journal_mode=WAL")
        link.execute("PRAGMA synchronous=OFF")
        link.execute(f"PRAGMA max_page_count={self._megabytes * 1024 * 1024 // size}")
        link.executescript(_TABLES)
        return link

    def _failed(self, error: Exception) -> None:
        """A busy or full file is left for this time; one that is no database is left until another lies there."""
        log.debug("kept pages: %s", error)
        code = getattr(error, "sqlite_errorcode", None)
        if code is not None and code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            log.warning("保存的页面文件已损坏，不再使用；可以删除它：%s", self.path)
            self._damaged = self._lying()


def _packed(page: Page) -> bytes:
    head = msgspec.json.encode(msgspec.structs.replace(page, body=b""))
    return zlib.compress(head + b"\n" + page.body, 1)


def _unpacked(content: bytes) -> Page:
    head, _, body = zlib.decompress(content).partition(b"\n")
    return msgspec.structs.replace(_HEAD.decode(head), body=body)


_HEAD = msgspec.json.Decoder(Page)


@cache
def _store(path: Path, megabytes: int, wait: float) -> Store:
    return Store(path, megabytes, wait)


def store(wait: float = 0) -> Store:
    """Of this data folder."""
    return _store(settings.ENV.data / "run" / NAME, settings.ENV.kept_pages_mb, wait)
