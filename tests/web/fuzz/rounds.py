"""Rounds of requests in a fixed order, all chosen by one seed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from .fuzzer import SLOW, Fuzzer
from .routes import routes
from .scene import Scene, sign_in
from .sending import Errors


def begin(scene: Scene, seed: int, ear: Errors, **options: object) -> Fuzzer:
    """Everybody signs in and looks at every page."""
    sign_in(scene)
    fuzzer = Fuzzer(scene, Random(seed), ear, **options)  # type: ignore[arg-type]
    for role in sorted(scene.clients):
        fuzzer.crawl(role)
    return fuzzer


def addresses(fuzzer: Fuzzer, times: int) -> None:
    """Hostile paths, queries and requests, so many of each at every route."""
    kinds: dict[str, Callable] = {"path": fuzzer.odd_path, "query": fuzzer.odd_query, "request": fuzzer.odd_request}  # type: ignore[type-arg]
    for _ in range(times):
        for route in routes():
            for kind, make in kinds.items():
                fuzzer.send_alone(kind, make(route))


def forms(fuzzer: Fuzzer, times: int, slow: int) -> None:
    """Every kind of form, so many times; those behind which a worker process reads, `slow` times."""
    for number in range(times):
        for role, form in fuzzer.chosen_forms():
            if number < slow or form.action.strip("/") + "/" not in SLOW or form.method == "GET":
                fuzzer.submit(form, role)
