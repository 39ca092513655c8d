"""Django for the tests of the platform only: nothing outside this folder needs it.

GONGKAI_TEST_DATABASE=postgresql runs the same tests on a throw-away PostgreSQL cluster.
"""

from __future__ import annotations

import importlib.util
import os
import tempfile
from pathlib import Path

import pytest

if importlib.util.find_spec("django") is None or importlib.util.find_spec("pytest_django") is None:
    collect_ignore_glob = ["*"]
else:
    _data = Path(tempfile.mkdtemp(prefix="gongkai-test-"))
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "gongkai.web.settings",
        "GONGKAI_DATA": str(_data),
        "GONGKAI_HTTPS": "off",
        "GONGKAI_HOSTS": "testserver,localhost,127.0.0.1",
        "GONGKAI_LOG_LEVEL": "ERROR",
    }
    os.environ.pop("GONGKAI_DATABASE_URL", None)
    if os.environ.get("GONGKAI_TEST_DATABASE") == "postgresql":
        from tests.web.support.postgres import start_cluster

        os.environ["GONGKAI_DATABASE_URL"] = start_cluster()

    from gongkai.web.keys import make

    make(_data)
    (_data / "static").mkdir()
    import django
    from django.conf import settings

    if "GONGKAI_DATABASE_URL" not in os.environ:
        # A file, as in life: SQLite in memory locks by table and never waits.
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(_data / "test.sqlite3")
    django.setup()

    from tests.web.support.fixtures import *  # noqa: F403 - the fixtures of this folder


def pytest_configure(config: pytest.Config) -> None:
    """The markers of this folder."""
    config.addinivalue_line("markers", "browser: drives a real Chromium; skipped without one unless CI=true")
