"""Before any view: names that are not ours, and methods nobody here serves."""

from __future__ import annotations

import logging
import re

import pytest
from django.test import Client

from tests.web.exits import EXITS

VALUES = {"slug": "linhe", "int": "1"}
METHODS = ("TRACE", "CONNECT", "TRACK", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "X" * 40)


def everywhere():
    """An address of every route, and a few that have none."""
    fill = lambda found: VALUES.get(found[1], "x")  # noqa: E731 - the argument of sub
    return ["/" + re.sub(r"<(\w+):\w+>", fill, route) for route in EXITS] + ["/static/house/base.css", "/nowhere", "/api/nowhere"]


@pytest.fixture
def noise(capfd):
    """What reaches the log or the error stream, whoever writes it."""
    records = []

    class Ear(logging.Handler):
        def emit(self, record):
            records.append(record)

    ear = Ear(logging.WARNING)
    loggers = [logging.getLogger(name) for name in ("", "django", "django.request", "django.security", "django.security.DisallowedHost")]
    for one in loggers:
        one.addHandler(ear)
    yield lambda: [f"{one.name}: {one.getMessage()}" for one in records] + capfd.readouterr().err.splitlines()
    for one in loggers:
        one.removeHandler(ear)


@pytest.mark.parametrize("host", ["elsewhere.example", "testserver.elsewhere.example", "a b", "169.254.169.254", "testserver:99999x"])
@pytest.mark.parametrize("https", ["on", "off"])
def test_a_name_that_is_not_ours_is_a_quiet_400(db, noise, settings, host, https):
    settings.SECURE_SSL_REDIRECT = https == "on"
    for address in ("/", "/info/1", "/staff/home", "/account/login", "/health/live", "/nowhere"):
        answer = Client().get(address, headers={"host": host})
        assert answer.status_code == 400
        assert "您访问的域名不是本平台的" in answer.content.decode()
        assert host not in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
    answer = Client().get("/api/items", headers={"host": host})
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/json")
    assert noise() == []


def test_methods_nobody_serves_are_refused_at_every_route(db):
    client, addresses = Client(), everywhere()
    assert len(addresses) > 150
    for address in addresses:
        for method in METHODS[:3] if address != "/" else METHODS:
            answer = client.generic(method, address, b"secret: words", headers={"x-secret": "words"})
            assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST"), f"{method} {address}"
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert "words" not in answer.content.decode()
