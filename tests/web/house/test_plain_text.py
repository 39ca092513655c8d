"""Control characters reach no view, no column and no feed."""

from __future__ import annotations

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError
from django.http import HttpRequest
from django.test import Client
from lxml import etree

from gongkai.web.catalogue.models import Item, Stage
from gongkai.web.house.plain_text import is_plain, plain, whole_number
from tests.web.catalogue.conftest import at, draft, own_files  # noqa: F401 - fixtures


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("节水办法\t甲\r\n乙", "节水办法\t甲\r\n乙"), ("节水\x0b办法\x0c", "节水 办法 "), ("\x00节\x08水\x1b[31m", "节水[31m"),
        ("\ud800节水\udfff", "节水"), ("\ufffe节\uffff", "节"), ("\x85a\x9fb", " ab"), ("𠮷\u200b👨‍👩‍👧", "𠮷\u200b👨‍👩‍👧"),
    ],
)  # fmt: skip
def test_plain(text, found):
    assert plain(text) == found
    assert is_plain(found)
    assert is_plain(text) == (text == found)


def test_a_form_is_cleaned_and_a_feed_stays_whole(town, sign_in, at, client):  # noqa: F811
    values = {"organ": town.water.pk, "title": "节水\x0b办法\x00甲", "kind": "policy", "attribute": "proactive", "body": "<p>一&#11;二&#1;三\x02</p>"}
    assert sign_in("fan").post("/staff/items/new", values).status_code == 302
    item = Item.objects.get()
    assert (item.title, item.body) == ("节水 办法甲", "<p>一 二三</p>")
    published = at(Stage.PUBLISHED, title=item.title, summary="摘要")
    for form in ("rss", "atom"):
        feed = client.get(f"/column/lh-shuiwu/list.{form}")
        assert published.title in "".join(etree.fromstring(feed.content).itertext())


@pytest.mark.parametrize("query", ["q=%00", "organ=%00", "kind=%0b&since=%00", "page=%00", "%00=%00", "cursor=%00&actor=%00&subject=%00", "q=%0%000"])
@pytest.mark.parametrize("address", ["/search/", "/column/lh-shuiwu/list", "/organs/", "/api/items", "/api/entries", "/staff/items", "/staff/audit", "/staff/entries", "/search/suggest", "/checker/", "/staff/review", "/staff/cleanups"])
def test_queries_are_cleaned(town, sign_in, address, query):
    assert sign_in("shi").get(f"{address}?{query}").status_code in {200, 400, 403, 404, 422, 503}  # 503: no index here


def test_addresses_with_controls_are_none(town, client):
    for address in ("/organs/%00/", "/staff/people/%00", "/zwgk/t%0b.html", "/%00"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "没有这个页面" in answer.content.decode()


def test_a_cookie_with_controls_is_none(town, client):
    for cookie in ('sessionid="\\000\\001abcdefgh"', 'csrftoken="a\\013b"'):
        assert client.get("/staff/home", headers={"Cookie": cookie}).status_code == 302
        assert client.get("/account/login", headers={"Cookie": cookie}).status_code == 200


def test_an_error_page_has_its_headers_when_the_session_cannot_be_read(town, monkeypatch):
    def fails(self):
        raise DatabaseError("gone")

    monkeypatch.setattr(SessionStore, "load", fails)
    client = Client(raise_request_exception=False, headers={"Cookie": "sessionid=abcdefgh12345678"})
    answer = client.get("/account/login")
    assert answer.status_code == 500
    assert "系统出错" in answer.content.decode()
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_a_body_is_read_only_when_somebody_asks_for_it(town, sign_in, client, monkeypatch):
    """Nobody is let in at the gate for having sent a form, so it is not read there."""
    read, load = [], HttpRequest._load_post_and_files
    monkeypatch.setattr(HttpRequest, "_load_post_and_files", lambda self: (read.append(self.path), load(self))[1])
    for address in ("/staff/items/new", "/staff/items/1/attach", "/"):
        client.post(address, {"title": "节水"})
    assert read == []
    fan = sign_in("fan")
    read.clear()
    fan.post("/staff/items/new", {"title": "节水"})
    assert read == ["/staff/items/new"]


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("2026", 2026), ("9" * 9, 999_999_999), ("9" * 10, None), ("1" * 5000, None), ("²", None), ("-1", None), ("", None)])
def test_a_number_somebody_typed(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize("path", ["/staff/review/conversions?year={}", "/staff/shares?year={}", "/organs/?q=a&level={}", "/staff/organs?level={}"])
def test_a_number_of_thousands_of_digits_breaks_no_page(sign_in, path):
    assert sign_in("ou").get(path.format("1" * 5000)).status_code in {200, 403, 404}
