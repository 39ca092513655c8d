"""How often one address may do a thing, counted by all processes of the machine together (ADR 0097).

Each minute (or whatever the window is) begins at nothing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from .address import client_address, household
from .error_pages import ErrorPage, page
from .visits import visits

MOST_ADDRESSES = 50_000


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `most` of `name` in `seconds`; 0 sets no limit. `what` is its name in words, as in “检索”."""

    name: str
    what: str
    most: int
    seconds: int = 60

    def words(self, wait: int) -> ErrorPage:
        """429"""
        within = "每分钟" if self.seconds == 60 else f"{self.seconds // 60}分钟内"
        what = f"来自同一网络地址的{self.what}，{within}最多{self.most}次。"
        return ErrorPage(429, f"{self.what}太频繁", what, f"请{wait}秒后再试。", wait=wait)


class Window:
    """Counts of this process until their windows end, so that most who had enough are refused without asking the file."""

    def __init__(self) -> None:
        self._lock, self._counts = threading.Lock(), dict[str, tuple[int, int]]()

    def count(self, key: str, until: int) -> int:
        """Note one and give how many there were in the window that ends then."""
        with self._lock:
            if len(self._counts) > MOST_ADDRESSES:
                self._counts = {}
            end, before = self._counts.get(key, (until, 0))
            found = before + 1 if end == until else 1
            self._counts[key] = until, found
            return found


window = Window()


def wait(rate: Rate, address: str) -> int:
    """Count one of `address`; 0 when it may, else the seconds until it may again. A household's IPv6 network counts as one."""
    if not rate.most:
        return 0
    now = int(time.time())
    until = now - now % rate.seconds + rate.seconds
    key = f"{rate.name} {household(address)}"
    over = window.count(key, until) > rate.most or visits().count(key, now, until) > rate.most
    return until - now if over else 0


def limited(of: Callable[[], Rate]) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Decorator of a view: the page, or under /api/ the JSON, that says when to come again."""

    def mark(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            rate = of()
            seconds = wait(rate, client_address(request))
            return page(request, rate.words(seconds)) if seconds else view(request, *args, **kwargs)

        return answer

    return mark
