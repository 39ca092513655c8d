"""Settings from the environment, keys in the data folder."""

from __future__ import annotations

import stat

import pytest
from django.core.exceptions import ImproperlyConfigured

from gongkai.web import keys
from gongkai.web.settings import database, environment, security


def test_defaults_are_the_safe_ones():
    env = environment.read({})
    assert env.https
    assert not env.debug
    assert env.second_factor == "required"
    assert env.proxies == 0


def test_demo_relaxes_what_a_laptop_cannot_have():
    env = environment.read({"GONGKAI_DEMO": "on"})
    assert not env.https
    assert env.second_factor == "offered"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GONGKAI_HTTPS", "maybe"),
        ("GONGKAI_PROXIES", "-1"),
        ("GONGKAI_PROXIES", "二"),
        ("GONGKAI_PAGES_AHEAD", "101"),
        ("GONGKAI_SILENCE_SECONDS", "0"),
        ("GONGKAI_BODY_KB", "0"),
        ("GONGKAI_LOG_LEVEL", "LOUD"),
        ("GONGKAI_SECOND_FACTOR", "never"),
        ("GONGKAI_METRICS_FROM", "10.0.0.0/99"),
    ],
)
def test_wrong_values_name_the_variable(name, value):
    with pytest.raises(ImproperlyConfigured, match=name):
        environment.read({name: value})


def test_production_cookies_and_transport():
    found = security.transport(environment.read({"GONGKAI_PROXIES": "1"}))
    assert found["SESSION_COOKIE_SECURE"]
    assert found["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert found["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert found["SECURE_PROXY_SSL_HEADER"]
    assert "SECURE_SSL_REDIRECT" not in security.transport(environment.read({"GONGKAI_HTTPS": "off"}))


def test_databases():
    sqlite = database.databases(environment.read({"GONGKAI_DATA": "/tmp/x"}))["default"]
    assert sqlite["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    other = database.databases(environment.read({"GONGKAI_DATABASE_URL": "postgresql://a:b@h:5433/d"}))[
        "default"
    ]
    assert (other["ENGINE"], other["NAME"], other["PORT"]) == ("django.db.backends.postgresql", "d", 5433)


def test_sqlite_runs_as_promised(db):
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("about SQLite")
    with connection.cursor() as cursor:
        answers = {}
        for pragma in ("journal_mode", "foreign_keys", "busy_timeout"):
            cursor.execute(f"PRAGMA {pragma}")
            answers[pragma] = cursor.fetchone()[0]
    assert answers == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 20000}


def test_keys_are_made_once_and_for_their_owner_only(tmp_path):
    made = keys.make(tmp_path)
    assert made.kept
    assert keys.make(tmp_path) == made == keys.load(tmp_path)
    for path in (tmp_path / "keys").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert len({made.secret, made.audit, *made.encryption}) == 3


def test_throw_away_keys_do_not_serve(tmp_path):
    loose = keys.load(tmp_path)
    assert not loose.kept
    with pytest.raises(ImproperlyConfigured, match="没有密钥"):
        loose.demand_kept()
    assert not list(tmp_path.iterdir()), "looking makes nothing"


def test_a_turned_ring_keeps_the_old_keys(tmp_path):
    before = keys.make(tmp_path)
    after = keys.turn_ring(tmp_path)
    assert after.encryption[1:] == before.encryption
    assert stat.S_IMODE((tmp_path / "keys" / "encryption.json").stat().st_mode) == 0o600
