"""The platform of an earlier release, with something in every room, brought up to now: nothing lost, nothing shown that was hidden.

GONGKAI_KILLS says how often an upgrade is killed on its way (1 unless it says otherwise), GONGKAI_SEED when.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from gongkai.isolation import python
from gongkai.web.backup.restoring import restore
from tests.web.backup.conftest import Platform
from tests.web.support.postgres import new_database

from .make import PASSPHRASE

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
KIND = "postgresql" if os.environ.get("GONGKAI_TEST_DATABASE") == "postgresql" else "sqlite"
KILLS = int(os.environ.get("GONGKAI_KILLS", "1"))
SEED = int(os.environ.get("GONGKAI_SEED", "711"))
# What ends with a restored backup anyway: nobody stays signed in, and nobody stays locked out.
# And stamps of pages begin anew with the triggers that a migration lays.
PASSING = {
    "django_session", "axes_accessattempt", "axes_accessfailurelog", "axes_accesslog", "accounts_staffsession",
    "portal_itemstamp", "portal_organsstamp", "portal_edition",
}  # fmt: skip
GROW = {"django_migrations", "django_content_type", "auth_permission", "audit_auditevent", "search_searchchange", "django_tasks_database_dbtaskresult"}

pytestmark = pytest.mark.slow


def look(platform: Platform, what: str) -> dict[str, object]:
    environment = {**platform.environment, "DJANGO_SETTINGS_MODULE": "gongkai.web.settings", "GONGKAI_HTTPS": "off", "GONGKAI_HOSTS": "testserver"}
    done = subprocess.run(
        python("-c", f"import sys; sys.path.append({str(ROOT)!r}); import runpy; runpy.run_module('tests.web.upgrade.look', run_name='__main__')", what),
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture
def older(tmp_path: Path) -> Platform:
    """As it was restored from its backup, before any migration."""
    (packed,) = HERE.glob(f"*.{KIND}.tar.gz")
    archive = tmp_path / "kept.tar"
    with gzip.open(packed) as content, archive.open("wb") as out:
        shutil.copyfileobj(content, out)
    platform = Platform(tmp_path / "data", new_database("upgrade"))
    restore(archive, platform.data, platform.address, PASSPHRASE)
    return platform


def test_upgraded_though_killed_on_the_way(older: Platform) -> None:
    before = look(older, "rows")
    chance = random.Random(SEED)
    for _ in range(KILLS):
        process = subprocess.Popen(python("-m", "gongkai.web", "prepare"), env=older.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.8, 2.5))
        process.kill()
        process.wait()
    older.manage("prepare")
    after = look(older, "rows")
    changed = {table: (count, after.get(table, 0)) for table, count in before.items() if after.get(table, 0) != count}
    assert {table: (was, is_) for table, (was, is_) in changed.items() if table not in PASSING and (is_ < was or table not in GROW)} == {}
    # Nothing left to migrate; the audit chain and every file whole; the hidden hidden; what is encrypted can be read.
    assert look(older, "pages") == {"pages": {"public": 4}, "secrets": ["13900001234", "32"]}
