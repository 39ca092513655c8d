"""Versions of an index side by side in one folder, and the name of the one in use.

`<engine>.v<version>.current` holds that name and is replaced in one step, so that a reader sees the old index or the new one,
whole, and a process killed while building leaves only a folder that the next rebuild sweeps away.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from pathlib import Path
from typing import IO

from gongkai.web.search.prepared import VERSION


class Places:
    """`path` of the version in use, new ones, and the switch."""

    def __init__(self, folder: Path, engine: str) -> None:
        self.folder, self.engine = folder, engine
        self.pointer = folder / f"{engine}.v{VERSION}.current"
        self._claim: IO[str] | None = None

    def claim(self) -> bool:
        """Become the one process that writes here, until it ends or `release`s; False while another one is."""
        if self._claim is None:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = (self.folder / f"{self.engine}.lock").open("w", encoding="ascii")
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.close()
                return False
            self._claim = file
        return True

    def release(self) -> None:
        """Let another process write."""
        if self._claim is not None:
            self._claim.close()
            self._claim = None

    def current(self) -> Path | None:
        """The version in use; None before the first."""
        try:
            return self.folder / self.pointer.read_text("ascii")
        except FileNotFoundError:
            return None

    def stamp(self) -> tuple[int, int]:
        """Changes whenever `current` does; (0, 0) before the first. One stat, cheap enough for every search."""
        try:
            facts = self.pointer.stat()
        except FileNotFoundError:
            return 0, 0
        return facts.st_ino, facts.st_mtime_ns

    def fresh(self) -> Path:
        """A path for a new version; what earlier builds left half-made is removed."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.sweep()
        return self.folder / f"{self.engine}-{secrets.token_hex(6)}"

    def switch(self, path: Path) -> None:
        """From now on `path` is in use; the version before goes."""
        beside = self.pointer.with_suffix(".new")
        with beside.open("w", encoding="ascii") as file:
            file.write(path.name)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.pointer)
        self.sweep()

    def sweep(self) -> None:
        """Remove every version but the one in use. Readers that have it open keep reading it."""
        kept = self.current()
        for path in self.folder.glob(f"{self.engine}-*"):
            if kept is None or not path.name.startswith(kept.name):
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)

    def size(self) -> int:
        """Bytes of the version in use."""
        path = self.current()
        if path is None:
            return 0
        files = path.rglob("*") if path.is_dir() else self.folder.glob(f"{path.name}*")
        return sum(file.stat().st_size for file in files if file.is_file())
