"""Applying a catalogue table through the verb of each row. A preview is the same run, rolled back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.db import transaction

from gongkai.web.catalogue.actions.save_entry import SaveEntry
from gongkai.web.catalogue.models import CatalogueEntry
from gongkai.web.house.actor import Actor, Via
from gongkai.web.house.publishing import only_reasons
from gongkai.web.house.rule import Refused
from gongkai.web.organs.models import Organ

from .reading import RawTable
from .rows import EntryRow, read_row


@dataclass(frozen=True, slots=True)
class RowResult:
    """`effect` is create, revise, same or error. `waits`: its errors are warnings of the checks that want a reason."""

    place: str
    name: str
    effect: str
    errors: tuple[str, ...] = ()
    waits: bool = False


@dataclass(slots=True)
class Outcome:
    """What the whole table does."""

    rows: list[RowResult] = field(default_factory=list)

    def count(self, effect: str) -> int:
        """Rows with this effect."""
        return sum(row.effect == effect for row in self.rows)

    @property
    def failed(self) -> list[RowResult]:
        """Rows with errors that the file must mend."""
        return [row for row in self.rows if row.errors and not row.waits]

    @property
    def waiting(self) -> list[RowResult]:
        """Rows whose warnings want a reason."""
        return [row for row in self.rows if row.waits]

    @property
    def changes_anything(self) -> bool:
        """False when running it would change nothing."""
        return bool(self.count("create") or self.count("revise"))


def rows_of(table: RawTable, organ: Organ) -> list[EntryRow]:
    """The rows as values, the organs below `organ` known by every name; doubles get an error."""
    names: dict[str, Organ] = {}
    for one in Organ.objects.filter(below__high=organ, closed_on=None).prefetch_related("aliases"):
        for word in (one.name, one.short_name, *(alias.text for alias in one.aliases.all())):
            names.setdefault(word, one)
    rows = [read_row(raw, names) for raw in table.rows]
    first: dict[tuple[str, str, str], EntryRow] = {}
    for row in rows:
        if row.errors:
            continue
        earlier = first.setdefault(row.key, row)
        if earlier is not row:
            row.errors.append(f"与{earlier.place}的事项名称相同。请合并，或写明不同的二级事项")
    return rows


def preview(actor: Actor, organ: Organ, rows: Iterable[EntryRow]) -> Outcome:
    """What `apply_rows` would do. Nothing stays."""
    with transaction.atomic():
        outcome = apply_rows(actor, organ, rows)
        transaction.set_rollback(True)
    return outcome


def apply_rows(actor: Actor, organ: Organ, rows: Iterable[EntryRow], reason: str = "") -> Outcome:
    """Every row in its own savepoint; the caller decides about errors. `reason`: why warnings of the checks may stand."""
    actor = actor if actor.is_operator else replace(actor, via=Via.IMPORT)
    existing = {
        (one.field, one.item_level1, one.item_level2): one
        for one in CatalogueEntry.objects.filter(organ=organ, ended_on=None)
    }
    return Outcome([_one(actor, organ, row, existing, reason) for row in rows])


def _one(
    actor: Actor, organ: Organ, row: EntryRow, existing: dict[tuple[str, str, str], CatalogueEntry], reason: str
) -> RowResult:
    if row.errors:
        return RowResult(row.place, row.name, "error", tuple(row.errors))
    entry = existing.get(row.key)
    values = dict(row.values)
    if values.get("responsible") is None:
        values.pop("responsible", None)
    if entry is not None:
        values = {name: value for name, value in values.items() if getattr(entry, name) != value}
        if not values:
            return RowResult(row.place, row.name, "same")
    try:
        with transaction.atomic():
            SaveEntry(actor=actor, organ=organ, values=values, entry=entry, reason_for_all=reason).perform()
    except Refused as refused:
        return RowResult(row.place, row.name, "error", tuple(one.message for one in refused.refusals), only_reasons(refused.refusals))
    return RowResult(row.place, row.name, "create" if entry is None else "revise")
