"""Contents under their hash: whole or absent at whatever death of the process or the machine, and never changed.

A content is written beside, compared with its hash, flushed to the disk, and only then renamed to its place.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from pathlib import Path
from typing import BinaryIO

from django.core.files.storage import default_storage

from . import disk

INCOMING = ".incoming"
_PIECE = 1 << 20
_A_DAY = 86_400


def digest(file: BinaryIO) -> str:
    """SHA-256 of the whole content; leaves the position at the beginning."""
    file.seek(0)
    found = hashlib.sha256()
    while piece := file.read(_PIECE):
        found.update(piece)
    file.seek(0)
    return found.hexdigest()


def intact(path: str, sha256: str) -> bool:
    """Whether the content is there and still has its hash."""
    if not default_storage.exists(path):
        return False
    with default_storage.open(path) as file:
        return digest(file) == sha256


def keep(path: str, file: BinaryIO, sha256: str) -> None:
    """Have `file` at `path` of the storage; what is there spoilt is mended. ValueError when its hash is another, NoRoom."""
    if intact(path, sha256):
        return
    disk.demand(file.seek(0, os.SEEK_END))
    part, place = incoming() / f"{sha256}-{secrets.token_hex(4)}", Path(default_storage.path(path))
    try:
        if _copy(file, part) != sha256:
            raise ValueError(f"the content of {path} does not have its hash")
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.replace(place)
        _flush(place.parent)
    finally:
        part.unlink(missing_ok=True)


def incoming() -> Path:
    """Where contents are written first: on the same disk as their place."""
    folder = Path(default_storage.path(INCOMING))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def sweep(older_than_seconds: float = _A_DAY) -> None:
    """Remove what killed writers left behind."""
    for left in incoming().iterdir():
        if left.stat().st_mtime < time.time() - older_than_seconds:
            left.unlink(missing_ok=True)


def _copy(file: BinaryIO, target: Path) -> str:
    file.seek(0)
    found = hashlib.sha256()
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as copy:
        while piece := file.read(_PIECE):
            found.update(piece)
            copy.write(piece)
        copy.flush()
        os.fsync(copy.fileno())
    file.seek(0)
    return found.hexdigest()


def _flush(folder: Path) -> None:
    """The name itself reaches the disk with its folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
