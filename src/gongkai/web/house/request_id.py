"""The number of the request at hand: in the log, in the audit event, on error pages."""

from __future__ import annotations

import secrets
from contextvars import ContextVar

_current: ContextVar[str] = ContextVar("request_id", default="")
# No 0/O or 1/I/L: people read it out over the phone.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_request_id() -> str:
    """Start a request (or a task) and give it a number of 12 signs."""
    number = "".join(secrets.choice(_ALPHABET) for _ in range(12))
    _current.set(number)
    return number


def current_request_id() -> str:
    """The number of the request this code runs for, "" outside one."""
    return _current.get()
