"""One at a time makes pages ahead."""

from __future__ import annotations

import io
import subprocess
import sys
import threading
from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from gongkai.web.portal import keeping, kept, turns
from gongkai.web.portal.ahead import Ahead
from gongkai.web.portal.management.commands import follow_pages
from gongkai.web.portal.turns import turn


@pytest.fixture(autouse=True)
def own_file(settings, tmp_path):
    settings.ENV = replace(settings.ENV, data=tmp_path)
    return tmp_path / "run" / kept.NAME


HOLD = """
import fcntl, sys
with open(sys.argv[1], "w") as file:
    fcntl.flock(file, fcntl.LOCK_EX)
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def another(tmp_path):
    """Another process has its turn."""
    (tmp_path / "run").mkdir()
    command = [sys.executable, "-c", HOLD, str(tmp_path / "run" / "pages.lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


def test_one_at_a_time_in_a_folder(town, another):
    with turn() as mine:
        assert not mine
    another.kill()
    another.wait()
    with turn(wait=20) as mine:
        assert mine
        with turn() as second:
            assert not second
    with turn() as mine:
        assert mine


def test_the_command_says_who_is_at_it(shelf, another, monkeypatch):
    monkeypatch.setattr(keeping, "WAIT_SECONDS", 0)
    with pytest.raises(CommandError, match="另一个进程"):
        call_command("keep_pages", stdout=io.StringIO())


def test_the_follower_leaves_it_to_the_other(shelf, another, monkeypatch):
    asked = []
    monkeypatch.setattr(Ahead, "slice", lambda self, seconds: asked.append(seconds))
    followed(monkeypatch, rounds=2)
    assert asked == []


def followed(monkeypatch, rounds: int, share: int = 25) -> list[float]:
    """The pauses of so many rounds."""
    stop, pauses = threading.Event(), []

    def wait(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == rounds:
            stop.set()

    monkeypatch.setattr(stop, "wait", wait)
    monkeypatch.setattr(follow_pages, "close_old_connections", lambda: None)
    follow_pages.follow(stop, share)
    return pauses


def test_work_and_pauses_by_share(shelf, monkeypatch):
    clock = iter(range(0, 1000, 2))
    monkeypatch.setattr(follow_pages.time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(turns, "time", SimpleNamespace(monotonic=lambda: 0.0, sleep=None))
    monkeypatch.setattr(Ahead, "slice", lambda self, seconds: True)
    assert followed(monkeypatch, 2, share=25) == [6.0, 6.0]
    assert followed(monkeypatch, 2, share=100) == [0.0, 0.0]
    monkeypatch.setattr(Ahead, "slice", lambda self, seconds: False)
    assert followed(monkeypatch, 2, share=25) == [follow_pages.LOOK_SECONDS] * 2


def test_what_fails_is_tried_again_later_and_later(shelf, monkeypatch, caplog):
    def fail(self, seconds):
        raise OSError("no room on the disk")

    monkeypatch.setattr(Ahead, "slice", fail)
    pauses = followed(monkeypatch, 8)
    assert pauses == sorted(pauses)
    assert pauses[-1] == follow_pages.LONGEST_PAUSE_SECONDS
    assert "no room" in caplog.text


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one machine, one folder")
def test_one_at_a_time_among_machines(town, settings, tmp_path):
    """Another machine has a data folder of its own and the same database."""
    found = []

    def other_machine() -> None:
        settings.ENV = replace(settings.ENV, data=tmp_path / "other")
        with turn() as mine:
            found.append(mine)
        connections["default"].close()

    for expected in (False, True):
        thread = threading.Thread(target=other_machine)
        if expected:
            thread.start()
            thread.join()
        else:
            with turn() as mine:
                assert mine
                thread.start()
                thread.join()
        assert found.pop() is expected
        settings.ENV = replace(settings.ENV, data=tmp_path)
