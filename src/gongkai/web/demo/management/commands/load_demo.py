"""`load_demo`: put the invented city into an empty platform. Running it again changes nothing."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from gongkai.web.accounts.actions.create_staff import CreateStaff
from gongkai.web.demo.city import CITY, rows
from gongkai.web.demo.people import PEOPLE
from gongkai.web.house.actor import Actor
from gongkai.web.organs.actions.create_organ import CreateOrgan
from gongkai.web.organs.actions.import_organs import ImportOrgans
from gongkai.web.organs.importing.columns import read_row
from gongkai.web.organs.models import Kind, Level, Organ


class Command(BaseCommand):
    """Refuses to touch a platform that already serves a real place."""

    help = "装入虚构的望津市和各角色人员，供试用。"

    def handle(self, *args: Any, **options: Any) -> None:
        """City, organs, people: all or nothing."""
        if not settings.ENV.demo:
            raise CommandError(
                "只能在演示环境中装入演示内容：请设置GONGKAI_DEMO=on，或用gongkai serve --demo。"
            )
        slug, name, code = CITY
        if Organ.objects.filter(slug=slug).exists():
            self.stdout.write(f"演示内容已在。密码见{self._note()}。")
            return
        if Organ.objects.exists():
            raise CommandError("数据目录中已有其他机关，不装入演示内容。请用--data另选一个空目录。")
        # One password for all, different in each data folder, kept beside the keys.
        password = f"Demo-{secrets.token_hex(4)}-{secrets.randbelow(90) + 10}"
        with transaction.atomic():
            self._load(slug, name, code, password)
            self._note().write_text(password + "\n", "utf-8")
        self.stdout.write(f"已装入{name}：{Organ.objects.count()}个机关和机构。")
        names = "、".join(f"{username}（{role.label}）" for username, _, _, role in PEOPLE)
        self.stdout.write(f"登录名：{names}。密码都是{password}（也在{self._note()}中）。")

    def _note(self) -> Any:
        return settings.ENV.data / "demo-password.txt"

    def _load(self, slug: str, name: str, code: str, password: str) -> None:
        operator = Actor.operator()
        city = Organ(kind=Kind.REGION, slug=slug, name=name, level=Level.CITY, division_code=code)
        CreateOrgan(actor=operator, organ=city).perform()
        ImportOrgans(actor=operator, rows=[read_row(row) for row in rows()], source="演示机关表").perform()
        for username, person, where, role in PEOPLE:
            organ = Organ.objects.get(slug=where)
            new = CreateStaff(
                actor=operator, organ=organ, username=username, name=person, role=role
            ).perform()
            new.user.set_password(password)
            new.user.must_change_password = False
            new.user.save()
