"""`establish`: the first region and its first administrator, from which everything else is done on pages."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from gongkai.web.accounts.actions.create_staff import CreateStaff
from gongkai.web.house.actor import Actor
from gongkai.web.house.rule import Refused
from gongkai.web.organs.actions.create_organ import CreateOrgan
from gongkai.web.organs.models import Kind, Level, Organ, Role


class Command(BaseCommand):
    """Prints the administrator's temporary password once."""

    help = "建立最上级地区和第一位管理员。"

    def add_arguments(self, parser: CommandParser) -> None:
        """--region --code --level --slug --admin --name"""
        parser.add_argument("--region", required=True, help="地区名称，例如清河市")
        parser.add_argument("--slug", required=True, help="地区代号，例如qinghe")
        parser.add_argument("--code", default="", help="6位行政区划代码")
        parser.add_argument("--level", type=int, default=Level.CITY, choices=Level.values)
        parser.add_argument("--admin", required=True, help="管理员登录名")
        parser.add_argument("--name", required=True, help="管理员姓名")

    def handle(self, *args: Any, **options: Any) -> None:
        """Both or neither."""
        actor = Actor.operator()
        region = Organ(
            kind=Kind.REGION, name=options["region"], slug=options["slug"], level=options["level"],
            division_code=options["code"],
        )  # fmt: skip
        try:
            with transaction.atomic():
                CreateOrgan(actor=actor, organ=region).perform()
                new = CreateStaff(
                    actor=actor,
                    organ=region,
                    username=options["admin"],
                    name=options["name"],
                    role=Role.ADMIN,
                ).perform()
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            f"已建立{region.name}。管理员{new.user.username}的临时密码：{new.password}（首次登录须修改）"
        )
