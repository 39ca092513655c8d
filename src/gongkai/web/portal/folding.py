"""Folds the stamps of an item into one row without changing any mark.

An item's stamp is the sum of its rows (ADR 0083). Rows are replaced by one with their sum in one transaction, and only
rows that this transaction holds: at every moment every reader sees the sum of all that was ever stamped, as if
nothing had been folded. So no page is outdated by it, and no mark comes again that would not have come without it.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Count

from .models import ItemStamp

ITEMS, ROWS = 200, 2000


def fold(items: int = ITEMS, rows: int = ROWS) -> int:
    """Fold the stamps of up to so many items and rows; how many rows went. 0: each item has one row at most.

    The newest row stays, so that who follows the rows by their numbers does not take it for a change.
    """
    many = ItemStamp.objects.order_by().values("item").annotate(rows=Count("pk")).filter(rows__gt=1)
    chosen = list(many.values_list("item", flat=True)[:items])
    if not chosen:
        return 0
    with transaction.atomic():
        held = ItemStamp.objects.select_for_update().filter(item__in=chosen).order_by("item", "pk")[:rows]
        by_item: dict[int, list[ItemStamp]] = {}
        for row in held:
            by_item.setdefault(row.item, []).append(row)
        newest = [own[-1] for own in by_item.values()]
        old = [row.pk for own in by_item.values() for row in own[:-1]]
        for row in newest:
            row.stamp = sum(one.stamp for one in by_item[row.item])
        ItemStamp.objects.bulk_update(newest, ["stamp"], batch_size=100)
        ItemStamp.objects.filter(pk__in=old).delete()
    return len(old)
