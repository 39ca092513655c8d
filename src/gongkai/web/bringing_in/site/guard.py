"""Asking for a page without letting anyone reach into our own network through us.

The name is resolved once, every answer must be a public address unless the operator allowed that host, and the
connection goes to the address that was judged. Redirections are followed one by one, each judged again.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx

AGENT = "gongkai-import/1.0"
REDIRECTS = 5
MOST_BYTES = 60 * 1024 * 1024
_PORTS = {"http": 80, "https": 443}
_TIMES = httpx.Timeout(20, connect=10)


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
        self._client = httpx.Client(timeout=_TIMES, trust_env=False, follow_redirects=False)

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def get(self, address: str) -> Fetched:
        """The answer at `address`, whatever its status; redirections followed within the same rules. Raises CannotFetch."""
        for _ in range(REDIRECTS + 1):
            got, onward = self._once(address)
            if onward is None:
                return got
            address = urljoin(address, onward)
        raise CannotFetch(f"转了{REDIRECTS}次以上还没有到")

    def _once(self, address: str) -> tuple[Fetched, str | None]:
        url = self._judged(address)
        pinned = url.copy_with(host=self._pinned(url))
        self._client.cookies.clear()
        headers = {"Host": url.netloc.decode("ascii"), "User-Agent": AGENT}
        try:
            request = self._client.build_request(
                "GET", pinned, headers=headers, extensions={"sni_hostname": url.host}
            )
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
            raise CannotFetch(f"没有连上或中断（{type(error).__name__}）", later=True) from error

    def _judged(self, address: str) -> httpx.URL:
        try:
            url = httpx.URL(address)
            parts = urlsplit(address)
        except (httpx.InvalidURL, ValueError) as error:
            raise CannotFetch("网址写法有误") from error
        if url.scheme not in _PORTS or not url.host:
            raise CannotFetch("不是http或https网址")
        if parts.username or parts.password:
            raise CannotFetch("网址带有用户名或密码")
        if url.port not in {None, _PORTS[url.scheme]} and not self._is_allowed(url):
            raise CannotFetch("不是标准端口；如确需读取请用--allow-host允许")
        return url

    def _is_allowed(self, url: httpx.URL) -> bool:
        return url.host in self._allowed or f"{url.host}:{url.port}" in self._allowed

    def _pinned(self, url: httpx.URL) -> str:
        try:
            entries = socket.getaddrinfo(url.host, url.port or _PORTS[url.scheme], type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise CannotFetch("找不到这个网站", later=True) from error
        found = [str(entry[4][0]) for entry in entries]
        if not self._is_allowed(url) and not all(map(is_public, found)):
            raise CannotFetch("不在公众互联网上；如确需读取请用--allow-host允许")
        return found[0]


def is_public(text: str) -> bool:
    """Whether an IP address is one of the public internet; those that carry another inside are judged by that one."""
    address = ipaddress.ip_address(text.split("%", maxsplit=1)[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and address in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return address.is_global and not address.is_multicast and not address.is_reserved


def _body(answer: httpx.Response) -> bytes:
    found = bytearray()
    # Unpacked as it comes, so that a small answer can't unfold into a large one unseen.
    for piece in answer.iter_bytes(1 << 16):
        found += piece
        if len(found) > MOST_BYTES:
            raise CannotFetch(f"内容超过{MOST_BYTES // 1024 // 1024} MB")
    return bytes(found)
