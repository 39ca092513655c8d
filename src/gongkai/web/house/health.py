"""`/health/live`: the process answers. `/health/ready`: the database answers and is migrated, the data folder is writable."""

from __future__ import annotations

import os

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse


def live(request: HttpRequest) -> JsonResponse:
    """Always 200 while the process can answer."""
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    """200, or 503 with the parts that are not ready. Names states only: the page is public."""
    parts = {
        "database": _database(),
        "data_folder": "ok" if os.access(settings.ENV.data, os.W_OK) else "not_writable",
    }
    good = set(parts.values()) == {"ok"}
    return JsonResponse({"status": "ok" if good else "not_ready", **parts}, status=200 if good else 503)


def _database() -> str:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "unreachable"
    return "not_migrated" if waiting else "ok"
