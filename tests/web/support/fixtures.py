"""Fixtures of the platform's tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.hashers import make_password  # noqa: F401 - loads the hashers before they are made cheap
from django.db import connection
from django.test import Client, TransactionTestCase

from gongkai.web.accounts import one_time_codes
from gongkai.web.accounts.models import Authenticator
from gongkai.web.audit import guard

from . import town as towns
from .town import PASSWORD, Town


@pytest.fixture(autouse=True)
def cheap(settings: object) -> None:
    """Plain static names; a cheap password hash: nothing here tests argon2's slowness."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def nobody_has_asked() -> None:
    """What is counted by address: all tests come from one."""
    from django.conf import settings

    from gongkai.web.house import rate, visits

    rate.window = rate.Window()
    visits._visits.cache_clear()
    for end in ("", "-wal", "-shm"):
        (settings.ENV.data / "run" / (visits.NAME + end)).unlink(missing_ok=True)


@pytest.fixture(autouse=True, scope="session")
def flush_past_the_guard() -> Iterator[None]:
    """Tests with real transactions empty every table afterwards, which the audit triggers rightly forbid:
    they are dropped for the emptying and laid again."""
    plain = TransactionTestCase._fixture_teardown

    def teardown(case: TransactionTestCase) -> None:
        with connection.cursor() as cursor:
            for statement in _drop_statements():
                cursor.execute(statement)
        plain(case)
        with connection.schema_editor() as editor:
            guard.lay(editor)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = plain


def _drop_statements() -> list[str]:
    if connection.vendor == "sqlite":
        return ["DROP TRIGGER IF EXISTS audit_no_update", "DROP TRIGGER IF EXISTS audit_no_delete"]
    return [f"DROP TRIGGER IF EXISTS audit_no_{act} ON {guard.TABLE}" for act in ("change", "truncate")]


@pytest.fixture
def town(db: None) -> Town:
    """The invented town."""
    return towns.build()


SignIn = Callable[..., Client]


@pytest.fixture
def sign_in(town: Town) -> SignIn:
    """`sign_in("shi")`: a client that went through password and code."""

    def go(username: str) -> Client:
        client = Client()
        client.post("/account/login", {"username": username, "password": PASSWORD})
        device = Authenticator.objects.get(user=town.people[username])
        client.post("/account/second-factor", {"token": fresh_code(device)})
        return client

    return go


def fresh_code(device: Authenticator) -> str:
    """A code that has not been used yet."""
    device.refresh_from_db()
    step = max(one_time_codes.step_now(), device.last_step + 1)
    return one_time_codes.code(device.secret, step)
