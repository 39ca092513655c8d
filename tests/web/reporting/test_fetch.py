"""Addresses: judged at every step (who may be asked: test_outside.py), never more than allowed. Only this machine is asked."""

from __future__ import annotations

import dataclasses
import http.server
import threading
import time

import pytest

from gongkai.web.reporting.checker import fetch as fetching
from gongkai.web.reporting.checker.fetch import CannotFetch, fetch

from . import samples


@pytest.fixture
def page(settings):
    """A web server of our own on the loopback; `page(hosts)` says which hosts may be read."""
    answers = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            status, headers, body = answers[self.path]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def go(hosts=("127.0.0.1",)):
        settings.ENV = dataclasses.replace(settings.ENV, checker_fetch=True, checker_fetch_hosts=tuple(hosts))
        return f"http://127.0.0.1:{server.server_port}", answers

    yield go
    server.shutdown()
    server.server_close()


def test_a_page_is_got(page):
    place, answers = page()
    answers["/n/report"] = (200, {"Content-Type": "text/html"}, b"<p>1</p>")
    got = fetch(f"{place}/n/report")
    assert (got.name, got.data) == ("report.html", b"<p>1</p>")


def test_our_own_network_is_closed(page):
    place, answers = page(hosts=())
    answers["/"] = (200, {}, b"secret")
    with pytest.raises(CannotFetch, match="标准端口"):
        fetch(f"{place}/")


def test_a_redirection_to_our_own_network_is_not_followed(page):
    place, answers = page()
    answers["/"] = (302, {"Location": "http://169.254.169.254/latest/meta-data"}, b"")
    with pytest.raises(CannotFetch, match="不在公众互联网上"):
        fetch(f"{place}/")
    answers["/"] = (302, {"Location": "file:///etc/passwd"}, b"")
    with pytest.raises(CannotFetch, match="http://"):
        fetch(f"{place}/")


def test_a_redirection_to_what_is_no_address(page):
    place, answers = page()
    answers["/"] = (302, {"Location": "http://[::1"}, b"")
    with pytest.raises(CannotFetch, match="网址写法有误"):
        fetch(f"{place}/")


def test_redirections_end(page):
    place, answers = page()
    answers["/"] = (302, {"Location": "/"}, b"")
    with pytest.raises(CannotFetch, match="次以上"):
        fetch(f"{place}/")


def test_size_is_limited(page, monkeypatch):
    place, answers = page()
    answers["/"] = (200, {}, b"0" * 5000)
    monkeypatch.setattr(fetching, "LIMITS", dataclasses.replace(fetching.LIMITS, bytes=4000))
    with pytest.raises(CannotFetch, match="超过"):
        fetch(f"{place}/")


def test_time_is_limited(page, monkeypatch):
    place, answers = page()
    answers["/"] = (200, {}, b"0")
    monkeypatch.setattr(fetching, "WHOLE_SECONDS", -1.0)
    with pytest.raises(CannotFetch, match="太慢"):
        fetch(f"{place}/")


@pytest.mark.django_db
def test_the_checker_reads_an_address(page, client):
    place, answers = page()
    answers["/2023/report.html"] = (200, {"Content-Type": "text/html"}, samples.document())
    result = client.post("/checker/", {"address": f"{place}/2023/report.html"})["Location"]
    end = time.monotonic() + 120
    while "正在检查</h1>" in (text := client.get(result).content.decode()) and time.monotonic() < end:
        time.sleep(0.3)
    assert samples.TITLE in text


@pytest.mark.django_db
def test_addresses_are_off_unless_asked_for(client):
    assert 'name="address"' not in client.get("/checker/").content.decode()
    answer = client.post("/checker/", {"address": "http://example.org/"})
    assert answer.status_code == 400 and "没有开通" in answer.content.decode()
