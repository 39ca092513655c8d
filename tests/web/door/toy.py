"""An application with large answers of three kinds, behind the door."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from gongkai.web.door.door import Door
from gongkai.web.door.receiving import Pace, UnderWay

SIZE = 24 << 20


def wsgi(environ, start_response):
    """/file, /nameless, /stream: SIZE bytes; anything else: a word."""
    path = environ["PATH_INFO"]
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(SIZE if path in ("/file", "/nameless", "/stream") else 2))])
    if path == "/file":
        return environ["wsgi.file_wrapper"](Path(os.environ["TOY_FILE"]).open("rb"))
    if path == "/nameless":
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the door closes it
        file.write(b"n" * SIZE)
        file.seek(0)
        return environ["wsgi.file_wrapper"](file)
    if path == "/stream":
        return (b"s" * (1 << 16) for _ in range(SIZE >> 16))
    return iter([b"ok"])


application = Door(wsgi, Pace(10, 8192), UnderWay(20, 1 << 30))
