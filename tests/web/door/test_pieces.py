"""The door's parts, without a server."""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace

import pytest

from gongkai.web.door.environ import environ_of
from gongkai.web.door.receiving import NotTaken, Pace, UnderWay
from gongkai.web.house.address import address_of


def test_a_body_must_keep_its_pace():
    pace = Pace(seconds=10, rate=1000)
    assert pace.until(started=0, now=0, received=0) == 10
    assert pace.until(started=0, now=8, received=1) == pytest.approx(10.001)  # a byte buys a millisecond
    assert pace.until(started=0, now=8, received=4000) == 14
    assert pace.until(started=0, now=1, received=10**9) == 11  # who was fast may not be silent for days


def test_shares_come_back_and_one_address_takes_none_of_anothers():
    under_way = UnderWay(most_of_one=1, most_bytes=100)
    with under_way.one("a", 60):
        with pytest.raises(NotTaken) as many, under_way.one("a", 1):
            pass
        with under_way.one("b", 40), pytest.raises(NotTaken) as full, under_way.one("c", 1):
            pass
    assert (many.value.fault.status, full.value.fault.status) == (429, 503)
    assert under_way == UnderWay(1, 100)
    with under_way.one("a", 100):
        pass


class Headers(list):
    """Of a toy request."""

    def items(self):
        return self


@dataclass
class Scope:
    """A toy request."""

    headers: Headers = field(default_factory=Headers)
    http_version: str = "1.1"
    server: str = "127.0.0.1:8000"
    client: str = "[2001:db8::1]:5000"
    scheme: str = "http"
    method: str = "GET"
    path: str = "/organs/水/"
    query_string: str = "q=%E6%B0%B4"
    authority: str | None = None


def test_the_environ_is_what_wsgi_says():
    headers = Headers([("host", "gk.example.cn"), ("content-type", "text/plain"), ("x-a", "1"), ("x-a", "2"), ("cookie", "a=1"), ("cookie", "b=2")])
    environ = environ_of(Scope(headers), io.BytesIO())
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/organs/水/"
    assert (environ["REMOTE_ADDR"], environ["SERVER_NAME"], environ["SERVER_PORT"]) == ("2001:db8::1", "127.0.0.1", "8000")
    assert (environ["HTTP_HOST"], environ["CONTENT_TYPE"], environ["HTTP_X_A"], environ["HTTP_COOKIE"]) == ("gk.example.cn", "text/plain", "1,2", "a=1; b=2")


def test_nobody_speaks_for_the_proxy():
    """X_Forwarded_For is not X-Forwarded-For, though both would have one name here."""
    headers = Headers([("x_forwarded_for", "10.0.0.1"), ("x-forwarded-for", "203.0.113.7")])
    assert environ_of(Scope(headers), io.BytesIO())["HTTP_X_FORWARDED_FOR"] == "203.0.113.7"


def test_the_address_is_the_one_a_configured_proxy_names(settings):
    assert address_of("127.0.0.1", "203.0.113.7") == "127.0.0.1"
    settings.ENV = replace(settings.ENV, proxies=1)
    assert address_of("127.0.0.1", "10.9.9.9, 203.0.113.7") == "203.0.113.7"
