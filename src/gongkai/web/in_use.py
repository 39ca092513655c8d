"""A data folder is used by one `gongkai serve` at a time. Knows nothing of Django.

The lock is the system's: it goes with the process that holds it, at whatever death.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class InUse(RuntimeError):  # noqa: N818
    """Another process holds the folder; the message (Chinese) says what to do."""


@contextmanager
def alone_in(data: Path) -> Iterator[None]:
    """Hold `data` as long as the context lasts. Raises InUse."""
    folder = data / "run"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "serve.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise InUse(
                f"数据目录{data}正由另一个gongkai serve使用（进程{lock.read().strip()}）。请先停止它，或另选一个数据目录。"
            ) from error
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield
