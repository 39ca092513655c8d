"""Reading a site as a polite guest: its robots.txt is obeyed, and there is a pause between two requests."""

from __future__ import annotations

import time
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from .guard import AGENT, CannotFetch, Fetched, Guard

LONGEST_PAUSE = 60.0


class Guest:
    """`seconds` between two requests to one host; a longer Crawl-delay of the site wins."""

    def __init__(self, guard: Guard, seconds: float) -> None:
        self._guard, self._seconds = guard, seconds
        self._robots: dict[str, RobotFileParser | None] = {}
        self._last: dict[str, float] = {}

    def get(self, address: str) -> Fetched:
        """The answer with status 200. Raises CannotFetch, also for what robots.txt forbids."""
        try:
            parts = urlsplit(address)
        except ValueError as error:
            raise CannotFetch("网址写法有误") from error
        site = f"{parts.scheme}://{parts.netloc}"
        rules = self._rules(site)
        if rules is None:
            raise CannotFetch("网站的robots.txt暂时读不出，按规则不读取", later=True)
        if not rules.can_fetch(AGENT, address):
            raise CannotFetch("网站的robots.txt不允许读取")
        delay = float(rules.crawl_delay(AGENT) or 0)
        got = self._wait_and_get(site, address, min(max(self._seconds, delay), LONGEST_PAUSE))
        if got.status != 200:
            raise CannotFetch(
                f"网站没有给出这个页面（状态码{got.status}）", later=got.status >= 500 or got.status == 429
            )
        landed = urlsplit(got.address)
        if f"{landed.scheme}://{landed.netloc}" != site:
            raise CannotFetch(f"网页转到了另一个网站（{landed.netloc}）")
        return got

    def _wait_and_get(self, site: str, address: str, pause: float) -> Fetched:
        left = self._last.get(site, float("-inf")) + pause - time.monotonic()
        if left > 0:
            time.sleep(left)
        try:
            return self._guard.get(address)
        finally:
            self._last[site] = time.monotonic()

    def _rules(self, site: str) -> RobotFileParser | None:
        """None when the site has rules that can't be had now (RFC 9309, 2.3.1.4): then nothing may be read."""
        if site not in self._robots:
            rules: RobotFileParser | None = RobotFileParser()
            try:
                got = self._wait_and_get(site, f"{site}/robots.txt", self._seconds)
                if got.status >= 500:
                    rules = None
                elif rules is not None:
                    rules.parse(got.data.decode("utf-8", "replace").splitlines() if got.status == 200 else [])
            except CannotFetch as error:
                if not error.later:
                    raise
                rules = None
            self._robots[site] = rules
        return self._robots[site]
