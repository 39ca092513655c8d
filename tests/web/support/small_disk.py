"""A small file system of one's own, to run full."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[Path]:
    """At `place`, which is made. Only root may: others skip, except in CI, where they fail."""
    place.mkdir()
    line = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    if done.returncode:
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI must be able to mount a small file system: {done.stderr}")
        pytest.skip("only root can mount a small file system")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(place: Path, leave: int = 0) -> Path:
    """Take all room but `leave` bytes, to the last byte; the file that takes it."""
    ballast = place / "ballast"
    with ballast.open("ab", buffering=0) as file:
        try:
            while (room := os.statvfs(place).f_bavail * os.statvfs(place).f_frsize - leave) > 0:
                file.write(bytes(min(room, 1 << 20)))
        except OSError:
            assert leave == 0
    return ballast
