"""A platform of its own, in a folder of its own, run by its own processes; on PostgreSQL in a database of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.web.support.postgres import new_database

ORGANS = "代号,名称,类别,上级代号,层级,类型\nlinhe,临禾市,地区,,市级,\nlh-shuiwu,临禾市水务局,机关,linhe,市级,组成部门\n"
ITEMS = "来源编号,标题,信息类别,发布日期,附件\n1,春灌公告,公告公示,2024-3-1,表.txt\n2,节水公告,公告公示,2024-3-2,\n"
PASSPHRASE = "three-long-words-here"
SESSION = "session0key0that0nobody0may0read"
# Somebody is signed in, somebody else was locked out, a second factor is being set up; one is set up.
PEOPLE = f"""
import django; django.setup()
from django.contrib.sessions.models import Session
from django.utils import timezone
from gongkai.web.accounts.models import Attempts, Authenticator, StaffSession, User
user = User.objects.create(username="fan", name="范既明")
Session.objects.create(session_key="{SESSION}", session_data="{SESSION}-data", expire_date=timezone.now())
Session.objects.update(session_data="{SESSION}-later")
StaffSession.objects.create(user=user, session_key="{SESSION}", address="198.51.100.7")
Attempts.objects.create(key="of fan", count=4, until=timezone.now())
Authenticator.objects.create(user=user, secret="UNDERWAY", confirmed=False)
Authenticator.objects.create(user=user, secret="BOUND", confirmed=True)
"""


@dataclass
class Platform:
    """A data folder and a database address ("" for SQLite)."""

    data: Path
    address: str = ""

    @property
    def environment(self):
        plain = {
            key: value for key, value in os.environ.items() if not key.startswith(("GONGKAI_", "DJANGO_"))
        }
        return {
            **plain,
            "GONGKAI_DATA": str(self.data),
            "GONGKAI_DATABASE_URL": self.address,
            "GONGKAI_LOG_LEVEL": "ERROR",
        }

    def manage(self, *line, check=True):
        line = [sys.executable, "-m", "gongkai.web", *map(str, line)]
        return subprocess.run(line, env=self.environment, capture_output=True, text=True, check=check)

    def run(self, code):
        environment = {**self.environment, "DJANGO_SETTINGS_MODULE": "gongkai.web.settings"}
        return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True).stdout.strip()

    def titles(self):
        return self.run(
            "import django; django.setup()\n"
            "from gongkai.web.catalogue.models import Item\n"
            "print('|'.join(Item.objects.order_by('pk').values_list('title', flat=True)))"
        )

    def people(self):
        """Rows of what is fleeting, then secrets of second factors."""
        return self.run(
            "import django; django.setup()\n"
            "from django.db import connection\n"
            "from gongkai.web.accounts.models import Authenticator\n"
            "from gongkai.web.backup.fleeting import TABLES\n"
            "with connection.cursor() as cursor:\n"
            "    there = [one for one in TABLES if one in connection.introspection.table_names()]\n"
            "    print([cursor.execute(f'SELECT COUNT(*) FROM {table}') and None or cursor.fetchone()[0] for table in there],\n"
            "        sorted(one.secret for one in Authenticator.objects.all()))"
        )


@pytest.fixture(scope="session")
def source(tmp_path_factory):
    place = tmp_path_factory.mktemp("platform")
    platform = Platform(place / "data", new_database("kept_source"))
    (place / "organs.csv").write_text(ORGANS, "utf-8")
    (place / "items.csv").write_text(ITEMS, "utf-8")
    (place / "files").mkdir()
    (place / "files" / "表.txt").write_text("灌溉面积表", "utf-8")
    platform.manage("prepare")
    platform.manage("import_organs", place / "organs.csv")
    platform.manage(
        "bring_in",
        "table",
        place / "items.csv",
        "--organ",
        "lh-shuiwu",
        "--folder",
        place / "files",
        "--publish",
    )
    platform.run(PEOPLE)
    return platform


@pytest.fixture
def copy(source, tmp_path):
    """A data folder one may spoil (SQLite only)."""
    if source.address:
        pytest.skip("the folder holds no database on PostgreSQL")
    shutil.copytree(source.data, tmp_path / "copy")
    return Platform(tmp_path / "copy")
