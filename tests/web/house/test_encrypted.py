"""Encrypted fields: sealed in the database, bound to their column, turned with the key."""

from __future__ import annotations

import pytest
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import connection

from gongkai.web import keys
from gongkai.web.accounts.models import User
from gongkai.web.house.encrypted import CannotOpen, seal, sealed_with_old_key, unseal


def stored(username):
    with connection.cursor() as cursor:
        cursor.execute("SELECT mobile FROM accounts_user WHERE username = %s", [username])
        return cursor.fetchone()[0]


def test_sealed_in_the_database_plain_in_python(town):
    assert User.objects.get(username="fan").mobile == "13900001234"
    assert stored("fan").startswith("k1.")
    assert "1390000" not in stored("fan")
    assert stored("gu") == ""


def test_the_same_text_is_sealed_differently_each_time():
    assert seal("13900001234", "a.b.c") != seal("13900001234", "a.b.c")


def test_a_sealed_value_does_not_open_elsewhere_or_damaged():
    sealed = seal("13900001234", "accounts.user.mobile")
    assert unseal(sealed, "accounts.user.mobile") == "13900001234"
    with pytest.raises(CannotOpen):
        unseal(sealed, "accounts.user.other")
    with pytest.raises(CannotOpen):
        unseal(sealed[:-6] + "AAAAA=", "accounts.user.mobile")
    with pytest.raises(CannotOpen):
        unseal("plain text", "accounts.user.mobile")


def test_it_cannot_be_filtered(db):
    with pytest.raises(FieldError, match="encrypted"):
        User.objects.filter(mobile="13900001234").exists()
    assert User.objects.filter(mobile__isnull=True).count() == 0


def test_turning_the_keys_seals_everything_again(town, settings, tmp_path):
    settings.ENV = _with_data(settings.ENV, tmp_path)
    (tmp_path / "keys").mkdir()
    old = settings.KEYS
    for name, text in (("secret", old.secret), ("audit", old.audit)):
        (tmp_path / "keys" / name).write_text(text)
    (tmp_path / "keys" / "encryption.json").write_text(str(list(old.encryption)).replace("'", '"'))
    before = stored("fan")
    call_command("turn_keys")
    assert stored("fan") != before
    assert sealed_with_old_key(before)
    assert not sealed_with_old_key(stored("fan"))
    assert User.objects.get(username="fan").mobile == "13900001234"
    ring = keys.load(tmp_path).encryption
    assert len(ring) == len(old.encryption) + 1
    assert unseal(before, "accounts.user.mobile") == "13900001234", "backups made before must still open"


def _with_data(env, folder):
    from dataclasses import replace

    return replace(env, data=folder)
