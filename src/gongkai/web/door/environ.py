"""A request as granian brings it (RSGI), in the words of WSGI (PEP 3333)."""

from __future__ import annotations

import sys
from typing import IO, Any, Protocol

from gongkai.web.door.answering import FileToSend


class Headers(Protocol):
    """Of a request; names in lower case."""

    def __contains__(self, key: str) -> bool: ...
    def __getitem__(self, key: str) -> str: ...
    def get_all(self, key: str) -> list[str]: ...
    def items(self) -> list[tuple[str, str]]: ...
    def get(self, key: str, default: Any = None) -> Any: ...


class Scope(Protocol):
    """What is known of a request before its body."""

    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str
    authority: str | None

    @property
    def headers(self) -> Headers: ...


_SAME_FOR_ALL: dict[str, Any] = {
    "SCRIPT_NAME": "", "SERVER_SOFTWARE": "granian", "wsgi.version": (1, 0), "wsgi.errors": sys.stderr, "wsgi.multithread": True,
    "wsgi.multiprocess": True, "wsgi.run_once": False, "wsgi.input_terminated": True, "wsgi.file_wrapper": FileToSend,
}  # fmt: skip


def host_of(address: str) -> str:
    """Of "203.0.113.7:80" and "[::1]:80"."""
    return address.rpartition(":")[0].strip("[]")


def environ_of(scope: Scope, body: IO[bytes]) -> dict[str, Any]:
    """The environ; its input is the whole body, in a file."""
    environ = _SAME_FOR_ALL.copy()
    server, _, port = scope.server.rpartition(":")
    environ["REQUEST_METHOD"], environ["QUERY_STRING"] = scope.method, scope.query_string
    environ["PATH_INFO"] = scope.path.encode("utf-8", "surrogateescape").decode("latin-1")
    environ["SERVER_NAME"], environ["SERVER_PORT"] = server.strip("[]"), port
    environ["SERVER_PROTOCOL"] = f"HTTP/{scope.http_version}"
    environ["REMOTE_ADDR"], environ["wsgi.url_scheme"] = host_of(scope.client), scope.scheme
    environ["wsgi.input"] = body
    for name, value in scope.headers.items():
        # X_Forwarded_For would become the same name as X-Forwarded-For, which only proxies may say.
        if "_" in name:
            continue
        key = name.replace("-", "_").upper()
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
        before = environ.get(key)
        environ[key] = value if before is None else f"{before}{'; ' if key == 'HTTP_COOKIE' else ','}{value}"
    environ.setdefault("HTTP_HOST", scope.authority or "")
    return environ
