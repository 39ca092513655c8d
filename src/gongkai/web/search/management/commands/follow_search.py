"""`follow_search`: keep the index up to the database, for as long as the service runs."""

from __future__ import annotations

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from gongkai.web.house import disk
from gongkai.web.search.engines import engine, folder
from gongkai.web.search.indexing import Indexer

PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 60.0
LOOK_FOR_ROOM_SECONDS = 2.0
log = logging.getLogger(__name__)


class Command(BaseCommand):
    """One of the processes of `gongkai serve` (ADR 0067)."""

    help = "持续把数据库的变化更新到检索索引，直到被要求停止。由gongkai serve启动。"

    def add_arguments(self, parser: Any) -> None:
        """`--once`: what waits now, and end."""
        parser.add_argument("--once", action="store_true", help="处理完现有变化就退出。")

    def handle(self, *args: Any, **options: Any) -> None:
        """Until SIGTERM or SIGINT."""
        stop = threading.Event()
        if not options["once"]:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: stop.set())
        while not engine().claim():
            if options["once"] or stop.wait(PAUSE_SECONDS):
                self.stdout.write("检索索引正由另一个进程维护。")
                return
        try:
            self._follow(Indexer(engine()), stop, bool(options["once"]))
        finally:
            engine().close()

    def _follow(self, indexer: Indexer, stop: threading.Event, once: bool) -> None:
        pause = PAUSE_SECONDS
        while not stop.is_set():
            close_old_connections()
            if not once and disk.short():  # what room is left is for others
                stop.wait(LOOK_FOR_ROOM_SECONDS)
                continue
            try:
                _rebuild_when_needed(indexer)
                done = indexer.apply()
                pause = PAUSE_SECONDS
            except Exception:  # a full disk or a lost database passes; the notes wait, and so does the follower
                log.exception("The index could not be brought up to date")
                if once:
                    raise
                done, pause = 0, min(LONGEST_PAUSE_SECONDS, pause * 2)
            if not done:
                if once:
                    return
                stop.wait(pause)


def _rebuild_when_needed(indexer: Indexer) -> None:
    wanted = folder() / "rebuild-wanted"
    if not (indexer.engine.health().problem or wanted.exists()):
        return
    wanted.unlink(missing_ok=True)
    count = indexer.rebuild()
    log.info("The index was rebuilt with %s documents", count)
