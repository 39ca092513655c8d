"""`prepare`: data folder, keys, database, migrations, static files. Running it again changes nothing."""

from __future__ import annotations

import shlex
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from gongkai.isolation import python
from gongkai.web import keys
from gongkai.web.house import contents


class Command(BaseCommand):
    """`gongkai serve` runs this first."""

    help = "建立数据目录、密钥和数据库，并升级到当前版本。"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """In the order in which each needs the one before."""
        data = settings.ENV.data
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        settings.KEYS = keys.make(data)
        (data / "files").mkdir(mode=0o700, exist_ok=True)
        contents.sweep()
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except OperationalError as error:
            raise CommandError(f"数据库不能使用（{str(error).strip()}）。{_remedy()}") from error
        call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write(f"数据目录{data}已就绪。")
        if not settings.ENV.demo and not get_user_model().objects.exists():
            command = f"GONGKAI_DATA={shlex.quote(str(data))} {shlex.join(python('-m', 'gongkai.web', 'establish'))}"
            self.stdout.write(
                "还没有任何人员。请另开一个终端，建立地区和第一位管理员（环境变量与本次启动相同）：\n"
                f"  {command} --region 某市 --slug moushi --admin admin --name 姓名"
            )


def _remedy() -> str:
    if settings.ENV.database_url:
        return "请核对GONGKAI_DATABASE_URL，并确认数据库服务已启动、数据库已建立。"
    return "请核对数据目录所在磁盘的空间和权限。"
