"""One request as plain data, so that it can be printed and sent again; sent without leaving anything behind."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from random import Random
from urllib.parse import quote_from_bytes

from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client

from gongkai.web.portal import edition

from .judge import faults
from .routes import route_of

Pair = tuple[bytes, bytes]
Upload = tuple[bytes, bytes, bytes]
BOUNDARY = b"gk-boundary-7f3a"
_SHOWN = 700


@dataclass(frozen=True, slots=True)
class Request:
    """`address` is percent-encoded already; `body` as it goes over the wire."""

    role: str
    method: str
    address: str
    body: bytes = b""
    media: str = ""
    headers: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        body = repr(self.body) if len(self.body) <= _SHOWN else f"{self.body[:_SHOWN]!r} and so on, {len(self.body)} bytes"
        address = self.address if len(self.address) <= _SHOWN else f"{self.address[:_SHOWN]} and so on, {len(self.address)} characters"
        return f"as {self.role}: {self.method} {address}\n  {self.headers} {self.media}\n  {body}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    media: str
    body: bytes
    location: str
    route: str

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")

    @property
    def is_page(self) -> bool:
        """Whether links and forms can be looked for."""
        return self.media.startswith("text/html")


class Errors(logging.Handler):
    """What the platform logs as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it, with the exception's last lines."""
        trace = logging.Formatter().formatException(record.exc_info)[-1500:] if record.exc_info else ""
        self.told.append(f"{record.name}: {record.getMessage()} {trace}")


@contextmanager
def listening() -> Iterator[Errors]:
    """Errors logged anywhere, other than that a request was turned away: that is what many of ours deserve."""
    ear = Errors()
    turned_away = logging.getLogger("django.security")
    level = turned_away.level
    turned_away.setLevel(logging.CRITICAL)
    # The root hears everything but the tasks' own loggers, which do not propagate.
    loggers = [logging.getLogger(name) for name in ("", "django_tasks", "django_tasks_db")]
    for one in loggers:
        one.addHandler(ear)
    try:
        yield ear
    finally:
        for one in loggers:
            one.removeHandler(ear)
        turned_away.setLevel(level)


@contextmanager
def undone(client: Client) -> Iterator[None]:
    """Whatever is sent inside has never been: database, cookies and remembered pages are as before."""
    cookies = client.cookies.output(header="", sep="\n")
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)
    client.cookies = SimpleCookie(cookies)
    for memory in (edition.pages, edition._values):
        memory.__init__()  # type: ignore[misc]


def send(client: Client, request: Request, ear: Errors) -> tuple[Answer, list[str]]:
    """The answer and everything that is wrong with it."""
    ear.told.clear()
    extra = dict(request.headers)
    answer: HttpResponseBase = client.generic(request.method, request.address, request.body, request.media or "application/octet-stream", **extra)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    location = answer.headers.get("Location", "")
    found = faults(request.method, answer.status_code, dict(answer.headers.items()), body)
    found += [f"logged: {line}" for line in ear.told]
    return Answer(answer.status_code, answer.headers.get("Content-Type", ""), body, location, route_of(request.address) or ""), found


def urlencoded(pairs: list[Pair]) -> bytes:
    """Pairs as a browser sends a plain form, broken bytes kept."""
    return "&".join(f"{quote_from_bytes(name, safe='')}={quote_from_bytes(value, safe='')}" for name, value in pairs).encode()


def multipart(pairs: list[Pair], uploads: list[Upload], random: Random) -> tuple[bytes, str]:
    """(body, media type): fields and (field, file name, content)."""
    parts = [b'--%b\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n' % (BOUNDARY, name, value) for name, value in pairs]
    for field, name, content in uploads:
        kind = random.choice([b"application/octet-stream", b"text/html", b"image/svg+xml", b"application/pdf", b"\xff"])
        shown = name.replace(b'"', b"%22").replace(b"\r", b"%0D").replace(b"\n", b"%0A") if random.random() < 0.7 else name
        head = b'--%b\r\nContent-Disposition: form-data; name="%b"; filename="%b"\r\nContent-Type: %b\r\n\r\n' % (BOUNDARY, field, shown, kind)
        parts.append(head + content + b"\r\n")
    return b"".join([*parts, b"--%b--\r\n" % BOUNDARY]), f"multipart/form-data; boundary={BOUNDARY.decode()}"
