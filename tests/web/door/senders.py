"""Clients that misbehave, on plain sockets."""

from __future__ import annotations

import socket
import time
import urllib.request
from contextlib import ExitStack

from django.urls import URLPattern, URLResolver, get_resolver


def every_address():
    """One address of each route, whatever its values."""
    found = []

    def walk(patterns, before):
        for one in patterns:
            route = before + str(one.pattern)
            if isinstance(one, URLResolver):
                walk(one.url_patterns, route)
            elif isinstance(one, URLPattern):
                found.append("/" + _filled(route))

    walk(get_resolver().url_patterns, "")
    return sorted(set(found))


def _filled(route):
    """`<int:number>` becomes 1, any other value "a"."""
    parts = []
    for piece in route.split("<"):
        name, end, rest = piece.partition(">")
        parts.append(("1" if name.startswith("int:") else "a") + rest if end else piece)
    return "".join(parts)


class Sender:
    """A connection that has said what it would send, and does not."""

    def __init__(self, port, path, *headers, method="POST", begin=b""):
        self.link = socket.create_connection(("127.0.0.1", port), timeout=20)
        # With the cookie: without it Django refuses a form before it looks at it, and nobody would be held up anyway.
        form, cookie = "Content-Type: application/x-www-form-urlencoded", f"Cookie: csrftoken={'a' * 32}"
        kind = [] if any(one.startswith("Content-Type") for one in headers) else [form]
        head = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", cookie, *kind, *headers]
        self.link.sendall("\r\n".join(head).encode() + b"\r\n\r\n" + begin)

    def answer(self):
        """What comes until the server ends it, or until a whole answer is there."""
        found = b""
        while not _whole(found) and (piece := self._more()):
            found += piece
        return found

    def _more(self):
        try:
            return self.link.recv(1 << 16)
        except (ConnectionError, TimeoutError):
            return b""

    def status(self):
        """Of the answer; 0 for none."""
        words = self.answer().split(b" ", 2)
        return int(words[1]) if len(words) > 1 else 0


def _whole(text):
    head, end, body = text.partition(b"\r\n\r\n")
    if not end:
        return False
    sizes = [int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")]
    return bool(sizes) and len(body) >= sizes[0]


def waiting(stack: ExitStack, port, paths, count, *headers, begin=b"a"):
    """So many senders, closed with `stack`."""
    found = [Sender(port, paths[place % len(paths)], *headers, begin=begin) for place in range(count)]
    for one in found:
        stack.callback(one.link.close)
    return found


def get(port, path="/", seconds=5):
    """A page for somebody else, within `seconds`."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=seconds) as answer:
        return answer.read()


def wait_for(condition, seconds=20):
    """Until it holds."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("it took too long")
        time.sleep(0.05)
