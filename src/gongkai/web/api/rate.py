"""How often one address may ask: GONGKAI_API_RATE a minute, counted by all processes of the machine together (ADR 0097)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from gongkai.web.house.address import client_address, household

from .visits import visits

SECONDS = 60
MOST_ADDRESSES = 50_000


class Window:
    """Counts of the present minute in this process. All are forgotten when the minute ends, so the store stays small."""

    def __init__(self) -> None:
        self._lock, self._minute, self._counts = threading.Lock(), 0, dict[str, int]()

    def count(self, address: str, now: float) -> int:
        """Note one request and give how many there were in this minute."""
        with self._lock:
            if self._minute != int(now) // SECONDS or len(self._counts) > MOST_ADDRESSES:
                self._minute, self._counts = int(now) // SECONDS, {}
            self._counts[address] = self._counts.get(address, 0) + 1
            return self._counts[address]


window = Window()


def over(address: str, most: int, now: float) -> bool:
    """Count one request of `address`. Who had enough from this process alone is refused without asking the file."""
    return window.count(address, now) > most or visits().count(address, int(now) // SECONDS) > most


def limited(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Decorator: 429 with Retry-After beyond the limit; every answer may be read from any page (CORS)."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        most, now = settings.ENV.api_rate, time.time()
        found: HttpResponseBase
        if most and over(household(client_address(request)), most, now):
            wait = SECONDS - int(now) % SECONDS
            found = JsonResponse({"detail": f"请求太频繁：每分钟最多{most}次，请{wait}秒后再试。"}, status=429)
            found["Retry-After"] = str(wait)
        else:
            found = view(request, *args, **kwargs)
        found["Access-Control-Allow-Origin"] = "*"
        return found

    return answer
