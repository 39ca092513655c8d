"""`check_search`: compare the index with the database, document by document."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from gongkai.web.search.checking import compare
from gongkai.web.search.engine import Unavailable
from gongkai.web.search.engines import engine
from gongkai.web.search.indexing import note

SHOWN = 20


class Command(BaseCommand):
    """What waits to be indexed is no difference."""

    help = "比对检索索引与数据库。退出码：0一致，1不一致或没有索引。"

    def add_arguments(self, parser: Any) -> None:
        """`--repair`: have what differs indexed again."""
        parser.add_argument("--repair", action="store_true", help="把不一致的内容交给索引进程重新处理。")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, tell, and note what differs when asked to."""
        try:
            found = compare(engine())
        except Unavailable as error:
            self.stderr.write(str(error))
            sys.exit(1)
        self.stdout.write(f"应在索引中{found.expected}篇，等待更新{found.waiting}篇。")
        for title, ids in (("缺少", found.missing), ("多出", found.extra), ("过时", found.stale)):
            if ids:
                shown = "、".join(ids[:SHOWN])
                self.stdout.write(f"{title}{len(ids)}篇：{shown}{'等' if len(ids) > SHOWN else ''}")
        if options["repair"]:
            for label, keys in found.keys().items():
                note(label, keys)
        if found.keys():
            sys.exit(1)
        self.stdout.write("检索索引与数据库一致。")
