"""The worker killed with SIGKILL while it reads a site, again and again: nothing lost, nothing doubled, nothing half there.

GONGKAI_KILLS says how often (4 unless it says otherwise), GONGKAI_SEED when.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace

import pytest
from django.conf import settings as configured
from django.db import connection
from django_tasks_db.models import DBTaskResult

from gongkai.web.audit.chain import verify
from gongkai.web.bringing_in.actions.plan_site import PlanSite
from gongkai.web.bringing_in.actions.start_site import StartSite
from gongkai.web.bringing_in.models import Origin, PageState, RunState
from gongkai.web.catalogue.models import Attachment, Item, ItemVersion
from tests.web.support import town as towns

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
KILLS = int(os.environ.get("GONGKAI_KILLS", "4"))
SEED = int(os.environ.get("GONGKAI_SEED", "711"))
WORKER = """
import json, sys, django
from django.conf import settings
settings.DATABASES["default"] |= json.loads(sys.argv[1])
django.setup()
from django.core.management import call_command
from gongkai.web.bringing_in.site import limits
limits.RETRY_AFTER, limits.SLICE = 0.0, float(sys.argv[2])
call_command("work", batch=sys.argv[3] == "batch")
"""


class Worker:
    """A real worker process on the database of the test."""

    def __init__(self, site, seconds, batch=False):
        environment = {**os.environ, "GONGKAI_DATA": str(configured.ENV.data), "GONGKAI_IMPORT_HOSTS": site.host}
        where = json.dumps({key: connection.settings_dict[key] for key in ("NAME", "OPTIONS")}, default=str)
        self.process = subprocess.Popen(
            [sys.executable, "-c", WORKER, where, str(seconds), "batch" if batch else ""],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def town(transactional_db):
    DBTaskResult.objects.all().delete()
    return towns.build()


@pytest.fixture
def begun(site, town, settings):
    """`begun(paths)`: a run that is looked at and started; the first look is a worker's too."""
    settings.ENV = replace(settings.ENV, import_hosts=(site.host,))

    def go(paths):
        run = PlanSite(actor=town.actor("fan"), organ=town.water, addresses=[site.url(path) for path in paths], kind="other", seconds=0).perform()
        assert Worker(site, 15, batch=True).process.wait(120) == 0
        run.refresh_from_db()
        assert run.state == RunState.READY
        StartSite(actor=town.actor("fan"), run=run).perform()
        return run

    return go


def whole(run):
    """What must hold after any kill."""
    done = run.pages.filter(state=PageState.DONE)
    assert Item.objects.count() == done.count() == Origin.objects.count() == ItemVersion.objects.count()
    assert set(done.values_list("item", flat=True)) == set(Item.objects.values_list("pk", flat=True))
    assert all(count == 2 for count in Counter(Attachment.objects.values_list("item", flat=True)).values())
    assert Attachment.objects.count() == 2 * done.count()
    assert all(one.file.size and (configured.ENV.data / "files" / one.file.path).exists() for one in Attachment.objects.select_related("file"))
    assert not list(verify())


def test_killed_at_any_moment(site, begun):
    chance = random.Random(SEED)
    paths = [f"/d{number}/t.html" for number in range(10 * KILLS + 10)]
    for number, path in enumerate(paths):
        site.article(path, number=f"SW/9-{number}", title=f"第{number}号通知")
    site.on_ask = lambda path: time.sleep(0.01)
    run = begun(paths)
    for _ in range(KILLS):
        asked = len(site.asked)
        # Long slices and short ones: kills while reading and while handing over.
        worker = Worker(site, chance.choice((15, 0.2, 0.0)))
        end = time.monotonic() + 60
        while len(site.asked) < asked + 4 and time.monotonic() < end:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.3))
        worker.kill()
        whole(run)
    assert Worker(site, 15, batch=True).process.wait(300) == 0
    run.refresh_from_db()
    whole(run)
    assert run.state == RunState.DONE
    assert set(run.pages.values_list("state", flat=True)) == {PageState.DONE}
    assert not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists()


def test_a_page_that_kills_its_reader_is_found_out(site, begun):
    for number in range(3):
        site.article(f"/d{number}/t.html", number=f"SW/9-{number}", title=f"第{number}号通知")
    run = begun(["/d0/t.html", "/poison.html", "/d1/t.html", "/d2/t.html"])
    deaths = []
    for _ in range(8):
        worker = Worker(site, 15, batch=True)

        def deadly(path, worker=worker):
            if path == "/poison.html":
                deaths.append(path)
                worker.kill()

        site.on_ask = deadly
        worker.process.wait(120)
        run.refresh_from_db()
        if run.state == RunState.DONE:
            break
    whole(run)
    assert run.state == RunState.DONE
    assert len(deaths) == 3
    poison = run.pages.get(address=site.url("/poison.html"))
    assert (poison.state, poison.reason) == (PageState.FAILED, "读取时程序3次中断")
    assert run.pages.filter(state=PageState.DONE).count() == 3
