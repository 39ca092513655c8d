"""A PostgreSQL cluster that lives as long as the test process, run by a user who is not root."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

OWNER = "postgres"


def binaries() -> Path:
    """The folder of initdb and pg_ctl. Raises RuntimeError when there is no server installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: int(one.parent.name))
    if not folders:
        raise RuntimeError("GONGKAI_TEST_DATABASE=postgresql needs Debian's package postgresql")
    return folders[-1]


def _run(*command: str | Path, folder: Path) -> None:
    line = [str(part) for part in command]
    if os.geteuid() == 0:
        line = ["runuser", "-u", OWNER, "--", *line]
    done = subprocess.run(line, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{line}: {done.stdout}{done.stderr}")


def start_cluster() -> str:
    """Start it and give its address. Durability is off: the data dies with the tests."""
    folder = Path(tempfile.mkdtemp(prefix="gkpg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, OWNER)
    data, tools = folder / "data", binaries()
    _run(
        tools / "initdb",
        "-D",
        data,
        "-U",
        "gongkai",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        folder=folder,
    )
    options = (
        f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c full_page_writes=off"
    )
    _run(tools / "pg_ctl", "-D", data, "-o", options, "-w", "-l", folder / "log", "start", folder=folder)

    def stop() -> None:
        _run(tools / "pg_ctl", "-D", data, "-m", "immediate", "stop", folder=folder)
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    return f"postgresql://gongkai@/postgres?host={folder}"


def new_database(name: str) -> str:
    """The address of an empty database in the cluster of this test run; "" when it runs on SQLite."""
    if os.environ.get("GONGKAI_TEST_DATABASE") != "postgresql":
        return ""
    import psycopg

    cluster = os.environ["GONGKAI_DATABASE_URL"]
    with psycopg.connect(cluster, autocommit=True) as link:
        link.execute(f'DROP DATABASE IF EXISTS "{name}"')
        link.execute(f'CREATE DATABASE "{name}"')
    return urlsplit(cluster)._replace(path=f"/{name}").geturl()
