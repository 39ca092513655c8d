"""Asking a server for pages as fast as it answers: wrk, or Python threads where there is no wrk."""

from __future__ import annotations

import http.client
import random
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from math import gcd
from pathlib import Path

WARM_SECONDS = 2


@dataclass(frozen=True)
class Kind:
    """Addresses `<before><number><after>` with `count` numbers from `first` on; without a count `before` alone.

    `no_repeats`: each number at most once (until all were asked for), in an order that has nothing to do with theirs.
    """

    before: str
    first: int = 0
    count: int = 0
    after: str = ""
    no_repeats: bool = False

    def once(self) -> Kind:
        """The same, no address twice."""
        return replace(self, no_repeats=True)

    @property
    def stride(self) -> int:
        """Steps of this length meet every number before any comes again."""
        step = int(self.count * 0.618) | 1
        while gcd(step, self.count) > 1:
            step += 2
        return step

    def address(self, number: int) -> str:
        """Of the number-th page."""
        return f"{self.before}{self.first + number}{self.after}" if self.count else self.before

    def picker(self, seed: int) -> Callable[[], str]:
        """Gives one address after the other; `seed` also says which part of the order is walked."""
        chance, place = random.Random(seed), seed * (self.count // 16)

        def pick() -> str:
            nonlocal place
            if not self.count:
                return self.before
            place += 1
            return self.address(place * self.stride % self.count if self.no_repeats else chance.randrange(self.count))

        return pick


@dataclass(frozen=True)
class Measured:
    """Pages a second, percentiles of the time of an answer in ms, bytes of a page."""

    rate: float
    p50: float
    p95: float
    p99: float
    bytes: int


def measure(port: int, kind: Kind, seconds: int, clients: int, client: str) -> Measured:
    """After a warm-up."""
    size = len(fetch(port, kind.address(0)))
    return _with_wrk(port, kind, seconds, clients, size) if client == "wrk" else _with_threads(port, kind, seconds, clients, size)


def fetch(port: int, path: str, seconds: float = 60) -> bytes:
    """One page; OSError while nobody listens."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{answer.status} for {path} on port {port}")
    return body


# {place} is where the walk begins: the warm-up takes another part of the order than the measure.
_LUA = """
local place = {place}
math.randomseed({seed})
request = function()
  local number = math.random(0, {count} - 1)
  if {no_repeats} then place = place + 1; number = (place * {stride}) % {count} end
  return wrk.format("GET", "{before}" .. string.format("%d", {first} + number) .. "{after}")
end
"""
_PLAIN = 'request = function() return wrk.format("GET", "{before}") end\n'
_DONE = """
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d %d\\n", summary.requests, summary.duration, e.status + e.connect + e.read + e.timeout,
    latency:percentile(50), latency:percentile(95), latency:percentile(99)))
end
"""


def _with_wrk(port: int, kind: Kind, seconds: int, clients: int, size: int) -> Measured:
    _wrk(port, kind, WARM_SECONDS, clients, seed=1, place=kind.count // 2)
    requests, micro, errors, p50, p95, p99 = _wrk(port, kind, seconds, clients, seed=2, place=0)
    if errors:
        raise RuntimeError(f"{errors} failed answers on port {port}")
    return Measured(requests / (micro / 1e6), p50 / 1000, p95 / 1000, p99 / 1000, size)


def _wrk(port: int, kind: Kind, seconds: int, clients: int, seed: int, place: int) -> list[int]:
    facts = {"place": place, "seed": seed, "count": kind.count, "first": kind.first, "before": kind.before, "after": kind.after}
    facts |= {"stride": kind.stride if kind.count else 0, "no_repeats": str(kind.no_repeats).lower()}
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "pick.lua"
        script.write_text((_LUA if kind.count else _PLAIN).format(**facts) + _DONE)
        command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "60s", "-s", str(script), f"http://127.0.0.1:{port}/"]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    line = next(one for one in printed.splitlines() if one.startswith("RESULT "))
    return [int(word) for word in line.split()[1:]]


def _with_threads(port: int, kind: Kind, seconds: int, clients: int, size: int) -> Measured:
    times: list[float] = []
    start = time.perf_counter() + WARM_SECONDS
    end = start + seconds

    def client(number: int) -> None:
        pick, connection = kind.picker(number), http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while (began := time.perf_counter()) < end:
            connection.request("GET", pick())
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{answer.status} on port {port}")
            if began >= start:
                times.append(time.perf_counter() - began)

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(times) < 2:
        raise RuntimeError("no answer in time")
    cuts = statistics.quantiles(times, n=100)
    return Measured(len(times) / seconds, cuts[49] * 1000, cuts[94] * 1000, cuts[98] * 1000, size)
