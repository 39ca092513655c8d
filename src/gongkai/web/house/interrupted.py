"""Background tasks whose worker was killed: found when a worker starts, and put back (ADR 0086).

The task library marks a task as running and forgets it when its worker is killed. Here every worker holds a lock on a
file as long as it lives; the system lets go of the lock at whatever death. A running task whose worker's lock nobody
holds was interrupted.
"""

from __future__ import annotations

import fcntl
import logging
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

# Starts of one task. A task that took three workers with it will take the fourth.
MOST_STARTS = 3
# Tasks of workers on other machines, whose locks can't be seen from here: nothing of ours runs so long.
FOREIGN_PATIENCE = timedelta(hours=6)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recovered:
    """How many tasks were put back, and how many given up."""

    put_back: int = 0
    given_up: int = 0


def _folder() -> Path:
    folder: Path = settings.ENV.data / "run" / "workers"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _machine() -> str:
    """A word for this machine's data folder, made once."""
    path = _folder() / "machine"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(8))
    # Another worker may be between making and writing it: then this one has no word and trusts nobody's lock.
    return path.read_text("ascii")


@contextmanager
def at_work() -> Iterator[str]:
    """The id of this worker, alive while the context lasts."""
    name = f"{_machine()}-{os.getpid()}-{secrets.token_hex(4)}"
    path = _folder() / f"{name}.lock"
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield name
        finally:
            path.unlink(missing_ok=True)


def put_back() -> Recovered:
    """Make interrupted tasks ready again, at most MOST_STARTS times each; then they have failed.

    Tasks therefore run at least once, perhaps twice: each must bear that. Two workers starting at once do no harm.
    """
    back = over = 0
    for task in DBTaskResult.objects.running():
        if not _interrupted(task):
            continue
        mine = DBTaskResult.objects.filter(pk=task.pk, status=task.status, started_at=task.started_at)
        if len(task.worker_ids) >= MOST_STARTS:
            over += mine.update(
                status="FAILED",
                finished_at=timezone.now(),
                exception_class_path="builtins.InterruptedError",
                traceback=f"后台进程在办理中被终止，已试{len(task.worker_ids)}次，不再重试。",
            )
        else:
            back += mine.update(status="READY", started_at=None)
    _sweep()
    if back or over:
        _log.warning("interrupted tasks: %d put back, %d given up", back, over)
    return Recovered(back, over)


def _interrupted(task: DBTaskResult) -> bool:
    worker = str(task.worker_ids[-1]) if task.worker_ids else ""
    here = _machine()
    if here and worker.startswith(f"{here}-"):
        return not _held(_folder() / f"{worker}.lock")
    return task.started_at is None or task.started_at < timezone.now() - FOREIGN_PATIENCE


def _held(path: Path) -> bool:
    try:
        with path.open("r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _sweep() -> None:
    """Locks that died with their workers."""
    for path in _folder().glob("*.lock"):
        if not _held(path):
            path.unlink(missing_ok=True)
