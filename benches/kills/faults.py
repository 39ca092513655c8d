"""What did not hold."""

from __future__ import annotations

found: list[str] = []


def demand(holds: bool, what: str) -> None:
    """Note what does not hold."""
    if not holds:
        found.append(what)
        print("FAULT", what, flush=True)
