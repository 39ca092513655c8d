"""`rebuild_search`: build the index anew while the old one goes on answering."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand

from gongkai.web.search.engines import engine, folder
from gongkai.web.search.indexing import Indexer


class Command(BaseCommand):
    """When the service is running it holds the index, and is asked to do it."""

    help = "重建检索索引。重建期间检索照常；服务正在运行时，由服务在后台重建。退出码：0完成或已交给服务，1失败。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Here, or by the follower."""
        if not engine().claim():
            place = folder()
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            (place / "rebuild-wanted").touch()
            self.stdout.write("服务正在运行，已请它在后台重建检索索引。")
            return
        begun = time.monotonic()
        try:
            count = Indexer(engine()).rebuild()
        finally:
            engine().close()
        self.stdout.write(f"检索索引已重建：{count}篇，用时{time.monotonic() - begun:.1f}秒。")
