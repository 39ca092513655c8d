"""`/health/live`: the process answers. `/health/ready`: the database answers and is migrated, the data folder can be written to."""

from __future__ import annotations

import os

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from . import disk

REMEDIES = {
    "unreachable": "请确认数据库服务已启动。",
    "not_migrated": "请用gongkai serve重新启动，或运行python -I -m gongkai.web prepare。",
    "not_writable": "请核对数据目录的权限。",
    "short": f"磁盘空间不足，只能查看，不能提交。{disk.REMEDY}",
}


def live(request: HttpRequest) -> JsonResponse:
    """Always 200 while the process can answer."""
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    """200, or 503 with the parts that are not ready and what to do. Names states only: the page is public."""
    parts = {
        "database": _database(),
        "data_folder": "ok" if os.access(settings.ENV.data, os.W_OK) else "not_writable",
        "disk": _disk(),
    }
    wrong = [state for state in parts.values() if state != "ok"]
    if not wrong:
        return JsonResponse({"status": "ok", **parts})
    remedy = "".join(REMEDIES[state] for state in wrong)
    return JsonResponse({"status": "not_ready", **parts, "remedy": remedy}, status=503)


def _disk() -> str:
    try:
        return "short" if disk.short() else "ok"
    except OSError:
        return "not_writable"


def _database() -> str:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "unreachable"
    return "not_migrated" if waiting else "ok"
