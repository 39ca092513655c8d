"""The time a worker may take for the document it reads.

The clock is the system's own alarm: when it rings it ends the process, wherever it is, also inside a library. A page
that must be read by OCR costs seconds where another costs milliseconds, so each such page puts the alarm off.
"""

from __future__ import annotations

import signal

ALARM = getattr(signal, "SIGALRM", None)
"""None on systems without alarms; there the caller's own time-out is all there is."""


class Clock:
    """One a process, as the alarm is."""

    def __init__(self) -> None:
        self._page_seconds = 0.0

    def start(self, seconds: float, page_seconds: float) -> None:
        """Set the alarm for one document; ``page_seconds`` is what each scanned page adds."""
        self._page_seconds = page_seconds
        if ALARM is not None:
            signal.signal(ALARM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, seconds)

    def stop(self) -> None:
        """The document is read: no alarm."""
        self._page_seconds = 0.0
        if ALARM is not None:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def scanned_page(self) -> None:
        """A page is about to be read by OCR: put the alarm off. Does nothing where no clock runs."""
        if ALARM is not None and self._page_seconds:
            left = signal.getitimer(signal.ITIMER_REAL)[0]
            if left:
                signal.setitimer(signal.ITIMER_REAL, left + self._page_seconds)


clock = Clock()
