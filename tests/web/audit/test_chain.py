"""The audit chain: appended, sealed, and held by the database itself."""

from __future__ import annotations

import io
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from gongkai.web.audit import chain
from gongkai.web.audit.models import AuditEvent, Immutable
from gongkai.web.house.actor import Actor
from gongkai.web.house.events import Subject, record


def add(label="某事"):
    return record(
        Actor.operator(), "accounts.login", Subject("tests.thing", "1", label), details={"注": "甲"}
    )


def raw(sql, values=()):
    """Run SQL past the triggers, as someone who dropped them could."""
    from tests.web.support.fixtures import _drop_statements

    with connection.cursor() as cursor:
        for statement in _drop_statements():
            cursor.execute(statement)
        cursor.execute(sql, values)


@pytest.fixture
def five(db):
    return [add(f"事{number}") for number in range(5)]


def test_numbers_have_no_gaps_and_seals_chain(five):
    assert [event.number for event in five] == [1, 2, 3, 4, 5]
    assert five[0].previous == chain.FIRST
    assert five[3].previous == five[2].seal
    assert list(chain.verify()) == []
    assert chain.end() == (5, five[4].seal)


@pytest.mark.parametrize(
    "act",
    [
        lambda event: event.save(),
        lambda event: event.delete(),
        lambda event: AuditEvent.objects.update(verb="x"),
        lambda event: AuditEvent.objects.all().delete(),
        lambda event: AuditEvent.objects.bulk_create([event]),
        lambda event: AuditEvent.objects.bulk_update([event], ["verb"]),
    ],
)
def test_the_orm_has_no_way_to_change_it(five, act):
    with pytest.raises(Immutable):
        act(five[1])


@pytest.mark.parametrize("sql", ["UPDATE audit_auditevent SET verb = 'x'", "DELETE FROM audit_auditevent"])
def test_the_database_refuses_too(five, sql):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert AuditEvent.objects.count() == 5


def test_postgresql_refuses_truncate(five):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE audit_auditevent")


@pytest.mark.parametrize(
    ("sql", "number"),
    [
        ("UPDATE audit_auditevent SET subject_label = '别的' WHERE number = 3", 3),
        ("UPDATE audit_auditevent SET actor_name = '别人' WHERE number = 1", 1),
        ("UPDATE audit_auditevent SET details = '{}' WHERE number = 5", 5),
        ("DELETE FROM audit_auditevent WHERE number = 2", 2),
    ],
)
def test_verify_finds_what_was_done_past_the_triggers(five, sql, number):
    raw(sql)
    assert [one.number for one in chain.verify()] == [number]


def test_a_rewritten_chain_does_not_hold_without_the_key(five, settings):
    from dataclasses import replace

    right = settings.KEYS
    settings.KEYS = replace(right, audit="guessed")
    forged = chain.seal_of(five[4])
    settings.KEYS = right
    raw("UPDATE audit_auditevent SET seal = %s WHERE number = 5", [forged])
    assert [one.number for one in chain.verify()] == [5]


def test_a_cut_tail_is_found_with_a_seal_noted_earlier(five):
    noted = five[4].seal
    raw("DELETE FROM audit_auditevent WHERE number > 3")
    assert list(chain.verify()) == []
    assert len(list(chain.verify(noted))) == 1


def test_the_command_says_so(five):
    out = io.StringIO()
    call_command("verify_audit", stdout=out)
    assert "共5条" in out.getvalue()
    raw("DELETE FROM audit_auditevent WHERE number = 2")
    with pytest.raises(CommandError, match="断裂"):
        call_command("verify_audit", stderr=io.StringIO())


def test_an_event_rolls_back_with_its_act(five):
    with transaction.atomic():
        add()
        transaction.set_rollback(True)
    assert chain.end()[0] == 5


@pytest.mark.django_db(transaction=True)
def test_two_writers_make_one_chain():
    def write():
        try:
            for _ in range(10):
                add()
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert chain.end()[0] == 30
    assert list(chain.verify()) == []
