"""`work`: the background worker as `gongkai serve` runs it: takes up interrupted tasks, then the queue."""

from __future__ import annotations

import logging
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError

from gongkai.web.house import causes
from gongkai.web.house.interrupted import at_work, put_back
from gongkai.web.house.worker import LOOK_SECONDS, PatientWorker, wait_for_room

log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Runs until it is told to stop; with --batch until the queue is empty."""

    help = "运行后台任务；先把上次被终止的进程没办完的任务放回队列。"

    def add_arguments(self, parser: CommandParser) -> None:
        """--batch"""
        parser.add_argument("--batch", action="store_true", help="办完队列中的任务就退出")

    def handle(self, *args: Any, **options: Any) -> None:
        """Put back, then work under an id that tells whether this process lives."""
        while not self._worked(options["batch"]):
            time.sleep(LOOK_SECONDS)
            wait_for_room()

    def _worked(self, batch: bool) -> bool:
        """Until it is done; False when the disk was full, or the database held by another: what it was at is put back by the next one."""
        try:
            with at_work() as name:
                put_back()
                worker = PatientWorker(
                    queue_names=["*"], excluded_queue_names=[], interval=1.0, batch=batch, backend_name="default",
                    startup_delay=not batch, max_tasks=None, worker_id=name,
                )  # fmt: skip
                worker.configure_signals()
                worker.run()
        except (OperationalError, OSError) as error:
            if batch or not (causes.is_full(error) or causes.is_busy(error)):
                raise
            log.warning("The worker begins again: %s", error)
            return False
        return True
