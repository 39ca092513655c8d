"""Gives each request its number, times it, counts it and writes one log line."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from gongkai.web.house import metrics
from gongkai.web.house.request_id import new_request_id
from gongkai.web.house.secret_paths import masked

log = logging.getLogger("gongkai.web.request")
PROBES = frozenset({"live", "ready", "metrics"})


class RequestLog:
    """Outermost middleware. The query string stays out of the log: it may hold what people search for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; its number goes back as X-Request-ID."""
        number = new_request_id()
        started = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - started
        match = getattr(request, "resolver_match", None)
        view = match.view_name if match else "none"
        response["X-Request-ID"] = number
        metrics.count_request(request.method or "", view, response.status_code, seconds)
        # Not request.user: that would ask the database, and a line of the log must not break the answer.
        actor = getattr(request, "actor", None)
        user = actor.user if actor is not None else None
        extra = {"method": request.method, "path": masked(request.path), "status": response.status_code, "view": view}
        extra |= {"ms": round(seconds * 1000, 1), "user": getattr(user, "pk", None)}
        # Probes come every few seconds; one that succeeds is not worth a line.
        probe = view in PROBES and response.status_code < 400
        log.log(logging.DEBUG if probe else logging.INFO, "request", extra=extra)
        return response
