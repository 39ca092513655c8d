"""A database file beside the main one, for its owner alone, begun without ever being open here."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path


def begin(path: Path) -> None:
    """Lay an empty file there that only its owner reads, unless something lies there already. Raises OSError.

    It is made under another name and linked in. A process that closes any handle of a file loses all locks it has on it
    (POSIX), those of SQLite in another thread too: so none may be opened where another thread may have connected.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, blank = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # of mode 0600
    os.close(handle)
    try:
        with contextlib.suppress(FileExistsError):
            os.link(blank, path)
    finally:
        Path(blank).unlink()
