"""The library's worker, which a full disk neither kills nor robs of its tasks (ADR 0109)."""

from __future__ import annotations

import logging
import time

from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from . import disk
from .interrupted import MOST_STARTS

LOOK_SECONDS = 2.0
log = logging.getLogger(__name__)


class PatientWorker(Worker):  # type: ignore[misc]
    """Begins a task only where there is room; one that ran into the full disk is run again."""

    def run_task(self, db_task_result: DBTaskResult) -> None:
        """Told to stop while it waits, it ends at once: the task is then put back when a worker starts."""
        wait_for_room()
        super().run_task(db_task_result)
        if db_task_result.status == "FAILED" and disk.short() and len(db_task_result.worker_ids) < MOST_STARTS:
            log.warning("task %s ran into a full disk and is put back", db_task_result.id)
            DBTaskResult.objects.filter(pk=db_task_result.pk, status="FAILED").update(
                status="READY", started_at=None, finished_at=None, exception_class_path="", traceback=""
            )


def wait_for_room() -> None:
    """Until there is, without a word a second time."""
    told = False
    while disk.short():
        if not told:
            log.warning("磁盘空间不足，后台任务暂停。%s", disk.REMEDY)
        told = True
        time.sleep(LOOK_SECONDS)
