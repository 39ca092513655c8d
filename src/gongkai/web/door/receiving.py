"""Reads a body in the event loop: whole, within its length, at a minimum rate, a few at a time for one address."""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, Any

from gongkai.web.house import causes
from gongkai.web.house.bodies import NO_ROOM, SLOW, too_many
from gongkai.web.house.error_pages import FULL, ErrorPage

IN_MEMORY = 256 * 1024
LINGER_SECONDS, LINGER_BYTES = 5, 256 << 20


class NotTaken(Exception):  # noqa: N818 - says what happened
    """The body is refused; the sender is told why."""

    def __init__(self, fault: ErrorPage) -> None:
        self.fault = fault


class Gone(Exception):  # noqa: N818
    """The sender left before the whole body was here."""


@dataclass(slots=True)
class Pace:
    """A body has `seconds`, and one more for each `rate` bytes of it that came; but never `seconds` of silence."""

    seconds: float
    rate: float

    def until(self, started: float, now: float, received: int) -> float:
        """The moment by which more must have come."""
        return min(now + self.seconds, started + self.seconds + received / self.rate)


@dataclass(slots=True)
class UnderWay:
    """Bodies that are being read by this process. Used in its event loop alone, so it needs no lock."""

    most_of_one: int
    most_bytes: int
    by_address: Counter[str] = field(default_factory=Counter)
    bytes: int = 0

    @contextmanager
    def one(self, address: str, length: int) -> Iterator[None]:
        """While it is read. Raises NotTaken where the address or the machine has enough of them; 0 sets no limit."""
        if self.most_of_one and self.by_address[address] >= self.most_of_one:
            raise NotTaken(too_many(self.most_of_one))
        if self.most_bytes and self.bytes + length > self.most_bytes:
            raise NotTaken(NO_ROOM)
        self.by_address[address] += 1
        self.bytes += length
        try:
            yield
        finally:
            self.bytes -= length
            self.by_address[address] -= 1
            if not self.by_address[address]:
                del self.by_address[address]


async def receive(proto: Any, length: int, pace: Pace) -> IO[bytes]:
    """The whole body as a file at its beginning. Raises NotTaken for a slow sender, Gone for one that left."""
    loop = asyncio.get_running_loop()
    started, received, waiting = loop.time(), 0, bytearray()
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - whoever answers the request closes it
    try:
        async with asyncio.timeout_at(pace.until(started, started, 0)) as limit:
            async for piece in proto:
                received += len(piece)
                limit.reschedule(pace.until(started, loop.time(), received))
                waiting += piece
                if len(waiting) > IN_MEMORY:  # what goes to the disk may take a while, and the loop serves everybody
                    await loop.run_in_executor(None, file.write, bytes(waiting))
                    waiting.clear()
        if received != length:
            raise Gone
        file.write(waiting)
        file.seek(0)
    except BaseException as error:
        file.close()
        if isinstance(error, TimeoutError):
            raise NotTaken(SLOW) from None
        if causes.is_full(error):
            raise NotTaken(FULL) from None
        raise
    return file  # type: ignore[return-value]


async def linger(proto: Any) -> None:
    """Let the sender of a refused body finish for a moment, keeping nothing: cut off while it sends, it would not see the answer."""
    received = 0
    try:
        async with asyncio.timeout(LINGER_SECONDS):
            async for piece in proto:
                received += len(piece)
                if received > LINGER_BYTES:
                    return
    except TimeoutError:
        return
