"""`follow_pages`: makes document pages ahead for as long as the service runs, in slices with pauses."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from gongkai.web.portal.ahead import Ahead
from gongkai.web.portal.turns import turn

SLICE_SECONDS = 0.5
LOOK_SECONDS = 2.0
LONGEST_PAUSE_SECONDS = 60.0
NICENESS = 10
"""Not the most: on a busy machine it would sleep for seconds while it holds a lock that writers wait for."""
log = logging.getLogger(__name__)


class Command(BaseCommand):
    """One of the processes of `gongkai serve` (ADR 0083). It takes what the other processes leave of the machine, and of that a share."""

    help = "持续预先生成信息页面，直到被要求停止；只用空闲的处理器时间。由gongkai serve启动。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Until SIGTERM or SIGINT. Switched off it waits: who ends is started again."""
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        os.nice(NICENESS)
        share = settings.ENV.pages_ahead if settings.ENV.kept_pages_mb else 0
        if share:
            follow(stop, share)
        else:
            self.stdout.write("没有开启预先生成页面（GONGKAI_PAGES_AHEAD或GONGKAI_KEPT_PAGES_MB为0）。")
            stop.wait()


def follow(stop: threading.Event, share: int) -> None:
    """Slice after slice in its turn, with pauses so long that the work takes `share` percent of the time."""
    ahead, failed = Ahead(), 0
    while not stop.is_set():
        close_old_connections()
        began = time.monotonic()
        try:
            with turn() as mine:
                more = mine and ahead.slice(SLICE_SECONDS)
            failed = 0
        except Exception:  # a full disk or a lost database passes
            log.exception("Document pages could not be made ahead")
            more, failed = False, failed + 1
        took = time.monotonic() - began
        stop.wait(took * (100 - share) / share if more else min(LONGEST_PAUSE_SECONDS, LOOK_SECONDS * 2**failed))
