"""Health, metrics, logs, headers, error pages."""

from __future__ import annotations

import json
import logging
import sys
from dataclasses import replace

import pytest
from django.test import Client, RequestFactory

from gongkai.web.house import error_pages
from gongkai.web.house.address import client_address
from gongkai.web.house.logs import JsonLines
from gongkai.web.house.request_id import new_request_id


def test_health(db, client):
    assert client.get("/health/live").json() == {"status": "ok"}
    assert client.get("/health/ready").json() == {"status": "ok", "database": "ok", "data_folder": "ok", "disk": "ok"}


def test_not_ready_without_a_data_folder(db, client, settings, tmp_path):
    settings.ENV = replace(settings.ENV, data=tmp_path / "gone")
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["data_folder"] == "not_writable"


def test_not_ready_before_migrating(db, client, monkeypatch):
    from gongkai.web.house import health

    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, targets: ["0001"])
    assert client.get("/health/ready").json()["database"] == "not_migrated"


def test_metrics_count_and_are_for_neighbours_only(town, client):
    client.get("/organs/")
    text = client.get("/metrics").content.decode()
    assert 'gongkai_requests_total{method="GET",status="200",view="organs:directory"}' in text
    assert "gongkai_audit_events" in text
    assert Client(REMOTE_ADDR="198.51.100.7").get("/metrics").status_code == 404


def test_security_headers(town, client):
    answer = client.get("/organs/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert len(answer["X-Request-ID"]) == 12


def test_the_error_pages(town, client, settings):
    missing = client.get("/nowhere")
    assert missing.status_code == 404
    assert "没有这个页面" in missing.content.decode()
    assert missing["X-Request-ID"] in missing.content.decode()
    forged = Client(enforce_csrf_checks=True).post("/account/login", {"username": "a"})
    assert forged.status_code == 403
    assert "页面已过期" in forged.content.decode()
    assert client.get("/organs/", headers={"host": "evil.example"}).status_code == 400


def test_a_crash_shows_a_number_and_no_traceback(db, monkeypatch):
    from gongkai.web.organs.views import directory

    monkeypatch.setattr(directory, "found", lambda *args: 1 / 0)
    answer = Client(raise_request_exception=False).get("/organs/")
    text = answer.content.decode()
    assert answer.status_code == 500
    assert "系统出错" in text
    assert answer["X-Request-ID"] in text
    assert "ZeroDivision" not in text


@pytest.mark.parametrize(
    "words", [error_pages.BAD, error_pages.FORBIDDEN, error_pages.MANY, error_pages.BROKEN]
)
def test_error_pages_need_no_database(words):
    assert words.title in error_pages.page(None, words).content.decode()


def test_too_many_says_when_to_come_back(rf):
    assert error_pages.too_many(rf.get("/"))["Retry-After"] == "900"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "198.51.100.1", "127.0.0.1"),
        (1, "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        (2, "6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (1, "nonsense", ""),
        (1, "", "127.0.0.1"),
    ],
)
def test_only_the_named_proxies_are_believed(settings, proxies, forwarded, seen):
    settings.ENV = replace(settings.ENV, proxies=proxies)
    request = RequestFactory().get("/", headers={"x-forwarded-for": forwarded})
    assert client_address(request) == seen


def test_log_lines_are_json_with_the_request():
    number = new_request_id()
    try:
        raise ValueError("坏")
    except ValueError:
        record = logging.LogRecord("a.b", logging.ERROR, "f", 1, "第%s行", (3,), sys.exc_info())
    record.status = 500
    record.password = "secret"
    line = json.loads(JsonLines().format(record))
    assert (line["request"], line["message"], line["status"]) == (number, "第3行", 500)
    assert "ValueError: 坏" in line["error"]
    assert "secret" not in json.dumps(line)


def test_the_query_stays_out_of_the_log(town, client, caplog):
    with caplog.at_level(logging.INFO, "gongkai.web.request"):
        client.get("/organs/?q=张三")
    assert "张三" not in "".join(JsonLines().format(record) for record in caplog.records)
    assert caplog.records[-1].path == "/organs/"


def test_a_probe_that_succeeds_leaves_no_line(town, client, caplog):
    with caplog.at_level(logging.INFO, "gongkai.web.request"):
        client.get("/health/live")
        client.get("/organs/")
    assert [record.path for record in caplog.records] == ["/organs/"]
