"""The file in which all processes of the machine count the requests of an address."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.web.house import rate
from gongkai.web.house.address import household
from gongkai.web.house.visits import Visits, log


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "run" / "visits.sqlite3"


@pytest.fixture
def told(monkeypatch) -> list[str]:
    """What the log is told."""
    said: list[str] = []
    monkeypatch.setattr(log, "warning", lambda text, *more: said.append(text % more))
    return said


def test_two_count_together(path):
    one, other = Visits(path), Visits(path)
    assert [one.count("a", 420, 480), other.count("a", 420, 480), one.count("a", 420, 480), other.count("b", 420, 480)] == [1, 2, 3, 1]


_PROCESS = """
import sys, threading
from pathlib import Path
from django.conf import settings
settings.configure(SECRET_KEY="the same in both")
from gongkai.web.house.visits import Visits
visits = Visits(Path(sys.argv[1]))
sys.stdin.readline()
threads = [threading.Thread(target=lambda: [visits.count("a", 420, 480) for _ in range(100)]) for _ in range(4)]
[one.start() for one in threads]
[one.join() for one in threads]
"""


def test_processes_and_threads_lose_nothing(path, settings):
    settings.SECRET_KEY = "the same in both"
    here = Visits(path)
    here.count("a", 420, 480)
    started = [subprocess.Popen([sys.executable, "-c", _PROCESS, str(path)], stdin=subprocess.PIPE, text=True) for _ in range(2)]
    for one in started:
        one.stdin.write("go\n")
        one.stdin.flush()
    for one in started:
        one.communicate()
        assert one.returncode == 0
    assert here.count("a", 420, 480) == 1 + 800 + 1


def test_a_new_minute_begins_at_nothing_and_forgets_who_came(path):
    visits = Visits(path)
    visits.count("a", 420, 480)
    visits.count("b", 420, 480)
    assert visits.count("a", 480, 540) == 1
    assert visits._link.execute("SELECT count(*) FROM visited").fetchone() == (1,)


def test_the_file_tells_no_address_and_is_for_nobody_else(path):
    Visits(path).count("203.0.113.77", 420, 480)
    assert all(b"203.0" not in file.read_bytes() for file in path.parent.iterdir())
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_is_no_database_makes_room(path):
    path.parent.mkdir()
    path.write_bytes(b"nothing of SQLite's" * 500)
    assert [Visits(path).count("a", 420, 480), Visits(path).count("a", 420, 480)] == [1, 2]


def test_without_the_file_each_process_counts_for_itself(tmp_path, monkeypatch, told):
    (tmp_path / "run").write_text("a file where the folder should be")
    broken = Visits(tmp_path / "run" / "visits.sqlite3")
    monkeypatch.setattr(rate, "visits", lambda: broken)
    monkeypatch.setattr(rate.time, "time", lambda: 60.0)
    two = rate.Rate("a", "试验", 2)
    assert [bool(rate.wait(two, "203.0.113.7")) for _ in range(4)] == [False, False, True, True]
    assert len(told) == 1
    assert "各进程分别计数" in told[0]


def test_a_file_in_use_is_left_for_this_time(path, told):
    visits = Visits(path)
    visits.count("a", 420, 480)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert visits.count("a", 420, 480) == 0
    other.execute("ROLLBACK")
    assert visits.count("a", 420, 480) == 2
    assert told == []


def test_a_household_counts_as_one():
    assert household("203.0.113.7") == "203.0.113.7"
    assert household("2001:db8:1:2::3") == household("2001:db8:1:2:ffff::1") != household("2001:db8:1:3::3")
    assert household("") == "unknown"


def test_a_rate_counts_its_own_thing_address_and_window(monkeypatch):
    once, other = rate.Rate("a", "试验", 1, 600), rate.Rate("b", "试验", 1, 600)
    now = [1200.0]
    monkeypatch.setattr(rate.time, "time", lambda: now[0])
    assert [rate.wait(once, "203.0.113.7"), rate.wait(once, "203.0.113.7")] == [0, 600]
    assert not rate.wait(other, "203.0.113.7")
    assert not rate.wait(once, "203.0.113.8")
    assert [bool(rate.wait(once, f"2001:db8:1:2::{n}")) for n in (1, 2)] == [False, True]
    now[0] = 1799.0
    assert rate.wait(once, "203.0.113.7") == 1
    now[0] = 1800.0
    assert not rate.wait(once, "203.0.113.7")
    assert not rate.wait(rate.Rate("a", "试验", 0), "203.0.113.7")
    assert "10分钟内最多1次" in once.words(5).what
