"""Another process holds SQLite's only lock for writing: readers go on, writers wait and are told, nothing is lost."""

from __future__ import annotations

import os
import re
import sqlite3
import threading
import time
from datetime import timedelta

import psutil
import pytest
from django.conf import settings as live
from django.db import connection
from django.utils import timezone

from gongkai.web.accounts.models import StaffSession
from gongkai.web.house.by_the_way import by_the_way
from tests.web.support import town as towns
from tests.web.support.town import PASSWORD
from tests.web.test_full_disk import LOOK, PLATFORM, SETTINGS, clerk, draft, not_read, run
from tests.web.test_serve import address, serving  # noqa: F401 - a fixture

HELD_SECONDS = 30


@pytest.fixture
def held(transactional_db):
    """A function that takes the lock; let go of at the end of the test."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL locks rows")
    link = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    yield lambda: link.execute("BEGIN IMMEDIATE")
    link.close()


@pytest.fixture
def impatient(monkeypatch):
    """Writers wait for a moment only."""
    monkeypatch.setitem(live.DATABASES["default"]["OPTIONS"], "timeout", 0.1)
    by_the_way(lambda: None)  # leaves the connection with this patience


def test_readers_go_on_and_writers_are_told(held, client, impatient):
    towns.build()
    client.raise_request_exception = False
    client.post("/account/login", {"username": "fan", "password": PASSWORD})
    before = timezone.now() - timedelta(minutes=5)
    StaffSession.objects.update(seen_at=before)
    held()
    assert client.get("/organs/").status_code == 200
    assert client.get("/account/second-factor").status_code == 200
    assert StaffSession.objects.get().seen_at == before
    answer = client.post("/account/login", {"username": "gu", "password": PASSWORD})
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "没有保存" in answer.content.decode()


@pytest.mark.long
def test_held_for_half_a_minute(tmp_path):
    """A real server: who comes early waits and is told, who comes late waits and is served."""
    if os.environ["TEST_SERVE_ADDRESS"]:
        pytest.skip("PostgreSQL locks rows")
    folder, table, answers = tmp_path / "data", tmp_path / "items.csv", {}
    table.write_text("来源编号,标题,信息类别,发布日期\n1,春灌公告,公告公示,2024-3-1\n2,春灌须知,公告公示,2024-3-2\n", "utf-8")
    plain = {name: value for name, value in SETTINGS.items() if name != "GONGKAI_LEAST_FREE_MB"}
    with serving(folder, settings=plain) as (process, port):
        run(folder, "-c", PLATFORM, str(table))
        with clerk(port) as reader, clerk(port) as early, clerk(port) as late:
            document = re.search("/info/[0-9]+", reader.get("/column/lh-shuiwu/list").text)[0]
            family = {one.pid for one in psutil.Process(process.pid).children(recursive=True)}
            link = sqlite3.connect(folder / "gongkai.sqlite3", isolation_level=None)
            link.execute(f"UPDATE accounts_staffsession SET seen_at = '{timezone.now() - timedelta(minutes=5)}'")
            link.execute("BEGIN IMMEDIATE")
            end = time.monotonic() + HELD_SECONDS
            first = threading.Thread(target=lambda: answers.update(early=draft(early, "来得早的")))
            first.start()
            second = None
            while time.monotonic() < end:
                assert not_read(reader, document) == {}
                if second is None and time.monotonic() > end - HELD_SECONDS / 3:
                    second = threading.Thread(target=lambda: answers.update(late=draft(late, "来得晚的")))
                    second.start()
                time.sleep(0.5)
            link.execute("ROLLBACK")
            link.close()
            first.join()
            second.join()
            assert answers["early"].status_code == 503
            assert "系统繁忙" in answers["early"].text
            assert answers["late"].status_code == 302
            assert {one.pid for one in psutil.Process(process.pid).children(recursive=True)} == family
            assert draft(reader, "以后的").status_code == 302
        seen = run(folder, "-c", LOOK)
    assert "审计链完整" in seen
    assert seen.splitlines()[-1] == "items ['以后的', '春灌公告', '春灌须知', '来得晚的'] 0"
