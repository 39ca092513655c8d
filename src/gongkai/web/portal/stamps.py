"""Triggers that give an item, or all organs, another stamp in the transaction of any change of what document pages show.

`CHANGES` says which rows of which table show on whose page (ADR 0083). A new item has no page yet, so that inserting
one costs nothing. Each trigger is named by the digest of its own text: those that lie already are left alone, and the
stamps survive a restart.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from .models import ItemStamp, OrgansStamp

PREFIX = "portal_stamp_"
ITEMS, ORGANS = ItemStamp._meta.db_table, OrgansStamp._meta.db_table
OF_ORGANS = ("organs.Organ", "organs.OrganName", "organs.Office", "organs.Within")
ALL = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True, slots=True)
class Change:
    """On `events` of `table`, when `condition` holds for a row, the items that `items` select get a stamp.

    `{row}` stands for NEW and OLD in turn, as the event has them; `columns` narrows updates. `holds`: which rows a new
    link leads to. PostgreSQL has many writers: one that changes such a row does not see a link that is not committed yet
    and would stamp nothing for it. So the link waits for the row, and the row for the link.
    """

    table: str
    items: tuple[str, ...]
    events: tuple[str, ...] = ALL
    condition: str = ""
    columns: tuple[str, ...] = ()
    holds: str = ""


# Its own page, those of the documents it changed or was changed by, and the other ends of its links.
_AROUND = (
    "SELECT {row}.id AS item", "SELECT {row}.validity_by_id", "SELECT id FROM catalogue_item WHERE validity_by_id = {row}.id",
    "SELECT reading_id FROM catalogue_interpretation WHERE policy_id = {row}.id",
    "SELECT policy_id FROM catalogue_interpretation WHERE reading_id = {row}.id",
)  # fmt: skip
_ENTRY = "SELECT item_id AS item FROM catalogue_catalogueentry_items WHERE catalogueentry_id = {row}.id"
_FILE = "SELECT item_id AS item FROM catalogue_attachment WHERE file_id = {row}.sha256"
_OWN = ("SELECT {row}.item_id AS item",)
_ENDS = ("SELECT {row}.policy_id AS item", "SELECT {row}.reading_id")
_CHANGED, _CHANGER = ("SELECT {row}.validity_by_id AS item",), "catalogue_item WHERE id = NEW.validity_by_id"
CHANGES = (
    Change("catalogue_item", _AROUND, ("DELETE",), "{row}.released"),
    Change("catalogue_item", _AROUND, ("UPDATE",), "{row}.released", holds=f"{_CHANGER} AND NEW.validity_by_id IS DISTINCT FROM OLD.validity_by_id"),
    Change("catalogue_item", _CHANGED, ("INSERT",), "{row}.released AND {row}.validity_by_id IS NOT NULL", holds=_CHANGER),
    Change("catalogue_item_joint_organs", _OWN),
    Change("catalogue_attachment", _OWN, holds="catalogue_storedfile WHERE sha256 = NEW.file_id"),
    Change("catalogue_storedfile", (_FILE,), ("UPDATE",), columns=("type", "size", "text_state")),
    Change("catalogue_channeluse", _OWN),
    Change("catalogue_interpretation", _ENDS, holds="catalogue_item WHERE id IN (NEW.policy_id, NEW.reading_id)"),
    Change("catalogue_catalogueentry_items", _OWN, holds="catalogue_catalogueentry WHERE id = NEW.catalogueentry_id"),
    Change("catalogue_catalogueentry", (_ENTRY,), ("UPDATE",)),  # it goes only after its links
)


def lay(using: str = "default", **kwargs: Any) -> None:
    """Create them after a migration. Does nothing where exactly these lie already."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if not {ITEMS, ORGANS} <= tables:
        return
    wanted = {name: statements for table, name, statements in _triggers(connection.vendor) if table in tables}
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {ORGANS}")  # noqa: S608 - our own table
        if set(_laid(connection)) == set(wanted) and cursor.fetchone()[0]:
            return
        lift(using)
        for statements in wanted.values():
            for statement in statements:
                cursor.execute(statement)
        cursor.execute(_new_stamp(connection.vendor))


def lift(using: str = "default", plan: Any = True, **kwargs: Any) -> None:
    """Drop them before a migration that does something; without organs' stamp nothing kept is right meanwhile."""
    connection = connections[using]
    if not plan:
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if ORGANS in connection.introspection.table_names():
            cursor.execute(f"DELETE FROM {ORGANS}")  # noqa: S608 - our own table
        for name in _laid(connection):
            cursor.execute(f'DROP TRIGGER "{name}"' if connection.vendor == "sqlite" else f'DROP FUNCTION "{name}"() CASCADE')


def _laid(connection: BaseDatabaseWrapper) -> list[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, %s) = %s", [len(PREFIX), PREFIX])
        else:
            cursor.execute("SELECT proname FROM pg_proc JOIN pg_trigger ON tgfoid = pg_proc.oid WHERE starts_with(proname, %s)", [PREFIX])
        return [name for (name,) in cursor.fetchall()]


def _triggers(vendor: str) -> Iterator[tuple[str, str, list[str]]]:
    """(table, name, statements) of each. Names come from our own models, never from outside."""
    for change in CHANGES:
        for event in change.events:
            of = f" OF {', '.join(change.columns)}" if event == "UPDATE" and change.columns else ""
            rows = {"INSERT": ["NEW"], "DELETE": ["OLD"], "UPDATE": ["OLD", "NEW"]}[event]
            when = " OR ".join(change.condition.format(row=row) for row in rows) if change.condition else ""
            yield _trigger(vendor, change.table, event + of, _stamp_items(vendor, change, rows), when)
    for label in OF_ORGANS:
        for event in ALL:
            yield _trigger(vendor, apps.get_model(label)._meta.db_table, event, _stamp_organs(vendor), statement=True)


def _stamp_items(vendor: str, change: Change, rows: list[str]) -> str:
    items = " UNION ".join(one.format(row=row) for row in rows for one in _named_first(change.items, row == rows[0]))
    stamp = f"INSERT INTO {ITEMS} (item, stamp) SELECT item, {_RANDOM[vendor]} FROM ({items}) AS shown WHERE item IS NOT NULL"  # noqa: S608
    hold = f"PERFORM 1 FROM {change.holds} FOR SHARE; " if change.holds and "NEW" in rows and vendor != "sqlite" else ""
    return hold + stamp


def _named_first(items: tuple[str, ...], first: bool) -> tuple[str, ...]:
    """In a union the first part names the column."""
    return items if first else tuple(one.replace(" AS item", "") for one in items)


_RANDOM = {"sqlite": "(random() & 1099511627775) + 1", "postgresql": "(random() * 1099511627775)::bigint + 1"}


def _stamp_organs(vendor: str) -> str:
    """SQLite has one writer, so one row is replaced; on PostgreSQL rows are appended (see triggers.py)."""
    old = "" if vendor == "sqlite" else (
        f" WHERE id IN (SELECT id FROM {ORGANS} WHERE at < now() - interval '1 day' LIMIT 100 FOR UPDATE SKIP LOCKED)"  # noqa: S608
    )  # fmt: skip
    return f"DELETE FROM {ORGANS}{old}; {_new_stamp(vendor)}"  # noqa: S608


def _new_stamp(vendor: str) -> str:
    now = "strftime('%Y-%m-%d %H:%M:%f', 'now')" if vendor == "sqlite" else "clock_timestamp()"
    return f"INSERT INTO {ORGANS} (stamp, at) VALUES ({_RANDOM[vendor]}, {now})"  # noqa: S608


def _trigger(vendor: str, table: str, event: str, does: str, when: str = "", statement: bool = False) -> tuple[str, str, list[str]]:
    digest = hashlib.blake2b(f"{vendor} {table} {event} {does} {when}".encode(), digest_size=5).hexdigest()
    name = f"{PREFIX}{digest}_{table}_{event.split(maxsplit=1)[0].lower()}"[:63]
    condition = f" WHEN ({when})" if when else ""
    if vendor == "sqlite":
        return table, name, [f'CREATE TRIGGER "{name}" AFTER {event} ON {table}{condition} BEGIN {does}; END']
    each = "STATEMENT" if statement else "ROW"
    return table, name, [
        f'CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {does}; RETURN NULL; END $$',
        f'CREATE TRIGGER "{name}" AFTER {event} ON {table} FOR EACH {each}{condition} EXECUTE FUNCTION "{name}"()',
    ]
