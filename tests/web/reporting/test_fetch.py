"""Addresses: only what is public, judged at every step, never more than allowed. Only this machine is asked."""

from __future__ import annotations

import dataclasses
import http.server
import socket
import threading

import pytest

from gongkai.web.reporting.checker import fetch as fetching
from gongkai.web.reporting.checker.fetch import CannotFetch, fetch, parse, public_address

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


def test_a_name_that_answers_with_one_private_address_is_refused(monkeypatch):
    def answers(*addresses):
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in addresses]
        monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *a, **k: found)

    answers("93.184.216.34")
    assert public_address("example.org", 80) == "93.184.216.34"
    for private in ("127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
                    "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"):  # fmt: skip
        answers("93.184.216.34", private)
        with pytest.raises(CannotFetch, match="公众互联网"):
            public_address("example.org", 80)


@pytest.mark.parametrize("address", [
    "ftp://example.org/a", "javascript:alert(1)", "http://", "example.org", "http://user:pass@example.org/",
    "http://example.org:22/", "http://example.org:99999/", "http://[::1", "gopher://example.org",
])  # fmt: skip
def test_addresses_that_are_none(address):
    with pytest.raises(CannotFetch):
        parse(address)


@pytest.mark.django_db
def test_the_checker_reads_an_address(page, client):
    place, answers = page()
    answers["/2023/report.html"] = (200, {"Content-Type": "text/html"}, samples.document())
    answer = client.post("/checker/", {"address": f"{place}/2023/report.html"}, follow=True)
    assert samples.TITLE in answer.content.decode()


@pytest.mark.django_db
def test_addresses_are_off_unless_asked_for(client):
    assert 'name="address"' not in client.get("/checker/").content.decode()
    answer = client.post("/checker/", {"address": "http://example.org/"})
    assert answer.status_code == 400 and "没有开通" in answer.content.decode()
