"""The threads that Django works in: few and lasting, because each keeps its own database connections."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from queue import SimpleQueue

log = logging.getLogger(__name__)
Job = Callable[[], None]


class Pool:
    """Takes jobs in their order."""

    def __init__(self, threads: int) -> None:
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._threads = [threading.Thread(target=self._work, name=f"django-{number}", daemon=True) for number in range(threads)]
        for thread in self._threads:
            thread.start()

    def put(self, job: Job) -> None:
        """Do it when a thread is free."""
        self._jobs.put(job)

    def finish(self, seconds: float) -> None:
        """Let what has begun or waits be done, at most so long."""
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join(seconds / len(self._threads))

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except Exception:
                log.exception("A request was not answered")
