"""`load_demo`: put the invented city into an empty platform. Running it again changes nothing."""

from __future__ import annotations

import secrets
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

from gongkai.web.demo.city import CITY
from gongkai.web.demo.loading import ITEMS, load_city
from gongkai.web.demo.people import PEOPLE
from gongkai.web.organs.models import Organ, Role


class Command(BaseCommand):
    """Refuses to touch a platform that already serves a real place."""

    help = "装入虚构的望津市：机关、各角色人员、六年信息、附件、指南和制度、标准目录、年度报告，供试用。"

    def add_arguments(self, parser: Any) -> None:
        """`--items`: how many published items."""
        parser.add_argument("--items", type=int, default=ITEMS, help=f"已发布信息的条数（{ITEMS}）。")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, build the index, say who may sign in."""
        if not settings.ENV.demo:
            raise CommandError(
                "只能在演示环境中装入演示内容：请设置GONGKAI_DEMO=on，或用gongkai serve --demo。"
            )
        slug, name, _ = CITY
        if Organ.objects.filter(slug=slug).exists():
            self.stdout.write("演示内容已在。")
            self._people()
            return
        if Organ.objects.exists():
            raise CommandError("数据目录中已有其他机关，不装入演示内容。请用--data另选一个空目录。")
        started = time.monotonic()
        # One password for all, different in each data folder, kept beside the keys.
        self._note().write_text(f"Demo-{secrets.token_hex(4)}-{secrets.randbelow(90) + 10}\n", "utf-8")
        load_city(
            self._password(),
            options["items"],
            lambda step: self._say(f"  {step}（{time.monotonic() - started:.0f}秒）"),
        )
        if "rebuild_search" in get_commands():
            call_command("rebuild_search", stdout=self.stdout)
        self._say(f"已装入{name}，用时{time.monotonic() - started:.0f}秒。")
        self._people()

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def _people(self) -> None:
        self._say(f"所有人员的密码都是{self._password()}（也在{self._note()}中）。登录名：")
        names = dict(Organ.objects.values_list("slug", "name"))
        for username, person, organ, role in PEOPLE:
            self._say(f"  {username}\t{person}，{names.get(organ, organ)}，{Role(role).label}")

    def _password(self) -> str:
        try:
            return self._note().read_text("utf-8").strip()
        except FileNotFoundError:
            return "（密码文件已不在，请用管理员重置）"

    def _note(self) -> Path:
        return Path(settings.ENV.data) / "demo-password.txt"
