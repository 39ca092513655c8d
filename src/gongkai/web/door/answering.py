"""Django's answer on its way out: whole, or as a file that the server sends at the reader's pace.

Nothing here waits for the reader: whoever asks for a big file and reads nothing holds a connection, no thread.
"""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Protocol

IN_MEMORY = 256 * 1024
BLOCK = 64 * 1024
HeaderList = list[tuple[str, str]]


class Sender(Protocol):
    """The side of granian's protocol that answers; callable from any thread, once a request."""

    def response_bytes(self, status: int, headers: HeaderList, body: bytes) -> None: ...
    def response_file(self, status: int, headers: HeaderList, file: str) -> None: ...


class FileToSend:
    """`wsgi.file_wrapper`: Django gives a file here instead of reading it."""

    def __init__(self, file: IO[bytes], block_size: int = BLOCK) -> None:
        self.file = file

    def path(self) -> str | None:
        """Of a large file on disk that is to be sent from its first byte; None for any other."""
        name = getattr(self.file, "name", None)
        try:
            if not isinstance(name, str) or not Path(name).is_absolute() or self.file.tell():
                return None
            here, there = os.fstat(self.file.fileno()), Path(name).stat()
        except (AttributeError, OSError):
            return None
        same = (here.st_dev, here.st_ino) == (there.st_dev, there.st_ino)
        return name if same and stat.S_ISREG(here.st_mode) and here.st_size > IN_MEMORY else None

    def __iter__(self) -> Iterator[bytes]:
        return iter(lambda: self.file.read(BLOCK), b"")

    def close(self) -> None:
        """Django has put the end of the request here."""
        self.file.close()


class Answer:
    """Runs a WSGI application for one request. `keep` is given a file that must stay open until the server has opened it too."""

    def __init__(self, sender: Sender, keep: Callable[[IO[bytes]], object]) -> None:
        self.sender, self.keep = sender, keep
        self.status, self.headers = 500, HeaderList()

    def start(self, status: str, headers: HeaderList, exc_info: Any = None) -> Callable[[bytes], object]:
        """`start_response`."""
        self.status, self.headers = int(status.split(" ", 1)[0]), headers
        return _no_write

    def send(self, body: Any) -> None:
        """Send what the application returned, and close it as it wants."""
        try:
            path = body.path() if isinstance(body, FileToSend) else None
            if path is not None:
                self.sender.response_file(self.status, self.headers, path)
            elif getattr(body, "streaming", True):
                self._gathered(body)
            else:
                self.sender.response_bytes(self.status, self.headers, body.content)
        finally:
            if hasattr(body, "close"):
                body.close()

    def _gathered(self, pieces: Iterable[bytes]) -> None:
        """A stream is finished first, in memory or in a nameless file: its length is not known to be small."""
        store = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed below, or by the keeper
        try:
            for piece in pieces:
                store.write(piece)
            size = store.tell()
            store.seek(0)
            if size <= IN_MEMORY:
                self.sender.response_bytes(self.status, self.headers, store.read())
                store.close()
                return
            store.flush()
        except BaseException:
            store.close()
            raise
        self.keep(store)
        self.sender.response_file(self.status, self.headers, f"/dev/fd/{store.fileno()}")


def _no_write(data: bytes) -> None:
    raise NotImplementedError("write() of PEP 3333 is for old frameworks")
