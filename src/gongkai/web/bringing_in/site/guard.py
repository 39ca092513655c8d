"""Asking for a page without letting anyone reach into our own network through us.

What may be asked is judged by ``house.outside``, and the connection goes to the address that was judged. Redirections
are followed one by one, each judged again.
"""

from __future__ import annotations

from dataclasses import dataclass

import httpx

from gongkai.web.house.outside import PORTS, Fault, NotAsked, onward, parts_of, pinned

AGENT = "gongkai-import/1.0"
REDIRECTS = 5
MOST_BYTES = 60 * 1024 * 1024
_TIMES = httpx.Timeout(20, connect=10)
_WORDS = {
    Fault.WRITTEN: "网址写法有误",
    Fault.SCHEME: "不是http或https网址",
    Fault.PASSWORD: "网址带有用户名或密码",
    Fault.PORT: "不是标准端口；如确需读取请用--allow-host允许",
    Fault.UNKNOWN: "找不到这个网站",
    Fault.INSIDE: "不在公众互联网上；如确需读取请用--allow-host允许",
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
        self._client = httpx.Client(timeout=_TIMES, trust_env=False, follow_redirects=False)

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
        try:
            request = self._client.build_request(
                "GET", url.copy_with(host=judged), headers=headers, extensions={"sni_hostname": url.host}
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


def _body(answer: httpx.Response) -> bytes:
    found = bytearray()
    # Unpacked as it comes, so that a small answer can't unfold into a large one unseen.
    for piece in answer.iter_bytes(1 << 16):
        found += piece
        if len(found) > MOST_BYTES:
            raise CannotFetch(f"内容超过{MOST_BYTES // 1024 // 1024} MB")
    return bytes(found)
