"""Who asks for much and reads nothing holds a connection, no thread."""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import ExitStack

import pytest

from tests.web.door.senders import Sender, get
from tests.web.door.served import web_server
from tests.web.door.toy import SIZE

KINDS = {"/file": b"f", "/nameless": b"n", "/stream": b"s"}


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    """The toy behind the door."""
    folder = tmp_path_factory.mktemp("readers")
    (folder / "large").write_bytes(b"f" * SIZE)
    line = [sys.executable, "-m", "granian", "tests.web.door.toy:application", "--interface", "rsgi", "--http", "1", "--no-ws"]
    with web_server(folder, {**os.environ, "TOY_FILE": str(folder / "large")}, line) as (_, port):
        yield port


@pytest.mark.parametrize("path", KINDS)
def test_a_large_answer_arrives_whole(port, path):
    said = get(port, path, 30)
    assert hashlib.sha256(said).digest() == hashlib.sha256(KINDS[path] * SIZE).digest()


@pytest.mark.parametrize("path", KINDS)
def test_readers_who_do_not_read_hold_nobody_up(port, path):
    with ExitStack() as stack:
        for _ in range(20):
            reader = Sender(port, path, method="GET")
            stack.callback(reader.link.close)
            assert reader.link.recv(1).startswith(b"H")
        assert get(port) == b"ok"
