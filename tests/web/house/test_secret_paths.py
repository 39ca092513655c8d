"""Keys in addresses stay out of every line of the log, for the routes there are and those that come."""

from __future__ import annotations

import json
import logging
import re
import secrets

import pytest
from django.urls import URLPattern, get_resolver
from django.urls.converters import get_converters

from gongkai.web.house.logs import JsonLines
from gongkai.web.house.secret_paths import MASK, SecretKey, masked
from gongkai.web.reporting.checker.store import Passing, State

KEY = "Ab3-_" + "xY7z" * 4 + "Qr8"
_TELLING = re.compile(r"key|token|secret|nonce|code$|pass")


def routes(patterns, before=""):
    """(route, converters by name) of every address."""
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield route, dict(one.pattern.converters)
        else:
            yield from routes(one.url_patterns, route)


def test_a_route_that_holds_a_key_says_so():
    every = list(routes(get_resolver().url_patterns))
    held = [route for route, converters in every if any(isinstance(one, SecretKey) for one in converters.values())]
    assert len(held) >= 6
    for route, converters in every:
        for name, one in converters.items():
            assert isinstance(one, SecretKey) or not _TELLING.search(name), f"{route}: <{name}> must be a SecretKey"
    # A converter that takes nothing but what a key may be is one.
    for kind, one in get_converters().items():
        assert isinstance(one, SecretKey) or "uuid" in kind or not re.search(r"\{\d{2,}", one.regex), kind


def test_what_token_urlsafe_makes_is_hidden_and_what_is_none_stays():
    for size in (16, 18, 32):
        for _ in range(200):
            key = secrets.token_urlsafe(size)
            assert key not in masked(f"GET /x/{key}/progress failed in /data/checker/{key}")
    for stays in (
        "/organs/wangjin-fazhan-he-gaige/", f"/data/files/ab/{'ab12' * 16}", "/usr/lib/python3.11/site-packages/django/core/handlers/base.py",
        "/info/20240001/files/12", "django.core.exceptions.SynchronousOnlyOperation", "/opt/x/SynchronousOnly.py",
    ):  # fmt: skip
        assert masked(stays) == stays


@pytest.mark.parametrize("tail", ["/", "", "/progress", "/forget", "/page/1/1.png", "/result.json", "/nothing", ".x", "x/y"])
def test_no_line_tells_the_key_of_a_check(tail, client, caplog, db):
    with caplog.at_level(logging.DEBUG):
        client.get(f"/checker/{KEY}{tail}")
        client.post(f"/checker/{KEY}{tail}")
    lines = [JsonLines().format(record) for record in caplog.records]
    assert any(json.loads(line)["logger"] == "gongkai.web.request" and MASK in json.loads(line)["path"] for line in lines)
    assert KEY not in "".join(lines)


def test_neither_does_a_line_about_a_fault(client, caplog, db, monkeypatch):
    def fail(self):
        raise OSError(f"no space: {self.folder}")

    monkeypatch.setattr(Passing, "find", classmethod(lambda cls, key: cls(key)))
    monkeypatch.setattr(Passing, "state", lambda self: State("x", 1, 9e12, stage="done"))
    monkeypatch.setattr(Passing, "results", fail)
    client.raise_request_exception = False
    with caplog.at_level(logging.DEBUG):
        assert client.get(f"/checker/{KEY}/").status_code == 500
    lines = [JsonLines().format(record) for record in caplog.records]
    assert any("no space" in line for line in lines)
    assert KEY not in "".join(lines)
