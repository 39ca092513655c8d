"""Where room on the disk is short: refused before anything is read or laid down; what rests on a full disk waits and goes on."""

from __future__ import annotations

import errno
import hashlib
import io
import sqlite3
from dataclasses import replace
from types import SimpleNamespace

import psycopg
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.core.management import call_command
from django.db import OperationalError
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from gongkai.web import counts_folder
from gongkai.web.accounts import gate
from gongkai.web.bringing_in.bringing import bring_in
from gongkai.web.bringing_in.row import ItemRow
from gongkai.web.bringing_in.site import slices
from gongkai.web.house import causes, contents, disk, worker
from gongkai.web.house.actor import Actor
from gongkai.web.house.interrupted import MOST_STARTS
from gongkai.web.portal.kept import Page, Store
from tests.web.support.town import PASSWORD

ALL = 1 << 40
"""Megabytes that no disk has."""


@pytest.fixture
def short(settings):
    settings.ENV = replace(settings.ENV, least_free_mb=ALL)


def full():
    """What SQLite says when nothing more goes in."""
    link = sqlite3.connect(":memory:")
    link.executescript("PRAGMA max_page_count = 2; CREATE TABLE t (x)")
    try:
        link.execute("INSERT INTO t VALUES (zeroblob(100000))")
    except sqlite3.OperationalError as error:
        found = OperationalError(*error.args)
        found.__cause__ = error
        return found
    finally:
        link.close()


def busy():
    found = OperationalError("database is locked")
    found.__cause__ = sqlite3.OperationalError("database is locked")
    found.__cause__.sqlite_errorcode = sqlite3.SQLITE_BUSY
    return found


@pytest.mark.parametrize(
    ("error", "is_full", "is_busy"),
    [
        (full(), True, False), (busy(), False, True), (OSError(errno.ENOSPC, "x"), True, False), (OSError(errno.EDQUOT, "x"), True, False),
        (psycopg.errors.DiskFull(), True, False), (psycopg.errors.LockNotAvailable(), False, True), (OSError(errno.EACCES, "x"), False, False),
        (ValueError("database or disk is full"), False, False), (None, False, False),
    ],
)  # fmt: skip
def test_causes_are_known_by_their_codes(error, is_full, is_busy):
    assert (causes.is_full(error), causes.is_busy(error)) == (is_full, is_busy)


def test_writing_is_refused_before_what_was_sent_is_read(town, client, short, monkeypatch):
    monkeypatch.setattr(MemoryFileUploadHandler, "new_file", lambda *a, **k: pytest.fail("it was read"))
    answer = client.post("/checker/", {"files": io.BytesIO(b"x" * 100)})
    assert answer.status_code == 507
    assert "磁盘空间不足" in answer.content.decode()
    assert "default-src" in answer["Content-Security-Policy"]
    assert "没有保存" in client.post("/api/items").json()["detail"]
    assert client.get("/organs/").status_code == 200


def test_what_would_eat_into_the_margin_is_refused(town, client, settings):
    settings.ENV = replace(settings.ENV, least_free_mb=(disk.free() >> 20) - 10)
    assert client.post("/checker/", {}).status_code != 507
    assert client.post("/checker/", {}, CONTENT_LENGTH=str(20 << 20)).status_code == 507


def test_one_signs_in_reads_and_signs_out(town, client, short):
    assert client.post("/account/login", {"username": "fan", "password": PASSWORD}).status_code == 302
    assert client.get("/account/second-factor").status_code == 200
    assert client.post("/account/logout").status_code == 302


def test_staff_are_told_before_they_fill_in(town, sign_in, settings):
    client = sign_in("fan")
    assert "暂时只能查看" not in client.get("/staff/items/new").content.decode()
    settings.ENV = replace(settings.ENV, least_free_mb=ALL)
    assert "暂时只能查看" in client.get("/staff/items/new").content.decode()


@pytest.mark.parametrize(("error", "status", "words"), [(full(), 507, "磁盘空间不足"), (busy(), 503, "系统繁忙"), (ValueError(), 500, "系统出错")])
def test_wherever_it_arises_it_has_its_words(town, client, monkeypatch, error, status, words):
    """Here in a middleware, where no view can catch it."""

    def fail(request):
        raise error

    client.raise_request_exception = False
    monkeypatch.setattr(gate, "_missing_step", fail)
    answer = client.get("/organs/")
    assert (answer.status_code, words in answer.content.decode()) == (status, True)


def test_a_session_that_cannot_be_ended_is_nobodys(town, sign_in, monkeypatch):
    client = sign_in("fan")

    def fail(request):
        raise full()

    monkeypatch.setattr(gate.sessions, "within_limits", lambda request: False)
    monkeypatch.setattr(gate, "logout", fail)
    answer = client.get("/staff/home")
    assert (answer.status_code, answer["Location"]) == (302, "/account/login?next=%2Fstaff%2Fhome")
    assert client.get("/organs/").status_code == 200


def test_contents_leave_the_margin(short):
    data = b"a content"
    path = "tests/margin"
    with pytest.raises(disk.NoRoom, match="没有写入"):
        contents.keep(path, io.BytesIO(data), hashlib.sha256(data).hexdigest())
    assert not default_storage.exists(path)


def test_pages_are_not_kept_on_the_margin(tmp_path, settings):
    file, page = Store(tmp_path / "pages", 10), Page(1, "m", 0.0, None, "e", b"b")
    assert file.put([page])
    settings.ENV = replace(settings.ENV, least_free_mb=ALL)
    assert not file.put([page])
    assert file.get(1) == page


def test_a_page_read_from_a_site_is_not_to_blame(db, monkeypatch):
    def fail(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(slices, "read_one", fail)
    with pytest.raises(OSError, match="No space"):
        slices._read(None, None, SimpleNamespace(pk=1))


def test_an_import_stops_before_the_margin(town, short):
    with pytest.raises(disk.NoRoom) as said:
        bring_in(Actor.operator(), town.water, [ItemRow("第1行", town.water, key="1", values={"title": "甲"})], "源")
    assert str(said.value).startswith("数据目录")


RAN = []


@task()
def writes(word):
    RAN.append(word)
    if len(RAN) < 2:
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def queued(transactional_db):
    DBTaskResult.objects.all().delete()
    RAN.clear()
    return writes.enqueue("x")


def test_a_task_that_met_the_full_disk_is_run_again(queued, monkeypatch):
    room = iter([True, True, False, True])  # waits twice, begins, and is short again when it has failed
    monkeypatch.setattr(worker.disk, "short", lambda: next(room, False))
    monkeypatch.setattr(worker, "LOOK_SECONDS", 0)
    call_command("work", batch=True)
    assert RAN == ["x", "x"]
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_what_fails_for_another_reason_or_too_often_has_failed(queued, monkeypatch):
    call_command("work", batch=True)  # there is room: it failed by itself
    assert DBTaskResult.objects.get().status == "FAILED"
    DBTaskResult.objects.update(status="READY", started_at=None, worker_ids=["a"] * (MOST_STARTS - 1))
    RAN.clear()
    room = iter([False, True])
    monkeypatch.setattr(worker.disk, "short", lambda: next(room))
    call_command("work", batch=True)
    assert DBTaskResult.objects.get().status == "FAILED"


def test_a_worker_outlives_the_full_disk(queued, monkeypatch):
    """The queue itself can't be written to: the worker goes, and another takes up what it was at."""
    from gongkai.web.house.management.commands import work

    runs = []

    def run(self):
        runs.append(self.worker_id)
        if len(runs) == 1:
            raise full()

    monkeypatch.setattr(work, "LOOK_SECONDS", 0)
    monkeypatch.setattr(work.PatientWorker, "run", run)
    monkeypatch.setattr(work.PatientWorker, "configure_signals", lambda self: None)
    call_command("work")
    assert len(set(runs)) == 2


def test_the_counts_lie_in_memory_and_leave_nothing(tmp_path, monkeypatch):
    assert counts_folder.IN_MEMORY.as_posix() == "/dev/shm"
    monkeypatch.setattr(counts_folder, "IN_MEMORY", tmp_path)
    data = tmp_path / "data"
    with counts_folder.counts_folder(data) as place:
        assert place.parent == tmp_path
        assert place.stat().st_mode & 0o777 == 0o700
    assert not place.exists()
    place.mkdir()
    (place / "counter_1.db").write_text("of one that was killed")
    with counts_folder.counts_folder(data) as again:
        assert (again, list(again.iterdir())) == (place, [])
    place.symlink_to(tmp_path)
    with counts_folder.counts_folder(data) as other:
        assert other != place
    assert place.is_symlink()


def test_a_command_that_meets_the_full_disk_says_so(monkeypatch, capsys):
    from django.core import management

    from gongkai.web import __main__

    def fail(argv):
        raise full()

    monkeypatch.setattr(management, "execute_from_command_line", fail)
    with pytest.raises(SystemExit, match="磁盘空间不足，没有办完"):
        __main__.main()


def test_the_health_page_tells_what_to_do(db, client, short):
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["disk"]) == (503, "short")
    assert disk.REMEDY in answer.json()["remedy"]
    assert "gongkai_disk_free_bytes" in client.get("/metrics").content.decode()


def test_a_large_disk_is_counted_in_the_sizes_of_its_blocks(monkeypatch):
    monkeypatch.setattr(disk.os, "statvfs", lambda place: SimpleNamespace(f_bavail=3, f_frsize=4096, f_bsize=1))
    assert disk.free() == 12288
