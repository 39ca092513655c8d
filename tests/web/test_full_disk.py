"""A data disk that runs full under a real `gongkai serve`: reading goes on, writing is refused in words, nothing is lost."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import httpx
import psutil
import psycopg
import pytest

from tests.web.support.small_disk import fill, small_disk
from tests.web.support.town import PASSWORD
from tests.web.test_serve import address, clean_environment, serving, wait_for  # noqa: F401 - the fixture

DISK_MB, LEAST_MB = 96, 16
WORDS = "磁盘空间不足"
SETTINGS = {"GONGKAI_LEAST_FREE_MB": str(LEAST_MB), "GONGKAI_LOG_LEVEL": "WARNING", "GONGKAI_HTTPS": "off"}
PLATFORM = """
import sys, django
django.setup()
from django.core.management import call_command
from tests.web.support.small_disk import fill, small_disk
from tests.web.support.town import organ, person
from gongkai.web.accounts.models import Authenticator
from gongkai.web.organs.models import Kind, Role, Type
city = organ("linhe", "临禾市", None, Kind.REGION, division_code="139900")
water = organ("lh-shuiwu", "临禾市水务局", city, Kind.ORGAN, type=Type.DEPARTMENT)
person("fan", "范既明", water, Role.DRAFTER)
Authenticator.objects.all().delete()
call_command("bring_in", "table", sys.argv[1], organ="lh-shuiwu", publish=True)
"""
LOOK = """
import django
django.setup()
from django.core.management import call_command
from gongkai.web.catalogue.models import Attachment, Item
call_command("verify_audit")
call_command("verify_files")
print("items", sorted(Item.objects.values_list("title", flat=True)), Attachment.objects.count())
"""


def run(folder, *line):
    environment = {**clean_environment(), **SETTINGS, "GONGKAI_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "gongkai.web.settings"}
    done = subprocess.run([sys.executable, *line], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def disk(tmp_path):
    with small_disk(tmp_path / "disk", DISK_MB) as place:
        yield place


@contextmanager
def clerk(port):
    """Signed in, with the token for forms."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30, trust_env=False) as client:
        client.get("/account/login")
        token = {"X-CSRFToken": client.cookies["csrftoken"]}
        assert client.post("/account/login", data={"username": "fan", "password": PASSWORD}, headers=token).status_code == 302
        client.headers["X-CSRFToken"] = client.cookies["csrftoken"]
        yield client


def draft(client, title):
    organ = re.search(r'<option value="(\d+)"[^>]*>临禾市水务局', client.get("/staff/items/new").text)[1]
    return client.post("/staff/items/new", data={"organ": organ, "title": title, "kind": "notice", "attribute": "proactive", "language": "zh-CN", "body": "<p>正文</p>"})


def refused(answer):
    return answer.status_code == 507 and WORDS in answer.text


def not_read(client, document):
    """What of all that must go on is not answered."""
    pages = ["/", "/organs/", document, f"{document}/print", "/search/?q=春灌", "/api/items", "/staff/home", "/staff/account", "/health/live", "/metrics"]
    return {page: status for page in pages if (status := client.get(page).status_code) != 200}


def sql(folder, statement):
    if os.environ["TEST_SERVE_ADDRESS"]:
        with psycopg.connect(os.environ["TEST_SERVE_ADDRESS"]) as link:
            link.execute(statement)
    else:
        with sqlite3.connect(folder / "gongkai.sqlite3") as link:
            link.execute(statement)
        link.close()


@pytest.mark.slow
def test_reading_goes_on_writing_is_refused_and_it_recovers(disk, tmp_path):
    folder, table = disk / "data", tmp_path / "items.csv"
    table.write_text("来源编号,标题,信息类别,发布日期\n1,春灌公告,公告公示,2024-3-1\n2,春灌须知,公告公示,2024-3-2\n", "utf-8")
    with serving(folder, settings=SETTINGS) as (process, port):
        run(folder, "-c", PLATFORM, str(table))
        with clerk(port) as client:
            made = draft(client, "有空间时的草稿").headers["Location"]
            document = re.search("/info/[0-9]+", client.get("/column/lh-shuiwu/list").text)[0]
            family = {one.pid for one in psutil.Process(process.pid).children(recursive=True)}

            ballast = fill(disk, leave=(LEAST_MB << 20) // 2)
            with clerk(port):  # the log has its margin, so one may sign in
                pass
            assert "暂时只能查看" in client.get("/staff/home").text
            assert refused(draft(client, "空间不足时的草稿"))
            assert refused(client.post(f"{made}/attach", files={"file": ("表.txt", "灌溉面积".encode())}))

            # Every page now wants to note when this session was seen.
            sql(folder, f"UPDATE accounts_staffsession SET seen_at = '{datetime.now(UTC) - timedelta(minutes=5)}'")
            fill(disk)
            assert os.statvfs(disk).f_bavail == 0
            assert not_read(client, document) == {}
            ready = client.get("/health/ready")
            assert (ready.status_code, ready.json()["disk"]) == (503, "short")
            assert "请清理数据目录所在的磁盘" in ready.json()["remedy"]
            assert refused(draft(client, "没有空间时的草稿"))
            assert refused(client.post("/checker/", files={"files": ("报告.txt", b"x")}))
            assert WORDS in client.post("/api/items").json()["detail"]
            time.sleep(3)  # the worker, the index and the maker of pages have looked for work meanwhile
            assert {one.pid for one in psutil.Process(process.pid).children(recursive=True)} == family

            ballast.unlink()
            assert client.get("/health/ready").json()["status"] == "ok"
            assert draft(client, "又有空间时的草稿").status_code == 302
            assert client.post(f"{made}/attach", files={"file": ("表.txt", "灌溉面积".encode())}).status_code == 302
            assert not_read(client, document) == {}
        seen = run(folder, "-c", LOOK)
        assert "审计链完整" in seen
        assert seen.splitlines()[-1] == "items ['又有空间时的草稿', '春灌公告', '春灌须知', '有空间时的草稿'] 1"
        assert list((folder / "files" / ".incoming").iterdir()) == []
    assert "意外退出" not in (disk / "out.txt").read_text("utf-8")
