"""Background work of this room: addresses elsewhere are asked whether they answer."""

from __future__ import annotations

import ssl
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import httpx
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from .checks.outside import Forbidden, guarded
from .models import LinkCheck

FRESH = timedelta(hours=12)
REDIRECTS = 4
_TIMEOUT = httpx.Timeout(8.0, connect=5.0)
_GONE = {404, 410}


@task()
def check_links(addresses: list[str]) -> None:
    """Ask each address once and keep what it said. Running it again within FRESH changes nothing."""
    known = LinkCheck.objects.filter(Q(address__in=addresses), checked_at__gt=timezone.now() - FRESH)
    fresh = set(known.values_list("address", flat=True))
    for address in dict.fromkeys(addresses):
        if address not in fresh and len(address) <= 600:
            fault = ask(address)
            LinkCheck.objects.update_or_create(
                address=address, defaults={"fault": fault, "checked_at": timezone.now()}
            )


def ask(address: str) -> str:
    """What is wrong with `address`; empty when it answers, or says no for reasons of its own (403, 503 …)."""
    try:
        with httpx.Client(timeout=_TIMEOUT, follow_redirects=False, trust_env=False) as client:
            for _ in range(REDIRECTS + 1):
                to, headers, name = guarded(address)
                with client.stream("GET", to, headers=headers, extensions={"sni_hostname": name}) as answer:
                    status, onward = answer.status_code, answer.headers.get("Location")
                if status in {301, 302, 303, 307, 308} and onward:
                    address = urljoin(address, onward)
                    continue
                return f"对方网站说页面不存在（状态码{status}）" if status in _GONE else ""
        return f"转向超过{REDIRECTS}次"
    except Forbidden as error:
        return str(error)
    except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError, ValueError):
        return f"连不上{urlsplit(address).hostname or '对方网站'}"
