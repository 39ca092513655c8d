"""The index beside the database: what is missing, what is there and must not be, what is out of date."""

from __future__ import annotations

from dataclasses import dataclass

from .document import parted
from .engine import Engine
from .indexing import pending
from .sources import sources

EVERY_NOTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Differences:
    """Document ids. `waiting` rows are noted as changed already and are not compared."""

    expected: int
    waiting: int
    missing: list[str]
    extra: list[str]
    stale: list[str]

    def keys(self) -> dict[str, list[str]]:
        """Primary keys of everything that differs, by label of a known source."""
        found: dict[str, list[str]] = {}
        for id in (*self.missing, *self.extra, *self.stale):
            label, key = parted(id)
            found.setdefault(label, []).append(key)
        return found


def compare(engine: Engine) -> Differences:
    """Compare by fingerprints. Raises Unavailable."""
    kept = dict(engine.fingerprints())
    waiting = {id for label, keys in pending(EVERY_NOTE).items() for id in sources()[label].ids(keys)}
    missing: list[str] = []
    stale: list[str] = []
    expected = 0
    for source in sources().values():
        for batch in source.all_public():
            for one in batch:
                expected += 1
                was = kept.pop(one.id, None)
                if one.id not in waiting and was != one.fingerprint:
                    (missing if was is None else stale).append(one.id)
    extra = sorted(id for id in kept if id not in waiting)
    return Differences(expected, len(waiting), missing, extra, stale)
