"""How often one address may ask for a check. Counted in files, so that all web processes count together."""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import time

from django.conf import settings

from gongkai.web.house.address import household

from .limits import CHECKS, WITHIN_SECONDS
from .store import root

_TIMES_KEPT = 400


def allowed(address: str, *, checks: int = CHECKS, within: float = WITHIN_SECONDS) -> bool:
    """Count one check of ``address``; False when it had its share. An IPv6 network of one household counts as one."""
    folder = root() / ".visits"
    folder.mkdir(mode=0o700, exist_ok=True)
    now = time.time()
    _sweep(now, within)
    with (folder / _name(address)).open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        times = [float(line) for line in file if _is_number(line) and now - within < float(line) <= now]
        if len(times) >= checks:
            return False
        file.seek(0)
        file.truncate()
        file.write("".join(f"{moment}\n" for moment in [*times, now][-_TIMES_KEPT:]))
    return True


def _name(address: str) -> str:
    """The file of an address; its name does not tell the address."""
    return hmac.new(settings.SECRET_KEY.encode(), household(address).encode(), hashlib.sha256).hexdigest()[:32]


def _sweep(now: float, within: float) -> None:
    """Forget addresses that have not come for a while."""
    for file in (root() / ".visits").iterdir():
        try:
            if file.stat().st_mtime < now - 2 * within:
                file.unlink()
        except FileNotFoundError:
            continue


def _is_number(line: str) -> bool:
    return line.strip().replace(".", "", 1).isdigit()
