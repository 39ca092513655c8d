"""The time and memory a worker may take for the document it reads.

The clock is the system's own alarm: when it rings it ends the process, wherever it is, also inside a library. A page
that must be read by OCR costs seconds where another costs milliseconds, and models that need memory: so each such page
puts the alarm off, and the first one raises the limit of memory.
"""

from __future__ import annotations

import signal
import sys

from gongkai.reading.limits import Limits

ALARM = getattr(signal, "SIGALRM", None)
"""None on systems without alarms; there the caller's own time-out is all there is."""


class Allowance:
    """One a process, as the alarm and the limits of a process are."""

    def __init__(self) -> None:
        self._limits: Limits | None = None
        self._memory_before: int | None = None

    def start(self, limits: Limits) -> None:
        """Set the alarm and the memory for one document."""
        self._limits = limits
        self._memory_before = _limit_memory(limits.memory)
        if ALARM is not None:
            signal.signal(ALARM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, limits.seconds)

    def stop(self) -> None:
        """The document is read: no alarm, and the memory the process had."""
        self._limits = None
        if self._memory_before is not None:
            _limit_memory(self._memory_before)
            self._memory_before = None
        if ALARM is not None:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def scanned_page(self) -> None:
        """A page is about to be read by OCR: put the alarm off, allow its memory. Does nothing outside a worker."""
        if self._limits is None:
            return
        _limit_memory(max(self._limits.memory, self._limits.scan_memory))
        if ALARM is not None and (left := signal.getitimer(signal.ITIMER_REAL)[0]):
            signal.setitimer(signal.ITIMER_REAL, left + self._limits.scan_seconds)


def _limit_memory(size: int) -> int | None:
    """Limit the writable private memory of the process; the limit there was, where there is one. Not address space:
    thread stacks and arenas of numeric libraries reserve gigabytes of that without using them."""
    if sys.platform != "linux":
        return None
    import resource  # noqa: PLC0415  # not on every platform

    before, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (size, most))
    return before


allowance = Allowance()
