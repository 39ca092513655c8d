"""Tasks whose worker was killed are run after all, once each; those of living workers are left alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from gongkai.web.house.interrupted import FOREIGN_PATIENCE, MOST_STARTS, Recovered, at_work, put_back

RAN = []


@task()
def note(word):
    RAN.append(word)


@pytest.fixture(autouse=True)
def fresh(request):
    request.getfixturevalue("transactional_db" if request.node.get_closest_marker("django_db") else "db")
    DBTaskResult.objects.all().delete()
    RAN.clear()


def running(*workers, since=timedelta()):
    found = note.enqueue("x")
    DBTaskResult.objects.filter(pk=found.id).update(
        status="RUNNING", worker_ids=list(workers), started_at=timezone.now() - since
    )
    return DBTaskResult.objects.get(pk=found.id)


def dead_worker():
    with at_work() as name:
        return name


@pytest.mark.django_db(transaction=True)
def test_of_a_dead_worker_are_put_back_and_run():
    running(dead_worker())
    assert put_back() == Recovered(put_back=1)
    call_command("work", batch=True)
    assert RAN == ["x"]
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_of_a_living_worker_are_left():
    with at_work() as name:
        row = running(name)
        assert put_back() == Recovered()
    row.refresh_from_db()
    assert row.status == "RUNNING"


def test_other_machines_are_given_time():
    running("elsewhere-12-ab", since=FOREIGN_PATIENCE - timedelta(minutes=1))
    assert put_back() == Recovered()
    running("elsewhere-12-ab", since=FOREIGN_PATIENCE + timedelta(minutes=1))
    assert put_back() == Recovered(put_back=1)


def test_what_kills_every_worker_is_given_up():
    row = running(*(dead_worker() for _ in range(MOST_STARTS)))
    assert put_back() == Recovered(given_up=1)
    row.refresh_from_db()
    assert row.status == "FAILED"
    assert "不再重试" in row.traceback


def test_a_killed_process_lets_go_of_its_lock():
    line = (
        "import django; django.setup()\n"
        "from gongkai.web.house.interrupted import at_work\n"
        "import time\n"
        "with at_work() as name:\n    print(name, flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", line], stdout=subprocess.PIPE, text=True, env={**os.environ, "GONGKAI_DATA": str(settings.ENV.data)}
    ) as process:
        name = process.stdout.readline().strip()
        lock = settings.ENV.data / "run" / "workers" / f"{name}.lock"
        assert lock.exists()
        row = running(name)
        assert put_back() == Recovered()
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        recovered = put_back()
        for _ in range(100):  # a busy machine takes its time to take a dead process's lock away
            if recovered != Recovered():
                break
            time.sleep(0.1)
            recovered = put_back()
        assert recovered == Recovered(put_back=1), (name, lock.exists(), Path("/proc/locks").read_text())
    row.refresh_from_db()
    assert row.status == "READY"
