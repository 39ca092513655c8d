"""Triggers that give the public content a new edition in the transaction of the change itself, whoever makes it.

SQLite has one writer, so one row is replaced. On PostgreSQL a row replaced by all writers would make them wait for each
other (and could deadlock): each statement appends a row, and rows of yesterday go.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.models import Model

from .models import Edition

TABLE = Edition._meta.db_table
PREFIX = "portal_edition_"
# Not the figures of reports: they are only ever entered together with their report.
WATCHED = (
    "organs.Organ", "organs.OrganName", "organs.Office", "organs.Change", "organs.ChangeParty", "organs.Within",
    "catalogue.Item", "catalogue.Attachment", "catalogue.Interpretation", "catalogue.StandingPage", "catalogue.CatalogueEntry",
    "catalogue.ChannelUse", "reporting.AnnualReport",
)  # fmt: skip
EVENTS = ("INSERT", "UPDATE", "DELETE")


def watched() -> Iterator[type[Model]]:
    """The models whose rows public pages show, with the tables of their many-to-many fields."""
    for label in WATCHED:
        model = apps.get_model(label)
        yield model
        yield from (field.remote_field.through for field in model._meta.many_to_many)


def lay(using: str = "default", **kwargs: Any) -> None:
    """Create them (after every migration; laying them twice is harmless)."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if TABLE not in tables:
        return
    lift(using)
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute(_FUNCTION)
        for model in watched():
            table = model._meta.db_table
            if table in tables:
                for event in EVENTS:
                    cursor.execute(_trigger(connection.vendor, table, event))
        cursor.execute(_RENEW if connection.vendor == "sqlite" else f"INSERT INTO {TABLE} (stamp, at) VALUES ({_STAMP}, now())")  # noqa: S608


def lift(using: str = "default", **kwargs: Any) -> None:
    """Drop them."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute(f'DROP FUNCTION IF EXISTS "{PREFIX}renew"() CASCADE')
            return
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, %s) = %s", [len(PREFIX), PREFIX])
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


_NOW = "strftime('%Y-%m-%d %H:%M:%f', 'now')"
_RENEW = f"INSERT INTO {TABLE} (stamp, at) VALUES (hex(randomblob(16)), {_NOW})"  # noqa: S608
_STAMP = "gen_random_uuid()::text"
_FUNCTION = f"""
CREATE FUNCTION "{PREFIX}renew"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  DELETE FROM {TABLE} WHERE id IN (SELECT id FROM {TABLE} WHERE at < now() - interval '1 day' LIMIT 100 FOR UPDATE SKIP LOCKED);
  INSERT INTO {TABLE} (stamp, at) VALUES ({_STAMP}, clock_timestamp());
  RETURN NULL;
END $$"""  # noqa: S608


def _trigger(vendor: str, table: str, event: str) -> str:
    """Names come from our own models, never from outside."""
    name = f"{PREFIX}{table}_{event.lower()}"[:63]
    if vendor != "sqlite":
        return f'CREATE TRIGGER "{name}" AFTER {event} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION "{PREFIX}renew"()'
    return f'CREATE TRIGGER "{name}" AFTER {event} ON {table} {_when(table, event)} BEGIN DELETE FROM {TABLE}; {_RENEW}; END'  # noqa: S608


def _when(table: str, event: str) -> str:
    """Drafts and reviews change nothing that the public sees."""
    if table != "catalogue_item":
        return ""
    rows = {"INSERT": ["NEW"], "DELETE": ["OLD"], "UPDATE": ["OLD", "NEW"]}[event]
    return "WHEN " + " OR ".join(f"{row}.released" for row in rows)
