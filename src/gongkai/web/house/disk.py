"""Room on the disk of the data folder (ADR 0109).

Below GONGKAI_LEAST_FREE_MB nobody may add anything: what is left is kept for the log of what goes on (signing in, refusals,
personal data looked at) and for the database's own work.
"""

from __future__ import annotations

import errno
import os

from django.conf import settings

WAY_IN = "/account/"
REMEDY = "请清理数据目录所在的磁盘，或换用更大的磁盘；腾出空间后自动恢复，不必重新启动。"


class NoRoom(OSError):  # noqa: N818
    """There is less room than must be left; the message (Chinese) says where and what to do."""

    def __str__(self) -> str:
        return str(self.strerror)


def free() -> int:
    """Bytes that may still be written."""
    found = os.statvfs(settings.ENV.data)
    return found.f_bavail * found.f_frsize


def short(coming: int = 0) -> bool:
    """Whether `coming` more bytes would leave less room than must be left."""
    return free() - coming < settings.ENV.least_free_mb << 20


def closed_to(path: str, coming: int) -> bool:
    """Whether who would send so much to `path` is turned away. Not from the way in, which takes little: who may not sign in may not read."""
    return not path.startswith(WAY_IN) and short(coming)


def demand(coming: int = 0) -> None:
    """Raise NoRoom where it is short."""
    if short(coming):
        place = settings.ENV.data
        raise NoRoom(errno.ENOSPC, f"数据目录{place}所在的磁盘只剩{free() >> 20}MB，没有写入。{REMEDY}")
