"""The address a request came from, seen through the proxies the operator says there are."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """An IP address, or "" when there is none."""
    return address_of(str(request.META.get("REMOTE_ADDR") or ""), str(request.META.get("HTTP_X_FORWARDED_FOR", "")))


def address_of(remote: str, forwarded: str) -> str:
    """Whom `remote` stands for. Only the last GONGKAI_PROXIES entries of X-Forwarded-For are believed: earlier ones are
    whatever the client wrote."""
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    proxies = settings.ENV.proxies
    if proxies and hops:
        remote = hops[-min(proxies, len(hops))]
    try:
        return str(ipaddress.ip_address(remote))
    except ValueError:
        return ""


def household(address: str) -> str:
    """What is counted as one: an IPv4 address, or the IPv6 network of one household; "unknown" for none."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(found) if found.version == 4 else str(ipaddress.ip_network(f"{found}/64", strict=False))
