"""What is sent to an address elsewhere, to see whether it answers (who may be asked: ``house.outside``)."""

from __future__ import annotations

from urllib.parse import urlunsplit

from gongkai.web.house.outside import PORTS, Fault, NotAsked, parts_of, pinned

WORDS = {
    Fault.WRITTEN: "网址写法有误",
    Fault.SCHEME: "网址写法有误",
    Fault.PASSWORD: "网址写法有误",
    Fault.PORT: "网址用了不常用的端口",
    Fault.UNKNOWN: "找不到这个网站",
    Fault.INSIDE: "网址不在公众互联网上，公众打不开",
}


class Forbidden(Exception):  # noqa: N818 - a verdict on an address
    """The address may not be asked; the message (Chinese) says why."""


def guarded(address: str) -> tuple[str, dict[str, str], str]:
    """(address with the judged IP, headers, host name). Raises Forbidden."""
    try:
        parts = parts_of(address)
        host = parts.hostname or ""
        judged = pinned(host, PORTS[parts.scheme])
        # What is sent is ASCII: 政府.中国 goes out as its xn-- form, as the resolver asked for it.
        name = host if host.isascii() else host.encode("idna").decode("ascii")
    except NotAsked as verdict:
        raise Forbidden(WORDS[verdict.fault]) from verdict
    return (
        urlunsplit((parts.scheme, _bracketed(judged), parts.path or "/", parts.query, "")),
        {"Host": _bracketed(name), "User-Agent": "gongkai-links/1.0", "Range": "bytes=0-1023"},
        name,
    )


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
