"""Asking for a page without letting anyone reach into our own network through us.

What may be asked is judged by ``house.outside``, and the connection goes to the address that was judged. Redirections
are followed one by one, each judged again. A server that lets its answer drip is left after a while.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from gongkai.web.house.outside import PORTS, Fault, NotAsked, onward, parts_of, pinned

AGENT = "gongkai-import/1.0"
REDIRECTS = 5
MOST_BYTES = 60 * 1024 * 1024
# For one answer, from its first byte to its last: httpx itself only knows the time between two bytes.
MOST_SECONDS = 120.0
_TIMES = httpx.Timeout(20, connect=10)
_WORDS = {
    Fault.WRITTEN: "网址写法有误",
    Fault.SCHEME: "不是http或https网址",
    Fault.PASSWORD: "网址带有用户名或密码",
    Fault.PORT: "不是标准端口；如确需读取，请系统管理员允许这个主机",
    Fault.UNKNOWN: "找不到这个网站",
    Fault.INSIDE: "不在公众互联网上；如确需读取，请系统管理员允许这个主机",
}


class CannotFetch(Exception):  # noqa: N818 - a verdict on an address, not a fault of the program
    """The page could not be had; the message says why. `later`: another try may help."""

    def __init__(self, message: str, later: bool = False) -> None:
        super().__init__(message)
        self.later = later


@dataclass(frozen=True, slots=True)
class Fetched:
    """The address it came from in the end, its status, its declared type and its bytes."""

    address: str
    status: int
    type: str
    data: bytes


class Guard:
    """`allowed` are hosts (or host:port) that may lie inside our own network."""

    def __init__(self, allowed: tuple[str, ...] = ()) -> None:
        self._allowed = frozenset(allowed)
        # Nothing of the environment (proxies, .netrc) and no cookies go out.
        # No connection is used twice: two names may lie at one address, and each must show its own certificate.
        self._client = httpx.Client(
            timeout=_TIMES, trust_env=False, follow_redirects=False, limits=httpx.Limits(max_keepalive_connections=0)
        )

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def get(self, address: str) -> Fetched:
        """The answer at `address`, whatever its status; redirections followed within the same rules. Raises CannotFetch."""
        for _ in range(REDIRECTS + 1):
            got, to = self._once(address)
            if to is None:
                return got
            try:
                address = onward(address, to)
            except NotAsked as verdict:
                raise CannotFetch(_WORDS[verdict.fault]) from verdict
        raise CannotFetch(f"转了{REDIRECTS}次以上还没有到")

    def _once(self, address: str) -> tuple[Fetched, str | None]:
        url, judged = self._judged(address)
        self._client.cookies.clear()
        headers = {"Host": url.netloc.decode("ascii"), "User-Agent": AGENT}
        patience = _Patience()
        try:
            request = self._client.build_request(
                "GET", url.copy_with(host=judged), headers=headers,
                extensions={"sni_hostname": url.host, "trace": patience.trace},
            )  # fmt: skip
            answer = self._client.send(request, stream=True)
            try:
                if answer.is_redirect and answer.headers.get("location"):
                    return Fetched(address, answer.status_code, "", b""), answer.headers["location"]
                return Fetched(
                    address, answer.status_code, answer.headers.get("content-type", ""), _body(answer)
                ), None
            finally:
                answer.close()
        except httpx.HTTPError as error:
            if patience.over:
                raise CannotFetch(f"网站应答过慢，超过{MOST_SECONDS:.0f}秒", later=True) from error
            raise CannotFetch(f"没有连上或中断（{type(error).__name__}）", later=True) from error
        finally:
            patience.end()

    def _judged(self, address: str) -> tuple[httpx.URL, str]:
        """(what is asked, the IP address that is connected to)."""
        try:
            parts_of(address, self._allowed)
            url = httpx.URL(address.strip())
            return url, pinned(url.host, url.port or PORTS[url.scheme], self._allowed)
        except NotAsked as verdict:
            raise CannotFetch(_WORDS[verdict.fault], later=verdict.fault is Fault.UNKNOWN) from verdict
        except (httpx.InvalidURL, KeyError, ValueError) as error:
            raise CannotFetch(_WORDS[Fault.WRITTEN]) from error


def fault_of(address: str, allowed: tuple[str, ...] = ()) -> str:
    """Why an address as written will never be asked, in words; empty when nothing stands against it so far."""
    try:
        parts_of(address, allowed)
        httpx.URL(address.strip())
    except NotAsked as verdict:
        return _WORDS[verdict.fault]
    except (httpx.InvalidURL, ValueError):
        return _WORDS[Fault.WRITTEN]
    return ""


class _Patience:
    """Shuts the connection of one request when its time is over, whatever it is waiting for: a second handle on the
    socket reaches it through TLS too."""

    def __init__(self) -> None:
        self.over = False
        self._socket: socket.socket | None = None
        self._clock = threading.Timer(MOST_SECONDS, self._shut)
        self._clock.daemon = True

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Told by httpx what happens."""
        if event == "connection.connect_tcp.complete" and self._socket is None:
            self._socket = info["return_value"].get_extra_info("socket").dup()
            self._clock.start()

    def _shut(self) -> None:
        self.over = True
        if self._socket is not None:
            with contextlib.suppress(OSError):  # the other side was quicker
                self._socket.shutdown(socket.SHUT_RDWR)

    def end(self) -> None:
        """The request is over, one way or the other."""
        self._clock.cancel()
        if self._socket is not None:
            self._socket.close()


def _body(answer: httpx.Response) -> bytes:
    found = bytearray()
    # Unpacked as it comes, so that a small answer can't unfold into a large one unseen.
    for piece in answer.iter_bytes(1 << 16):
        found += piece
        if len(found) > MOST_BYTES:
            raise CannotFetch(f"内容超过{MOST_BYTES // 1024 // 1024} MB")
    return bytes(found)
