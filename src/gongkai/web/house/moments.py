"""Moments that were noted while the clock ran ahead. Corrected, it must neither stretch a limit nor bar anybody until they come."""

from __future__ import annotations

from datetime import datetime, timedelta

# Two machines, and a machine before and after asking the time, differ by seconds.
SLACK = timedelta(minutes=1)


def ahead(moment: datetime, now: datetime) -> bool:
    """Whether `moment`, which was the present once, lies in the future: nothing can be measured by it."""
    return moment > now + SLACK
