"""Asking an address elsewhere without letting anyone look into our own network through us.

The name is resolved once, every answer must be a public address, and the connection goes to the address that was
judged, with the name in Host and TLS: a name cannot change its answer in between.
"""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit, urlunsplit

_PORTS = {"http": 80, "https": 443}


class Forbidden(Exception):  # noqa: N818 - a verdict on an address
    """The address may not be asked; the message (Chinese) says why."""


def guarded(address: str) -> tuple[str, dict[str, str], str]:
    """(address with the judged IP, headers, host name). Raises Forbidden, OSError when the name is unknown."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme not in _PORTS or not host or parts.username or parts.password:
        raise Forbidden("网址写法有误")
    if parts.port not in (None, _PORTS[parts.scheme]):
        raise Forbidden("网址用了不常用的端口")
    found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, _PORTS[parts.scheme], type=socket.SOCK_STREAM)}
    if not found or not all(is_public(one) for one in found):
        raise Forbidden("网址不在公众互联网上，公众打不开")
    judged = sorted(found, key=lambda one: ":" in one)[0]
    place = f"[{judged}]" if ":" in judged else judged
    return (
        urlunsplit((parts.scheme, place, parts.path or "/", parts.query, "")),
        {"Host": host, "User-Agent": "gongkai-links/1.0", "Range": "bytes=0-1023"},
        host,
    )


def is_public(text: str) -> bool:
    """Whether an IP address lies in the public internet; one that carries an IPv4 address inside is judged by that."""
    address = ipaddress.ip_address(text.split("%", maxsplit=1)[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and address in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return address.is_global and not address.is_multicast and not address.is_reserved
