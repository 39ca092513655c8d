"""Names that change their answer, redirections, and other writings of an address, at every door. Nothing leaves this machine: what would be
connected to is noted and refused."""

from __future__ import annotations

import http.server
import ipaddress
import socket
import threading

import httpx
import pytest

from gongkai.web.bringing_in.site.guard import CannotFetch as CannotImport
from gongkai.web.bringing_in.site.guard import Guard
from gongkai.web.reporting.checker import fetch as fetching
from gongkai.web.reporting.checker.fetch import CannotFetch as CannotCheck
from gongkai.web.review import tasks
from gongkai.web.review.checks.outside import guarded

PUBLIC = "93.184.216.34"


def checked(address):
    """What the report checker says of it."""
    try:
        return fetching.fetch(address).data.decode()
    except CannotCheck as verdict:
        return str(verdict)


def imported(address):
    """What bringing in says of it."""
    guard = Guard()
    try:
        return guard.get(address).data.decode()
    except CannotImport as verdict:
        return str(verdict)
    finally:
        guard.close()


DOORS = {"checker": checked, "import": imported, "links": tasks.ask}


class Net:
    """A resolver and connections under our hand: names and what they answer in turn; `to` is what was connected to. What is connected
    to on a public address comes to our own server."""

    def __init__(self, port):
        self.names, self.to, self.port = {}, [], port
        self.asked = []

    def resolve(self, host, port, *args, **kwargs):
        host = host.decode() if isinstance(host, bytes) else host
        try:
            literal = str(ipaddress.ip_address(host))
        except ValueError:
            self.asked.append(host)
            answers = self.names.get(host)
            if answers is None:
                return real_getaddrinfo(host, port, *args, **kwargs)
            literal = answers.pop(0) if len(answers) > 1 else answers[0]
        family = socket.AF_INET6 if ":" in literal else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (literal, port))]

    def connect(self, address, *args, **kwargs):
        self.to.append(address)
        kwargs.pop("source_address", None)
        return real_connection(("127.0.0.1", self.port), *args, **kwargs)


real_getaddrinfo, real_connection = socket.getaddrinfo, socket.create_connection


@pytest.fixture
def net(monkeypatch):
    answers = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            net.hosts.append(self.headers["Host"])
            status, to = answers.get(self.path, (200, ""))
            self.send_response(status)
            if to:
                self.send_header("Location", to)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *args):
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    net = Net(server.server_port)
    net.answers, net.hosts = answers, []
    monkeypatch.setattr(socket, "getaddrinfo", net.resolve)
    monkeypatch.setattr(socket, "create_connection", net.connect)
    yield net
    server.shutdown()
    server.server_close()


FINE = {"checker": "ok", "import": "ok", "links": ""}


@pytest.mark.parametrize("door", DOORS)
def test_a_name_that_changes_its_answer_is_connected_where_it_was_judged(door, net):
    net.names["changing.example"] = [PUBLIC, "127.0.0.1"]
    assert DOORS[door]("http://changing.example/") == FINE[door]
    assert net.to == [(PUBLIC, 80)]
    assert net.asked == ["changing.example"]


@pytest.mark.parametrize("door", DOORS)
def test_a_name_that_changes_between_redirections_is_judged_again(door, net):
    net.names["changing.example"] = [PUBLIC, "10.0.0.1"]
    net.answers["/"] = (302, "/next")
    assert "不在公众互联网上" in DOORS[door]("http://changing.example/")
    assert net.to == [(PUBLIC, 80)]


AWAY = (
    "http://127.0.0.1/", "http://169.254.169.254/latest/meta-data", "//10.0.0.1/x", "http://[::1]/", "http://[::ffff:10.0.0.1]/",
    "http://[64:ff9b::7f00:1]/", "http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/", "http://127.1/", "http://\uff11\uff12\uff17.0.0.1/",
    "http://127\u30020\u30020\u30021/", "http://192.88.99.1/", "ftp://public.example/", "file:///etc/passwd", "gopher://public.example/",
    "http://public.example:22/", "https://public.example:80/", "http://user:word@public.example/", "http://public.example\\@127.0.0.1/",
    "http://[::1", "http://inside.example/", "http://inside.example./",
)  # fmt: skip


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("to", AWAY)
def test_a_redirection_leads_nowhere_inside(door, to, net):
    net.names |= {"public.example": [PUBLIC], "inside.example": ["192.168.1.1"], "inside.example.": ["192.168.1.1"]}
    # As servers send it: percent-encoded where it is not ASCII, which clients decode in a host.
    net.answers["/"] = (302, to.encode("utf-8").decode("latin-1"))
    said = DOORS[door]("http://public.example/")
    assert said not in ("", "ok")
    assert [address for address, _ in net.to if address != PUBLIC] == []
    assert DOORS[door](to) not in ("", "ok")
    assert [address for address, _ in net.to if address != PUBLIC] == []


@pytest.mark.parametrize("door", DOORS)
def test_redirections_in_a_circle_end(door, net):
    net.names["public.example"] = [PUBLIC]
    net.answers |= {"/": (302, "/a"), "/a": (307, "http://public.example/")}
    assert "次" in DOORS[door]("http://public.example/")
    assert len(net.to) <= 6


@pytest.mark.parametrize("door", DOORS)
def test_a_name_in_chinese_is_asked_in_its_ascii_form(door, net):
    net.names |= {"\u653f\u5e9c.example": [PUBLIC], "xn--mxtq1m.example": [PUBLIC]}
    assert DOORS[door]("http://\u653f\u5e9c.example/") == FINE[door]
    assert net.hosts == ["xn--mxtq1m.example"]


def test_an_address_of_version_6_keeps_its_brackets(net):
    to, headers, _ = guarded("http://[2606:4700:4700::1111]/x")
    assert httpx.URL(to).host == "2606:4700:4700::1111"
    assert headers["Host"] == "[2606:4700:4700::1111]"
