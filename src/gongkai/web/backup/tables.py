"""Every table of a PostgreSQL database by COPY in one snapshot, for machines without pg_dump.

The file is a ZIP: `migrations.json` (which migration each app was at) and one member a table. It is filled into a
database that the same migrations have made, in one transaction.
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

from .fleeting import TABLES
from .states import migrate_to


def write_tables(link: Any, target: Path) -> None:
    """Copy out over `link`, which sees one moment."""
    from psycopg import sql

    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        applied = link.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()
        archive.writestr("migrations.json", json.dumps(applied))
        for table in _tables(link):
            rows = sql.SQL("SELECT {} FROM {}").format(_columns(link, table), sql.Identifier(table))
            statement = sql.SQL("COPY ({}{}) TO STDOUT").format(rows, sql.SQL(" WHERE false" if table in TABLES else ""))
            with (
                archive.open(f"{table}.copy", "w", force_zip64=True) as member,
                link.cursor().copy(statement) as rows,
            ):
                for piece in rows:
                    member.write(piece)
            archive.writestr(f"{table}.columns", json.dumps(_column_names(link, table)))


def read_tables(address: str, source: Path) -> None:
    """Fill in: make the tables with the migrations of the archive, then load every row in one transaction."""
    import psycopg
    from psycopg import sql

    with zipfile.ZipFile(source) as archive:
        migrate_to(json.loads(archive.read("migrations.json")))
        with psycopg.connect(address) as link:
            tables = [name.removesuffix(".copy") for name in archive.namelist() if name.endswith(".copy")]
            link.execute("SET CONSTRAINTS ALL DEFERRED")
            # Triggers of our own (search's list of changes, the guard of the audit log) have nothing to do here.
            for table in tables:
                link.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(table)))
            for table in tables:
                link.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            for table in tables:
                _fill(link, archive, table)
            link.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in tables:
                link.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(sql.Identifier(table)))


def _fill(link: Any, archive: zipfile.ZipFile, table: str) -> None:
    from psycopg import sql

    columns = json.loads(archive.read(f"{table}.columns"))
    listed = sql.SQL(", ").join(sql.Identifier(column) for column in columns)
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), listed)
    with archive.open(f"{table}.copy") as member, link.cursor().copy(statement) as rows:
        while piece := member.read(1 << 20):
            rows.write(piece)
    _set_sequence(link, table, columns)


def _tables(link: Any) -> list[str]:
    found = link.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
    return [name for (name,) in found if name != "django_migrations"]


def _column_names(link: Any, table: str) -> list[str]:
    """Columns that hold something of their own: generated ones are computed again."""
    found = link.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s "
        "AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    ).fetchall()
    return [name for (name,) in found]


def _columns(link: Any, table: str) -> Any:
    from psycopg import sql

    return sql.SQL(", ").join(sql.Identifier(name) for name in _column_names(link, table))


def _set_sequence(link: Any, table: str, columns: list[str]) -> None:
    """Numbers go on after the highest."""
    from psycopg import sql

    if "id" not in columns:
        return
    (sequence,) = link.execute("SELECT pg_get_serial_sequence(%s, 'id')", [f'"{table}"']).fetchone()
    if sequence:
        link.execute(
            sql.SQL("SELECT setval(%s, COALESCE((SELECT max(id) FROM {}), 0) + 1, false)").format(
                sql.Identifier(table)
            ),
            [sequence],
        )
