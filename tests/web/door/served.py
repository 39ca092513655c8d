"""The web server alone, as `gongkai serve` starts it, on the database of the tests: no waiting for migrations."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager

from django.db import connection

from gongkai.cli.serve import _children
from gongkai.web.keys import make
from tests.web.door.senders import get, wait_for
from tests.web.test_serve import free_port


def copied_database(folder):
    """An address for GONGKAI_DATABASE_URL; on SQLite "" and a copy in the data folder, whose keys are made too."""
    make(folder)
    if connection.vendor == "postgresql":
        # Not what the environment says: a process of xdist starts with the settings of the one that started it.
        found = connection.settings_dict
        return f"postgresql://{found['USER']}@/{found['NAME']}?host={found['OPTIONS']['host']}"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(folder / "gongkai.sqlite3")])
    return ""


@contextmanager
def web_server(folder, environment, command=()):
    """The process and its port."""
    port = free_port()
    line = [*command, "--port", str(port)] if command else _children(environment, "127.0.0.1", port, 1)[0].command
    with (folder / "out.txt").open("wb") as out, subprocess.Popen(line, env=environment, stdout=out, stderr=out) as process:
        try:
            wait_for(lambda: process.poll() is not None or _answers(port), 60)
            yield process, port
        finally:
            process.terminate()
            process.wait(40)


def _answers(port):
    try:
        return bool(get(port, "/health/live"))
    except OSError:
        return False
