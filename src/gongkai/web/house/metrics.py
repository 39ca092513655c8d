"""Counts for the monitoring system, in the Prometheus text form."""

from __future__ import annotations

import ipaddress
import os

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from . import disk
from .address import client_address

REQUESTS = Counter("gongkai_requests", "Answered requests", ["method", "view", "status"])
SECONDS = Histogram(
    "gongkai_request_seconds",
    "Time to answer a request",
    ["view"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
METHODS = {"GET", "HEAD", "POST", "OPTIONS"}


def count_request(method: str, view: str, status: int, seconds: float) -> None:
    """Count one answer. Unknown methods share a label, so that a client cannot grow the table."""
    REQUESTS.labels(method if method in METHODS else "other", view, str(status)).inc()
    SECONDS.labels(view).observe(seconds)


def show(request: HttpRequest) -> HttpResponse:
    """`/metrics`, for the addresses in GONGKAI_METRICS_FROM only; for others it does not exist."""
    if not _allowed(client_address(request)):
        raise Http404
    text = generate_latest(_gathered()) + generate_latest(_of_the_database())
    return HttpResponse(text, content_type=CONTENT_TYPE_LATEST)


def _allowed(address: str) -> bool:
    return bool(address) and any(
        ipaddress.ip_address(address) in ipaddress.ip_network(network)
        for network in settings.ENV.metrics_from
    )


def _gathered() -> CollectorRegistry:
    """This process's counts, or those of all web processes when `gongkai serve` set a common folder."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


def _of_the_database() -> CollectorRegistry:
    from django.db.models import Count
    from django_tasks_db.models import DBTaskResult

    from gongkai.web.audit.models import AuditEvent

    registry = CollectorRegistry()
    tasks = Gauge("gongkai_tasks", "Background tasks by state", ["status"], registry=registry)
    for row in DBTaskResult.objects.order_by().values("status").annotate(n=Count("pk")):
        tasks.labels(str(row["status"]).lower()).set(row["n"])
    Gauge("gongkai_disk_free_bytes", "Room left on the disk of the data folder", registry=registry).set(disk.free())
    newest = AuditEvent.objects.order_by("-number").values_list("number", flat=True).first()
    Gauge("gongkai_audit_events", "Events in the audit chain", registry=registry).set(newest or 0)
    return registry
