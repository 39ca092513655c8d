"""A public page or file from its address, without letting anyone look into our own network through us.

What may be asked is judged by ``house.outside``, each redirection again, and the connection goes to the address that
was judged. Time and size are limited, nothing of ours (cookies, proxies, passwords) is sent.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, unquote

from django.conf import settings

from gongkai.web.house.outside import PORTS, REDIRECTIONS, Fault, NotAsked, onward, parts_of, pinned

from .limits import LIMITS, MEGABYTES

REDIRECTS = 5
CONNECT_SECONDS = 6.0
WHOLE_SECONDS = 20.0
_AGENT = "gongkai-checker/1.0"
_TYPES = {"text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf", "text/plain": ".txt"}
_WORDS = {
    Fault.WRITTEN: "网址写法有误。请从浏览器地址栏完整复制。",
    Fault.SCHEME: "网址须以http://或https://开头。请从浏览器地址栏完整复制。",
    Fault.PASSWORD: "网址中不能带用户名和密码。请去掉后再试，或下载文件后上传。",
    Fault.PORT: "只能读取使用标准端口的网址。请下载文件后上传。",
    Fault.UNKNOWN: "找不到这个网站。请核对网址。",
    Fault.INSIDE: "这个网址不在公众互联网上，不能读取。请下载文件后上传。",
}


class CannotFetch(Exception):  # noqa: N818  # a verdict on an address, not a fault of the program
    """The page could not be had; the message (Chinese) says why and what to do."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was got: the address it came from in the end, a name for it, and its bytes."""

    address: str
    name: str
    data: bytes


def parse(address: str) -> SplitResult:
    """The parts of an address one may ask for. Raises CannotFetch."""
    try:
        return parts_of(address, settings.ENV.checker_fetch_hosts)
    except NotAsked as verdict:
        raise CannotFetch(_WORDS[verdict.fault]) from verdict


def fetch(address: str) -> Fetched:
    """The page or file at ``address``. Raises CannotFetch."""
    end = time.monotonic() + WHOLE_SECONDS
    for _ in range(REDIRECTS + 1):
        parts = parse(address)
        try:
            answer, connection = _ask(parts, end)
            try:
                if answer.status in REDIRECTIONS and (to := answer.getheader("Location")):
                    address = onward(address, to)
                    continue
                if answer.status != 200:
                    raise CannotFetch(f"对方网站没有给出这个页面（状态码{answer.status}）。请核对网址，或下载文件后上传。")
                data = b"".join(_body(answer, connection, end))
                return Fetched(address, _name(parts, answer), data)
            finally:
                connection.close()
        except NotAsked as verdict:
            raise CannotFetch(_WORDS[verdict.fault]) from verdict
        except (TimeoutError, OSError, http.client.HTTPException, UnicodeError) as error:
            raise CannotFetch("没有连上对方网站，或对方太慢。请稍后再试，或下载文件后上传。") from error
    raise CannotFetch(f"网址转了{REDIRECTS}次以上还没有到。请打开页面后复制最后的网址。")


def public_address(host: str, port: int) -> str:
    """The address to connect to. Raises CannotFetch unless every address the name has is public."""
    try:
        return pinned(host, port, settings.ENV.checker_fetch_hosts)
    except NotAsked as verdict:
        raise CannotFetch(_WORDS[verdict.fault]) from verdict


def _ask(parts: SplitResult, end: float) -> tuple[http.client.HTTPResponse, http.client.HTTPConnection]:
    host = str(parts.hostname)
    port = parts.port or PORTS[parts.scheme]
    judged = public_address(host, port)
    wait = min(CONNECT_SECONDS, end - time.monotonic())
    if wait <= 0:
        raise TimeoutError
    connection = http.client.HTTPConnection(host, port, timeout=wait)
    plain = socket.create_connection((judged, port), timeout=wait)
    secure = ssl.create_default_context().wrap_socket if parts.scheme == "https" else None
    connection.sock = secure(plain, server_hostname=host) if secure else plain
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    headers = {"User-Agent": _AGENT, "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}
    connection.request("GET", path + query, headers=headers)
    return connection.getresponse(), connection


def _body(answer: http.client.HTTPResponse, connection: http.client.HTTPConnection, end: float) -> Iterator[bytes]:
    size = 0
    while True:
        left = end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if connection.sock is not None:
            connection.sock.settimeout(min(left, CONNECT_SECONDS))
        chunk = answer.read1(1 << 16)
        if not chunk:
            return
        size += len(chunk)
        if size > LIMITS.bytes:
            raise CannotFetch(f"这个网址的内容超过{MEGABYTES} MB。请下载后拆分，再上传。")
        yield chunk


def _name(parts: SplitResult, answer: http.client.HTTPResponse) -> str:
    last = unquote(parts.path.rstrip("/").rpartition("/")[2]) or str(parts.hostname)
    ending = _TYPES.get((answer.getheader("Content-Type") or "").split(";")[0].strip().lower(), "")
    return last if "." in last[-6:] or not ending else last + ending
