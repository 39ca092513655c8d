"""`gongkai serve` under people who send slowly, too much, or nothing of what they said they would."""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import ExitStack

import psutil
import pytest

from gongkai.isolation import python
from tests.web.door.senders import Sender, every_address, get, waiting
from tests.web.door.served import copied_database, web_server

pytestmark = pytest.mark.django_db
SILENCE = 3
HUGE = 600 << 20


@pytest.fixture(scope="module")
def served(tmp_path_factory, django_db_setup, django_db_blocker):
    """The web server as `gongkai serve` starts it; three seconds of silence end a sender."""
    folder = tmp_path_factory.mktemp("senders")
    with django_db_blocker.unblock():
        address = copied_database(folder)
    environment = {**os.environ, "GONGKAI_DATA": str(folder), "GONGKAI_DATABASE_URL": address, "GONGKAI_SILENCE_SECONDS": str(SILENCE)}
    done = subprocess.run(python("-m", "gongkai.web", "prepare"), env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    with web_server(folder, environment) as found:
        yield found


@pytest.fixture
def port(served):
    return served[1]


@pytest.mark.parametrize("count", [20, 60])
def test_who_begins_a_body_and_waits_holds_nobody_up(port, count):
    """At every route: others are answered meanwhile, and the senders are ended with words."""
    with ExitStack() as stack:
        addresses = every_address()
        for first in range(0, len(addresses) if count == 20 else count, count):
            senders = waiting(stack, port, addresses[first:] + addresses[:first], count, "Content-Length: 1000")
        for _ in range(3):
            assert b"<html" in get(port)
        assert {one.status() for one in senders} <= {400, 403, 404, 405, 408, 429, 200, 302}


def test_who_sends_a_byte_now_and_then_is_ended(port):
    """One byte a second is no silence, yet far too slow."""
    with ExitStack() as stack:
        (sender,) = waiting(stack, port, ["/account/login"], 1, "Content-Length: 1000")
        sender.link.setblocking(False)
        began, said = time.monotonic(), b""
        while not said and time.monotonic() < began + 4 * SILENCE:
            time.sleep(0.5)
            try:
                sender.link.send(b"a")
                said = sender.link.recv(1 << 16)
            except BlockingIOError:
                continue
    assert b" 408 " in said


def test_one_address_has_so_many_bodies_under_way(port):
    with ExitStack() as stack:
        senders = waiting(stack, port, ["/account/login"], 40, "Content-Length: 1000")
        said = [one.answer() for one in senders]
    many, slow = [sum(text.startswith(b"HTTP/1.1 %d " % status) for text in said) for status in (429, 408)]
    assert (many, slow) == (20, 20)
    assert all(b"retry-after" in text.lower() for text in said if b" 429 " in text[:20])


def written(process):
    """Bytes that the whole family wrote to files and sockets."""
    return sum(one.io_counters().write_chars for one in psutil.Process(process.pid).children(recursive=True))


@pytest.mark.parametrize("path", ["/", "/account/login", "/checker/", "/staff/items/1/attach", "/nowhere"])
def test_a_huge_body_is_refused_before_it_is_here(served, path):
    process, port = served
    kind, before = "Content-Type: multipart/form-data; boundary=x", written(process)
    part = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f.pdf"\r\n\r\n'
    with ExitStack() as stack:
        (sender,) = waiting(stack, port, [path], 1, kind, f"Content-Length: {HUGE}", begin=part)
        said = sender.answer()  # before any more is sent
    assert said.startswith(b"HTTP/1.1 413 ")
    assert "提交的内容太大" in said.decode()
    assert "600 MB" in said.decode()
    with ExitStack() as stack:
        (sender,) = waiting(stack, port, [path], 1, kind, f"Content-Length: {HUGE}", begin=part)
        for _ in range(50):
            try:
                sender.link.sendall(b"x" * (1 << 20))
            except OSError:
                break
    assert written(process) - before < 10 << 20


def test_files_for_staff_are_not_read_from_strangers(served):
    """20 MB are allowed there, but not to anybody: the gate answers, and nothing is kept."""
    process, port = served
    before = written(process)
    with ExitStack() as stack:
        (sender,) = waiting(stack, port, ["/staff/items/1/attach"], 1, f"Content-Length: {20 << 20}")
        sender.link.sendall(b"x" * ((20 << 20) - 1))
        assert sender.status() in {302, 403}
    assert written(process) - before < 5 << 20


def test_a_body_without_its_length_is_not_taken(port):
    with ExitStack() as stack:
        (sender,) = waiting(stack, port, ["/account/login"], 1, "Transfer-Encoding: chunked", begin=b"1\r\na\r\n")
        said = sender.answer()
    assert said.startswith(b"HTTP/1.1 411 ")
    assert "Content-Length" in said.decode()


@pytest.mark.parametrize(("size", "asked"), [(HUGE, False), (3, True)])
def test_who_asks_first_is_told_before_sending(port, size, asked):
    with ExitStack() as stack:
        (sender,) = waiting(stack, port, ["/account/login"], 1, "Expect: 100-continue", f"Content-Length: {size}", begin=b"")
        first = sender.link.recv(1 << 16)
    assert first.startswith(b"HTTP/1.1 100 " if asked else b"HTTP/1.1 413 ")


def test_a_length_that_lies_gets_nobody_anywhere(port):
    with ExitStack() as stack:
        short = Sender(port, "/account/login", "Content-Length: 1000", begin=b"a=1")
        short.link.shutdown(1)
        (long,) = waiting(stack, port, ["/account/login"], 1, "Content-Length: 3", begin=b"a=1" + b"\0" * 1000)
        assert long.status() == 403  # no token: the three bytes were the form
        assert b"<html" in get(port)
        short.link.close()


def test_slow_headers_are_ended(port):
    with ExitStack() as stack:
        (sender,) = waiting(stack, port, ["/"], 1, begin=b"")
        sender.answer()
        began = time.monotonic()
        sender.link.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n")
        while sender.link.recv(1 << 16):
            pass
        assert time.monotonic() - began < 4 * SILENCE


def test_a_form_still_arrives(port):
    assert b"csrfmiddlewaretoken" in get(port, "/account/login")
    with ExitStack() as stack:
        (sender,) = waiting(stack, port, ["/checker/"], 1, "Content-Length: 8", begin=b"address=")
        said = sender.answer().decode()
    assert "还没有选择文件" in said
