"""`work`: the background worker as `gongkai serve` runs it: takes up interrupted tasks, then the queue."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from gongkai.web.house.interrupted import at_work, put_back


class Command(BaseCommand):
    """Runs until it is told to stop; with --batch until the queue is empty."""

    help = "运行后台任务；先把上次被终止的进程没办完的任务放回队列。"

    def add_arguments(self, parser: CommandParser) -> None:
        """--batch"""
        parser.add_argument("--batch", action="store_true", help="办完队列中的任务就退出")

    def handle(self, *args: Any, **options: Any) -> None:
        """Put back, then work under an id that tells whether this process lives."""
        with at_work() as name:
            put_back()
            call_command(
                "db_worker", queue_name="*", worker_id=name, batch=options["batch"],
                startup_delay=not options["batch"], reload=False,
            )  # fmt: skip
