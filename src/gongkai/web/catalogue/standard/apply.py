"""Applying a catalogue table through the verb of each row. A preview is the same run, rolled back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction

from gongkai.web.catalogue.actions.save_entry import SaveEntry
from gongkai.web.catalogue.models import CatalogueEntry
from gongkai.web.house.actor import Actor, Via
from gongkai.web.house.rule import Refused
from gongkai.web.house.table_outcome import Outcome, RowResult
from gongkai.web.organs.models import Organ

from .reading import RawTable
from .rows import EntryRow, read_row


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
        return RowResult.refused(row.place, row.name, refused)
    return RowResult(row.place, row.name, "create" if entry is None else "revise")
