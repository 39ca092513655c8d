"""Uploaded workbooks, before and while the library reads them in the web process (ADR 0014 says what it does otherwise)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from gongkai.reading.archive import Archive
from gongkai.reading.formats.sheets.guard import check_package
from gongkai.reading.limits import CannotRead, Limits

_LIMITS = Limits(bytes=12 << 20, unpacked=96 << 20, cells=1_000_000)
# Slots of the used range for each cell allowed: a stray cell far out costs its whole rectangle.
_SPARSE = 4
_BROKEN = "工作簿打不开。"


def check_workbook(data: bytes) -> None:
    """Refuse what would unfold to gigabytes, and what is no XLSX. Raises CannotRead."""
    if not data.startswith(b"PK"):
        raise CannotRead("corrupt", _BROKEN)
    with Archive(data, _LIMITS) as archive:
        check_package(archive, _LIMITS.cells * _SPARSE)


def words(name: str, verdict: CannotRead) -> str:
    """What the person who uploaded `name` is told."""
    if verdict.code == "too_large":
        return f"“{name}”：{verdict.message}"
    return f"“{name}”打不开，可能已损坏或加了密码。请另存为新的XLSX再导入。"


@contextmanager
def survived() -> Iterator[None]:
    """Around every call of the library: its panic on a damaged file, which is no Exception, becomes CannotRead."""
    try:
        yield
    except BaseException as fault:
        if type(fault).__name__ == "PanicException":
            raise CannotRead("corrupt", _BROKEN) from fault
        raise
