"""A whole table, batch by batch: each batch is brought in whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from gongkai.web.house import disk
from gongkai.web.house.actor import Actor
from gongkai.web.house.rule import Refused
from gongkai.web.organs.models import Organ

from .actions.bring_in_items import BringInItems
from .judging import judge, recognise
from .row import CHANGED, CREATE, SAME, ItemRow
from .table.reading import batches

BATCH = 500


@dataclass(slots=True)
class Tally:
    """What became of the rows so far. `held_back`: rows without a fault in a batch that had one."""

    created: int = 0
    same: int = 0
    changed: int = 0
    held_back: int = 0
    faults: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    different: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """How many were looked at."""
        return self.created + self.same + self.changed + self.held_back + len(self.faults)

    def add(self, rows: list[ItemRow], done: bool) -> None:
        """Count one batch."""
        failed = [row for row in rows if row.errors]
        self.faults += [(row.place, row.title, tuple(row.errors)) for row in failed]
        good = [row for row in rows if not row.errors]
        self.same += sum(row.effect == SAME for row in good)
        changed = [row for row in good if row.effect == CHANGED]
        self.changed += len(changed)
        self.different += [f"{row.place} {row.title}" for row in changed]
        fresh = sum(row.effect == CREATE for row in good)
        if done:
            self.created += fresh
        else:
            self.held_back += fresh


def look(rows: Iterable[ItemRow], source: str, publish: bool, size: int = BATCH) -> Tally:
    """What bringing them in would do. Writes nothing. Doubles are found also between batches."""
    tally, seen = Tally(), {}
    for batch in batches(rows, size):
        judge(batch, source, publish)
        for row in batch:
            other = seen.setdefault(row.identity, row.place)
            if other != row.place and not row.errors:
                row.errors.append(f"与{other}是同一条（来源编号、索引号或内容相同）")
        tally.add(batch, done=True)
    return tally


def bring_in(
    actor: Actor, organ: Organ, rows: Iterable[ItemRow], source: str, publish: bool = False, size: int = BATCH,
    told: Callable[[Tally], None] = lambda tally: None,
) -> Tally:  # fmt: skip
    """Bring in, `size` rows a transaction. A batch with a fault stays out whole; the next ones go on. A run that was
    killed is taken up by running it again: what is there already is counted as the same.

    Raises Refused when the actor may not at all, NoRoom before a batch that the disk has no room for.
    """
    tally = Tally()
    for batch in batches(rows, size):
        disk.demand()
        tally.add(batch, done=_bring_in_batch(actor, organ, batch, source, publish))
        told(tally)
    return tally


def _bring_in_batch(actor: Actor, organ: Organ, batch: list[ItemRow], source: str, publish: bool) -> bool:
    """False when a row's fault kept the batch out."""
    recognise(batch, source)
    if all(row.effect != CREATE and not row.errors for row in batch):
        return True
    try:
        BringInItems(actor=actor, organ=organ, rows=batch, source=source, publish=publish).perform()
    except Refused:
        if not any(row.errors for row in batch):
            raise
        return False
    return True
