"""Where the web processes count for `/metrics`. Knows nothing of Django.

They write there through mapped memory: on a disk without room that write is a signal that ends the process, not an error.
So the folder lies in memory where the system has such a place.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - the folder made there is one's own, or none is used


@contextmanager
def counts_folder(data: Path) -> Iterator[Path]:
    """An empty folder for the counts of the platform in `data`, which this process must hold alone; afterwards it is gone."""
    place = _made(data)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _made(data: Path) -> Path:
    mark = sha256(os.fsencode(data)).hexdigest()[:16]
    place = _parent() / f"gongkai-counts-{os.getuid()}-{mark}"
    try:
        if not _mine(place):
            return Path(tempfile.mkdtemp(prefix="gongkai-counts-", dir=_parent()))
        shutil.rmtree(place)  # of one that was killed
    except FileNotFoundError:
        pass
    place.mkdir(mode=0o700)
    return place


def _parent() -> Path:
    return IN_MEMORY if IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK) else Path(tempfile.gettempdir())


def _mine(place: Path) -> bool:
    """Anybody may lay something there under this name. Raises FileNotFoundError."""
    found = place.lstat()
    return found.st_uid == os.getuid() and place.is_dir() and not place.is_symlink()
