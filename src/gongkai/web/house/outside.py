"""Which addresses elsewhere may be asked: nobody looks into our own network through us.

Only http and https on their own ports, without passwords; a name is resolved once, every answer must be a public
address, and the caller connects to the address that was judged, so that a name cannot change its answer in between.
Hosts that the operator allows may lie inside. Every redirection is judged anew by the caller.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection
from enum import Enum
from urllib.parse import SplitResult, urljoin, urlsplit

PORTS = {"http": 80, "https": 443}
REDIRECTIONS = (301, 302, 303, 307, 308)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Of the IANA special-purpose registries (v4 and v6) what is not reachable everywhere; written out, because what the standard library knows
# of them differs between versions of Python. What stands there as reachable (AS112, anycast of one service) is no site either.
_SPECIAL = tuple(ipaddress.ip_network(one) for one in (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
    "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
    "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    "::/96", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20", "5f00::/16",
    "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
))  # fmt: skip


class Fault(Enum):
    """Why an address is not asked; each caller has its own words for its own readers."""

    WRITTEN = "written"
    SCHEME = "scheme"
    PASSWORD = "password"  # noqa: S105 - no password, the fault of having one
    PORT = "port"
    UNKNOWN = "unknown"
    INSIDE = "inside"


class NotAsked(Exception):  # noqa: N818 - a verdict on an address, not a fault of the program
    """The address may not be asked."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def parts_of(address: str, allowed: Collection[str] = ()) -> SplitResult:
    """The parts of an address that may be asked as far as its writing goes. Raises NotAsked."""
    try:
        parts = urlsplit(address.strip())
        port, host = parts.port, parts.hostname or ""
    except ValueError as error:
        raise NotAsked(Fault.WRITTEN) from error
    if parts.scheme not in PORTS or not host:
        raise NotAsked(Fault.SCHEME)
    if parts.username is not None or parts.password is not None:
        raise NotAsked(Fault.PASSWORD)
    if port not in (None, PORTS[parts.scheme]) and not _is_allowed(host, port, allowed):
        raise NotAsked(Fault.PORT)
    return parts


def onward(address: str, to: str) -> str:
    """Where a redirection leads. Raises NotAsked."""
    try:
        return urljoin(address, to)
    except ValueError as error:
        raise NotAsked(Fault.WRITTEN) from error


def pinned(host: str, port: int, allowed: Collection[str] = ()) -> str:
    """The IP address to connect to, IPv4 before IPv6. Raises NotAsked unless every address of the name is public."""
    try:
        entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, ValueError) as error:  # ValueError: what IDNA or the resolver cannot take as a name
        raise NotAsked(Fault.UNKNOWN) from error
    found = [str(entry[4][0]) for entry in entries]
    if not found:
        raise NotAsked(Fault.UNKNOWN)
    if not _is_allowed(host, port, allowed) and not all(map(is_public, found)):
        raise NotAsked(Fault.INSIDE)
    return min(found, key=lambda one: ":" in one)


def is_public(text: str) -> bool:
    """Whether an IP address is one of the public internet; one that carries an IPv4 address inside is judged by that."""
    address = ipaddress.ip_address(text.split("%", maxsplit=1)[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.teredo or tuple(filter(None, (address.ipv4_mapped, address.sixtofour)))
        if address in _NAT64:
            inner = (ipaddress.IPv4Address(int(address) & 0xFFFFFFFF),)
        if inner:
            return all(is_public(str(one)) for one in inner)
    return address.is_global and not any(address in network for network in _SPECIAL)


def _is_allowed(host: str, port: int | None, allowed: Collection[str]) -> bool:
    return host in allowed or f"{host}:{port}" in allowed
