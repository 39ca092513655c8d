"""Takes a request: lets its body in or not, has the application answer it in a thread, and sees to what is left of it."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from functools import partial
from typing import IO, Any, TypeVar

from gongkai.web.house import disk
from gongkai.web.house.address import address_of, household
from gongkai.web.house.bodies import REFUSED, WITHOUT_LENGTH, limit_of, too_large
from gongkai.web.house.error_pages import FULL, ErrorPage

from .answering import Answer
from .environ import Scope, environ_of, host_of
from .pool import Pool
from .receiving import Gone, NotTaken, Pace, UnderWay, linger, receive
from .signed_in import signed_in

THREADS = 4
OPENED_WITHIN_SECONDS = 10
"""The server opens the file of an answer at once; so long it is kept."""
FINISH_SECONDS = 10
T = TypeVar("T")
WSGI = Callable[[dict[str, Any], Callable[..., Any]], Any]


class Door:
    """One in each web process. Everything but `_answer` runs in the event loop, so nothing else here may wait."""

    loop: asyncio.AbstractEventLoop
    pool: Pool

    def __init__(self, application: WSGI, pace: Pace, under_way: UnderWay) -> None:
        self.application, self.pace, self.under_way = application, pace, under_way

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Called by the server before the first request."""
        self.loop, self.pool = loop, Pool(THREADS)

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Called after the last."""
        self.pool.finish(FINISH_SECONDS)

    async def __rsgi__(self, scope: Scope, proto: Any) -> None:
        """Answer one request."""
        headers = scope.headers
        if headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers:
            await self._answered(scope, proto, io.BytesIO())
            return
        try:
            body = await self._body(scope, proto)
        except NotTaken as no:
            await self._answered(scope, proto, None, no.fault)
        except Gone:
            return
        else:
            await self._answered(scope, proto, body)
            if body is not None:
                return
        if "expect" not in headers:  # who asked first was never told to send
            await linger(proto)

    async def _body(self, scope: Scope, proto: Any) -> IO[bytes] | None:
        """The body, or None where nobody would look at it. Raises NotTaken and Gone."""
        headers = scope.headers
        if "transfer-encoding" in headers:
            raise NotTaken(WITHOUT_LENGTH)
        length, limit = int(headers["content-length"]), limit_of(scope.method, scope.path)
        if length > limit.most:
            raise NotTaken(too_large(length, limit.most))
        if not limit.read:
            return None
        if disk.closed_to(scope.path, length):
            raise NotTaken(FULL)
        address = household(address_of(host_of(scope.client), ",".join(headers.get_all("x-forwarded-for"))))
        with self.under_way.one(address, length):
            # Nobody fills the disk of a machine that would not let them in.
            if limit.for_staff and not await self._in_pool(partial(signed_in, "; ".join(headers.get_all("cookie")))):
                return None
            return await receive(proto, length, self.pace)

    async def _answered(self, scope: Scope, proto: Any, body: IO[bytes] | None, fault: ErrorPage | None = None) -> None:
        await self._in_pool(partial(self._answer, scope, proto, body, fault))

    def _answer(self, scope: Scope, proto: Any, body: IO[bytes] | None, fault: ErrorPage | None) -> None:
        """In a thread of the pool."""
        environ = environ_of(scope, body or io.BytesIO())
        if body is None:
            environ["CONTENT_LENGTH"] = "0"
        if fault is not None:
            environ[REFUSED] = fault
        answer = Answer(proto, self._keep)
        with environ["wsgi.input"]:
            answer.send(self.application(environ, answer.start))

    def _keep(self, file: IO[bytes]) -> None:
        self.loop.call_soon_threadsafe(self.loop.call_later, OPENED_WITHIN_SECONDS, file.close)

    async def _in_pool(self, work: Callable[[], T]) -> T:
        done: asyncio.Future[T] = self.loop.create_future()

        def job() -> None:
            try:
                result = work()
            except BaseException as error:
                self.loop.call_soon_threadsafe(_fail, done, error)
            else:
                self.loop.call_soon_threadsafe(_finish, done, result)

        self.pool.put(job)
        return await done


def _finish(done: asyncio.Future[T], result: T) -> None:
    if not done.done():
        done.set_result(result)


def _fail(done: asyncio.Future[T], error: BaseException) -> None:
    if not done.done():
        done.set_exception(error)
