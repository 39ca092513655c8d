"""Reading a site as a polite guest: its robots.txt is obeyed, and there is a pause between two requests."""

from __future__ import annotations

import time
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from gongkai.web.house.plain_text import plain

from .guard import AGENT, CannotFetch, Fetched, Guard

LONGEST_PAUSE = 60.0
# What robots.txt may say at most (RFC 9309, 2.5 asks for 500 KiB at least).
_MOST_RULES = 512 * 1024


class Memory:
    """What is remembered of sites, by scheme and host; this one lasts as long as the process."""

    def __init__(self) -> None:
        self._asked: dict[str, float] = {}
        self._robots: dict[str, str] = {}

    def asked(self, site: str) -> float:
        """When it was last asked: epoch seconds; 0: never."""
        return self._asked.get(site, 0.0)

    def ask(self, site: str) -> None:
        """It is being asked now."""
        self._asked[site] = time.time()

    def robots(self, site: str) -> str | None:
        """Its rules as text, "" when it has none; None when they must be read."""
        return self._robots.get(site)

    def keep(self, site: str, robots: str) -> None:
        """These are its rules."""
        self._robots[site] = robots


class Guest:
    """`seconds` between two requests to one host; a longer Crawl-delay of the site wins. `taken`: bytes read so far."""

    def __init__(self, guard: Guard, seconds: float, memory: Memory | None = None) -> None:
        self._guard, self._seconds = guard, seconds
        self._memory = Memory() if memory is None else memory
        self._parsed: dict[str, RobotFileParser | None] = {}
        self.taken = 0

    def get(self, address: str) -> Fetched:
        """The answer with status 200. Raises CannotFetch, also for what robots.txt forbids."""
        site = site_of(address)
        rules = self.rules(site)
        if rules is None:
            raise CannotFetch("网站的robots.txt暂时读不出，按规则不读取", later=True)
        if not rules.can_fetch(AGENT, address):
            raise CannotFetch("网站的robots.txt不允许读取")
        got = self._wait_and_get(site, address, self.pause(site))
        if got.status != 200:
            raise CannotFetch(
                f"网站没有给出这个页面（状态码{got.status}）", later=got.status >= 500 or got.status == 429
            )
        landed = urlsplit(got.address)
        if f"{landed.scheme}://{landed.netloc}" != site:
            raise CannotFetch(f"网页转到了另一个网站（{landed.netloc}）")
        return got

    def pause(self, site: str) -> float:
        """Seconds between two requests to this site."""
        rules = self.rules(site)
        delay = float(rules.crawl_delay(AGENT) or 0) if rules is not None else 0.0
        return min(max(self._seconds, delay), LONGEST_PAUSE)

    def left(self, site: str, pause: float) -> float:
        """Seconds until it may be asked again."""
        # A clock that was set back must not make anybody wait for years.
        return min(max(self._memory.asked(site) + pause - time.time(), 0.0), pause)

    def _wait_and_get(self, site: str, address: str, pause: float) -> Fetched:
        left = self.left(site, pause)
        if left > 0:
            time.sleep(left)
        self._memory.ask(site)
        try:
            got = self._guard.get(address)
            self.taken += len(got.data)
            return got
        finally:
            self._memory.ask(site)

    def rules(self, site: str) -> RobotFileParser | None:
        """None when the site has rules that can't be had now (RFC 9309, 2.3.1.4): then nothing may be read.

        Raises CannotFetch when the site may not be asked at all.
        """
        if site not in self._parsed:
            text = self._memory.robots(site)
            if text is None:
                text = self._ask_for_rules(site)
                if text is not None:
                    self._memory.keep(site, text)
            self._parsed[site] = None if text is None else _parsed(text)
        return self._parsed[site]

    def _ask_for_rules(self, site: str) -> str | None:
        try:
            got = self._wait_and_get(site, f"{site}/robots.txt", self._seconds)
        except CannotFetch as error:
            if not error.later:
                raise
            return None
        if got.status >= 500:
            return None
        return plain(got.data[:_MOST_RULES].decode("utf-8", "replace")) if got.status == 200 else ""


def site_of(address: str) -> str:
    """Scheme and host of an address. Raises CannotFetch."""
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise CannotFetch("网址写法有误") from error
    return f"{parts.scheme}://{parts.netloc}"


def _parsed(text: str) -> RobotFileParser:
    rules = RobotFileParser()
    rules.parse(text.splitlines())
    return rules
