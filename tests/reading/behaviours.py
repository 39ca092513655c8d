"""Stand-ins for the reader, for tests of the worker: the document's bytes say what to do."""

from __future__ import annotations

import os
import signal
import time

from gongkai.reading.allowance import allowance
from gongkai.reading.limits import CannotRead, Limits
from gongkai.report import Report


def act(data: bytes, source: str, limits: Limits) -> list[Report]:
    """Sleep, eat memory, die, raise, or report who read what and how deep archives may still nest."""
    match data.partition(b" ")[0].decode():
        case "sleep":
            time.sleep(float(data.split()[1]))
        case "scan":
            allowance.scanned_page()
            time.sleep(float(data.split()[1]))
        case "eat":
            held = bytearray(int(data.split()[1]))
            held[:: 4096] = b"x" * len(held[::4096])
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "abort":
            os.abort()
        case "fail":
            raise KeyError("fault of the program")
        case "cannot":
            raise CannotRead("corrupt", "坏")
        case "two":
            return [Report(source, title="1"), Report(source, title="2")]
    return [Report(source, title=str(os.getpid()), organ=str(limits.depth))]
