"""One consistent copy of the database: SQLite's online backup; pg_dump; else COPY of every table in one snapshot."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from .fault import DatabaseFault
from .fleeting import TABLES, forget
from .tables import read_tables, write_tables

SQLITE, DUMP = "database.sqlite3", "database.pgdump"


def is_postgres(address: str) -> bool:
    """Whether GONGKAI_DATABASE_URL names PostgreSQL ("" is SQLite in the data folder)."""
    return urlsplit(address).scheme.startswith("postgres")


def copy_sqlite(source: Path, target: Path) -> None:
    """A consistent copy of a database in use, without what is fleeting: readers and writers go on. Raises DatabaseFault."""
    if not source.is_file():
        raise DatabaseFault(f"数据目录中没有数据库（{source}）。请核对--data。")
    old = sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=60)
    new = sqlite3.connect(target)
    try:
        old.backup(new, pages=-1)
        forget_sqlite(new)
        verdict = new.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.Error as error:
        raise DatabaseFault(f"数据库读不出（{error}）。请先检查磁盘。") from error
    finally:
        new.close()
        old.close()
    if verdict != "ok":
        raise DatabaseFault(f"数据库已损坏（{verdict}），没有备份。请从先前的备份恢复。")


def forget_sqlite(link: sqlite3.Connection) -> None:
    """Take out what is fleeting, and its bytes. The file stands alone afterwards, without companions."""
    link.execute("PRAGMA journal_mode=DELETE")
    link.execute("PRAGMA secure_delete=ON")
    with link:
        forget(link, {name for (name,) in link.execute("SELECT name FROM sqlite_master WHERE type = 'table'")})


def forget_postgres(address: str) -> None:
    """Take out what is fleeting."""
    import psycopg

    with psycopg.connect(address) as link:
        forget(link, {name for (name,) in link.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")})


@contextmanager
def one_moment(address: str) -> Iterator[tuple[Any, str]]:
    """A connection that sees the PostgreSQL database as of one moment, and the name by which pg_dump sees the same."""
    import psycopg

    with psycopg.connect(address) as link:
        link.isolation_level, link.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
        found = link.execute("SELECT pg_export_snapshot()").fetchone()
        yield link, str(found[0]) if found else ""


def dump(address: str, link: Any, moment: str, target: Path) -> str:
    """A copy of what `one_moment` sees: the kind of copy, "pg_dump" or "copy". Raises DatabaseFault."""
    tool = shutil.which("pg_dump")
    if tool is not None:
        line = [tool, "--format=custom", "--compress=1", "--no-owner", "--no-privileges", f"--snapshot={moment}"]
        line += [f"--exclude-table-data={table}" for table in TABLES]
        try:
            _run([*line, "--file", str(target)], address, "导出")
        except DatabaseFault as fault:
            # Older than the server: then table by table, as without it.
            if "server version mismatch" not in str(fault):
                raise
        else:
            return "pg_dump"
    write_tables(link, target)
    return "copy"


def fill(address: str, source: Path, how: str) -> None:
    """Fill an empty database; in one transaction, all or nothing. Raises DatabaseFault."""
    if how == "copy":
        read_tables(address, source)
        return
    tool = shutil.which("pg_restore")
    if tool is None:
        raise DatabaseFault("这份备份由pg_dump导出，本机没有pg_restore。请安装postgresql-client再恢复。")
    line = [
        tool,
        "--single-transaction",
        "--exit-on-error",
        "--no-owner",
        "--no-privileges",
        "--dbname",
        _name(address),
    ]
    _run([*line, str(source)], address, "恢复")


def audit_end(source: Any) -> tuple[int, str]:
    """Number and seal of the newest event of an open database (any DB-API connection); (0, "") when there is no log."""
    cursor = source.cursor()
    try:
        cursor.execute("SELECT number, seal FROM audit_auditevent ORDER BY number DESC LIMIT 1")
        found = cursor.fetchone()
    finally:
        cursor.close()
    return (int(found[0]), str(found[1])) if found else (0, "")


def _name(address: str) -> str:
    return urlsplit(address).path.lstrip("/")


def _run(line: list[str], address: str, act: str) -> None:
    """The password goes by the environment: a command line can be seen by everybody on the machine."""
    parts = urlsplit(address)
    options = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    said = {
        "PGHOST": parts.hostname or unquote(options.get("host", "")), "PGPORT": str(parts.port or ""),
        "PGUSER": unquote(parts.username or ""), "PGPASSWORD": unquote(parts.password or ""), "PGDATABASE": _name(address),
    }  # fmt: skip
    environment = {**os.environ, **{key: value for key, value in said.items() if value}}
    done = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - found by which
    if done.returncode:
        raise DatabaseFault(f"PostgreSQL{act}没有完成：{done.stderr.strip()[-500:]}")
