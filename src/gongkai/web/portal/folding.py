"""Folds the stamps of an item into one row without changing any mark.

An item's stamp is the sum of its rows (ADR 0083). Rows are replaced by one with their sum in one transaction, and only
rows that this transaction holds: at every moment every reader sees the sum of all that was ever stamped, as if
nothing had been folded. So no page is outdated by it, and no mark comes again that would not have come without it.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Count

from .models import ItemStamp

ITEMS, TOGETHER, ROWS = 1000, 50, 500
"""Items found by one look, and items and rows of one transaction: others wait to write only for a few milliseconds."""


def fold(items: int = ITEMS, rows: int = ROWS) -> int:
    """Fold the stamps of up to so many items, of each few up to so many rows; how many rows went. 0: each item has one row at most."""
    many = ItemStamp.objects.order_by().values("item").annotate(rows=Count("pk")).filter(rows__gt=1)
    chosen = list(many.values_list("item", flat=True)[:items])
    return sum(_folded(chosen[at : at + TOGETHER], rows) for at in range(0, len(chosen), TOGETHER))


@transaction.atomic
def _folded(items: list[int], rows: int) -> int:
    """The newest row stays, so that who follows the rows by their numbers does not take it for a change."""
    held = ItemStamp.objects.select_for_update().filter(item__in=items).order_by("item", "pk")[:rows]
    by_item: dict[int, list[ItemStamp]] = {}
    for row in held:
        by_item.setdefault(row.item, []).append(row)
    newest = [own[-1] for own in by_item.values()]
    old = [row.pk for own in by_item.values() for row in own[:-1]]
    for row in newest:
        row.stamp = sum(one.stamp for one in by_item[row.item])
    ItemStamp.objects.bulk_update(newest, ["stamp"])
    ItemStamp.objects.filter(pk__in=old).delete()
    return len(old)
