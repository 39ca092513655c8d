"""`keep_pages`: makes the document pages that are not kept yet or no longer right."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.web.portal.folding import fold
from gongkai.web.portal.kept import store
from gongkai.web.portal.models import OrgansStamp
from gongkai.web.portal.turns import turn


class Command(BaseCommand):
    """After an import, an upgrade, or a change of the organs. Running it again makes only what is missing."""

    help = "预先生成信息页面；已有且未变的不再生成，可以随时中断和重新运行。"

    def add_arguments(self, parser: CommandParser) -> None:
        """--processes, --print"""
        parser.add_argument("--processes", type=int, default=1, help="同时使用的进程数，默认1")
        parser.add_argument("--print", action="store_true", dest="prints", help="打印版也预先生成")

    def handle(self, *args: Any, **options: Any) -> None:
        """Start anew where the file is damaged, then go through all items."""
        from gongkai.web.portal.keeping import WAIT_SECONDS, keep_all

        if not settings.ENV.kept_pages_mb:
            raise CommandError("没有开启页面保存：GONGKAI_KEPT_PAGES_MB为0。")
        if not OrgansStamp.objects.exists():
            raise CommandError("数据库还没有升级到当前版本，请先运行prepare。")
        if options["processes"] < 1:
            raise CommandError("进程数至少是1。")
        with turn(WAIT_SECONDS) as mine:
            if not mine:
                raise CommandError("另一个进程（也可能在另一台服务器上）正在生成页面，请等它结束后再运行。")
            if not store().whole():
                store().remove()
                self.stdout.write("保存页面的文件已损坏，已删除，重新生成。")
            done = keep_all(options["processes"], ("page", "print") if options["prints"] else ("page",))
            while fold():
                pass
        self.stdout.write(f"新生成{done.made}个页面，已有{done.right}个，清除{done.dropped}个。")
        if done.full:
            raise CommandError(f"没有全部保存：文件已到上限（GONGKAI_KEPT_PAGES_MB，现为{settings.ENV.kept_pages_mb}），或正被占用。")
