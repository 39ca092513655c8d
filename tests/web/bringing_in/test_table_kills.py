"""A table with attachments, its import killed with SIGKILL again and again: nothing lost, nothing doubled, nothing half there.

GONGKAI_KILLS says how often (2 unless it says otherwise), GONGKAI_SEED when.
"""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import time
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.db import connection
from django.db.models import Count
from django_tasks_db.models import DBTaskResult

from gongkai.isolation import python
from gongkai.web.audit.chain import verify
from gongkai.web.bringing_in.models import Origin
from gongkai.web.catalogue.files.storing import intact
from gongkai.web.catalogue.models import Attachment, Item, ItemVersion, StoredFile, TextState
from gongkai.web.house import contents
from tests.web.support import town as towns

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
KILLS = int(os.environ.get("GONGKAI_KILLS", "2"))
SEED = int(os.environ.get("GONGKAI_SEED", "711"))
BATCH, ROWS = 4, 40 * KILLS
IMPORT = """
import json, sys, django
from django.conf import settings
settings.DATABASES["default"] |= json.loads(sys.argv[1])
django.setup()
from django.core.management import call_command
call_command("bring_in", "table", sys.argv[2], "--organ", sys.argv[3], "--folder", sys.argv[4], "--batch", sys.argv[5])
"""


@pytest.fixture
def town(transactional_db):
    DBTaskResult.objects.all().delete()
    return towns.build()


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Every row with a file of its own, and one that all share."""
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "共用.txt").write_text("各单位共用的说明" * 2000, "utf-8")
    with (tmp_path / "旧系统.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["来源编号", "标题", "信息类别", "发布日期", "正文", "附件"])
        for row in range(ROWS):
            (folder / f"{row}.txt").write_text(f"第{row}号附件" * 5000, "utf-8")
            writer.writerow([f"K{row}", f"第{row}号公告", "公告公示", "2024-05-06", "正文", f"{row}.txt;共用.txt"])
    return tmp_path / "旧系统.csv"


def start(table: Path, organ: str) -> subprocess.Popen[str]:
    """The operator's command, on the database of the test."""
    where = json.dumps({key: connection.settings_dict[key] for key in ("NAME", "OPTIONS")}, default=str)
    return subprocess.Popen(
        python("-u", "-c", IMPORT, where, str(table), organ, str(table.parent / "files"), str(BATCH)),
        env={**os.environ, "GONGKAI_DATA": str(configured.ENV.data)}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def whole() -> int:
    """What must hold after any kill; how many items there are."""
    count = Item.objects.count()
    assert count % BATCH == 0
    assert count == Origin.objects.count() == ItemVersion.objects.count() == Origin.objects.values("key").distinct().count()
    assert not Item.objects.annotate(n=Count("attachments")).exclude(n=2).exists()
    assert Attachment.objects.count() == 2 * count
    kept = StoredFile.objects.count()
    assert kept == (count + 1 if count else 0)
    assert all(intact(row) for row in StoredFile.objects.all())
    # Every content whose words are still to be taken out has its one task.
    waiting = StoredFile.objects.filter(text_state=TextState.WAITING).count()
    assert waiting == DBTaskResult.objects.count() == kept
    assert not list(verify())
    return count


def test_killed_at_any_moment_and_run_again(table, town):
    chance, seen = random.Random(SEED), []
    for _ in range(KILLS):
        process = start(table, town.water.slug)
        for _ in range(chance.randint(1, 6)):
            process.stdout.readline()
        time.sleep(chance.uniform(0, 0.1))
        process.kill()
        process.communicate()
        seen.append(whole())
    # Killed amid the work, each time further on.
    assert 0 < seen[0] < ROWS
    assert seen == sorted(seen)
    last = start(table, town.water.slug)
    said, _ = last.communicate(timeout=300)
    assert last.returncode == 0
    assert whole() == ROWS
    assert f"已处理{ROWS}行：新建{ROWS - seen[-1]}，无变化{seen[-1]}" in said
    # What killed writers left behind goes at the next start.
    contents.sweep(older_than_seconds=-1)
    assert not list(contents.incoming().iterdir())
