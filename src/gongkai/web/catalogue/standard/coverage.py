"""How far a catalogue is filled: which entries have nothing, nothing fresh, or something late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from gongkai.law.calendar import official_calendar
from gongkai.web.catalogue.models import CatalogueEntry, Item
from gongkai.web.catalogue.published import published_items

from .timing import timing_of

STATUTORY_DAYS = 20


class State(StrEnum):
    """What an entry has."""

    EMPTY = "empty"
    STALE = "stale"
    FRESH = "fresh"
    ON_REQUEST = "on_request"


LABELS = {
    State.EMPTY: "没有信息",
    State.STALE: "未按期更新",
    State.FRESH: "已覆盖",
    State.ON_REQUEST: "依申请",
}
MARKS = {State.EMPTY: "bad", State.STALE: "warn", State.FRESH: "ok", State.ON_REQUEST: ""}


@dataclass(frozen=True, slots=True)
class Covered:
    """One entry. `due` is the day by which something newer should have been there (None: no cycle)."""

    entry: CatalogueEntry
    state: State
    count: int
    newest: date | None
    due: date | None

    @property
    def label(self) -> str:
        """In words."""
        return LABELS[self.state]

    @property
    def mark(self) -> str:
        """The badge."""
        return MARKS[self.state]


def coverage(entries: QuerySet[CatalogueEntry], today: date | None = None) -> list[Covered]:
    """Every entry in order, by what the public can see of its items. One query.

    Fresh means: younger than the entry's own cycle (`fresh_days`, or what the time limit says), plus the working days
    the limit gives for publishing (else the 20 of Art. 26). An entry without a cycle is covered by one item.
    """
    today = today or timezone.localdate()
    seen = Q(items__released=True, items__published_at__lte=timezone.now())
    annotated = entries.annotate(
        item_count=Count("items", filter=seen), newest_at=Max("items__published_at", filter=seen)
    )
    return [_covered(entry, today) for entry in annotated]


def _covered(entry: CatalogueEntry, today: date) -> Covered:
    count: int = entry.item_count  # type: ignore[attr-defined]
    newest_at = entry.newest_at  # type: ignore[attr-defined]
    newest = timezone.localtime(newest_at).date() if newest_at else None
    if not entry.mode_proactive:
        return Covered(entry, State.ON_REQUEST, count, newest, None)
    if newest is None:
        return Covered(entry, State.EMPTY, count, None, None)
    due = renewal_due(entry, newest)
    state = State.STALE if due is not None and today > due else State.FRESH
    return Covered(entry, state, count, newest, due)


def renewal_due(entry: CatalogueEntry, newest: date) -> date | None:
    """The day by which an entry whose newest item is of `newest` wants another."""
    timing = timing_of(entry.time_limit)
    cycle = entry.fresh_days or timing.cycle
    if cycle is None:
        return None
    return official_calendar().add(newest + timedelta(days=cycle), timing.working_days or STATUTORY_DAYS)


def late_items(entry: CatalogueEntry, most: int = 200) -> list[tuple[Item, date]]:
    """The newest public items of `entry` that came later than its limit allows, with the day they were due."""
    allowed = timing_of(entry.time_limit).working_days or STATUTORY_DAYS
    calendar = official_calendar()
    found = []
    for item in published_items().filter(entries=entry)[:most]:
        start = item.clock_starts_on
        if start is None or item.published_at is None:
            continue
        due = calendar.add(start, allowed)
        if timezone.localtime(item.published_at).date() > due:
            found.append((item, due))
    return found


def totals(found: Iterable[Covered]) -> dict[State, int]:
    """How many entries of each state, every state named."""
    counts = dict.fromkeys(State, 0)
    for one in found:
        counts[one.state] += 1
    return counts


def rate(counts: dict[State, int]) -> str:
    """Covered entries in a hundred of those to be disclosed proactively; empty when there are none."""
    owed = counts[State.FRESH] + counts[State.STALE] + counts[State.EMPTY]
    return f"{100 * counts[State.FRESH] / owed:.1f}%" if owed else ""
