"""Triggers that write down every change of a searchable table, in its own transaction, whoever makes it and how.

Bulk writes, imports and a statement at the SQL prompt are noted like any act; a crash loses none (ADR 0067). They are
lifted before migrations, which rebuild tables on SQLite, and laid again after.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from .models import SearchChange
from .sources import sources

OUTBOX = SearchChange._meta.db_table
PREFIX = "search_note_"


@dataclass(frozen=True, slots=True)
class Noted:
    """One trigger: on `event` of `table`, note `model` with the value of `column`."""

    table: str
    model: str
    column: str
    event: str
    columns: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The same for the same table, event and columns."""
        return f"{PREFIX}{self.table}_{self.event.lower()}{'_' if self.columns else ''}{'_'.join(self.columns)}"[:63]

    @property
    def row(self) -> str:
        """Which row holds the value."""
        return "OLD" if self.event == "DELETE" else "NEW"


def noted() -> list[Noted]:
    """Every trigger there must be."""
    return list(dict.fromkeys(_all()))


def _all() -> Iterator[Noted]:
    for source in sources().values():
        meta = source.model._meta
        assert meta.pk is not None  # every model has a primary key
        for event in ("INSERT", "UPDATE", "DELETE"):
            yield Noted(meta.db_table, source.label, meta.pk.column, event)
        for watch in source.watches:
            label, table = watch.model._meta.label_lower, watch.model._meta.db_table
            if watch.columns:
                yield Noted(table, label, watch.column, "UPDATE", watch.columns)
            else:
                for event in ("INSERT", "UPDATE", "DELETE"):
                    yield Noted(table, label, watch.column, event)


def lay(using: str = "default", **kwargs: Any) -> None:
    """Create them (after every migration; laying them twice is harmless)."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if OUTBOX not in tables:
        return
    lift(using)
    with connection.cursor() as cursor:
        for one in noted():
            if one.table in tables:
                for statement in _statements(connection, one):
                    cursor.execute(statement)


def lift(using: str = "default", **kwargs: Any) -> None:
    """Drop them."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, %s) = %s", [len(PREFIX), PREFIX])
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        else:
            cursor.execute("SELECT proname FROM pg_proc WHERE starts_with(proname, %s)", [PREFIX])
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP FUNCTION "{name}"() CASCADE')


def _statements(connection: BaseDatabaseWrapper, one: Noted) -> list[str]:
    """Names come from our own models, never from outside."""
    insert = f"INSERT INTO {OUTBOX} (model, key) VALUES ('{one.model}', {one.row}.{one.column})"  # noqa: S608
    of = f" OF {', '.join(one.columns)}" if one.columns else ""
    if connection.vendor == "sqlite":
        return [f'CREATE TRIGGER "{one.name}" AFTER {one.event}{of} ON {one.table} BEGIN {insert}; END']
    return [
        f'CREATE FUNCTION "{one.name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {insert}; RETURN NULL; END $$',
        f'CREATE TRIGGER "{one.name}" AFTER {one.event}{of} ON {one.table} FOR EACH ROW EXECUTE FUNCTION "{one.name}"()',
    ]
