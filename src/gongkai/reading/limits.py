"""Limits of one document, and the error an adapter raises for a document it cannot or may not open."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost. ``seconds`` and ``memory`` are held by the worker, the rest by the adapters.

    ``bytes``: the file; ``unpacked``: all members of an archive or office file; ``members``: their number;
    ``depth``: archives inside archives; ``cells``: cells of all grids; ``pages``: pages of a PDF, OFD or scan.
    Each page that must be read by OCR adds ``scan_seconds`` to the time; for such pages memory is ``scan_memory``.
    """

    seconds: float = 30.0
    scan_seconds: float = 30.0
    memory: int = 1 << 30
    scan_memory: int = 2 << 30
    bytes: int = 64 << 20
    unpacked: int = 256 << 20
    members: int = 2000
    depth: int = 2
    cells: int = 200_000
    pages: int = 300


class CannotRead(Exception):  # noqa: N818  # a verdict on a document, not a fault of the program
    """A document that cannot be read: ``code`` as in docs/problems.md, ``message`` in Chinese with the remedy."""

    def __init__(self, code: str, message: str):
        super().__init__(code, message)  # both as arguments: so it crosses from a worker whole
        self.code, self.message = code, message

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"
