"""Keeping the closure of the tree right when a node is added or moved."""

from __future__ import annotations

from .models import Organ, Within


def attach(organ: Organ) -> None:
    """Enter a new leaf: itself, and one row for each ancestor."""
    rows = [Within(high=organ, low=organ, depth=0)]
    if organ.parent_id is not None:
        above = Within.objects.filter(low_id=organ.parent_id).values_list("high_id", "depth")
        rows += [Within(high_id=high, low=organ, depth=depth + 1) for high, depth in above]
    Within.objects.bulk_create(rows)


def move(organ: Organ, parent: Organ) -> None:
    """Hang the subtree of `organ` under `parent`: cut every row across the old border, enter those of the new one."""
    subtree = list(Within.objects.filter(high=organ).values_list("low_id", "depth"))
    inside = [low for low, _ in subtree]
    Within.objects.filter(low__in=inside).exclude(high__in=inside).delete()
    above = list(Within.objects.filter(low=parent).values_list("high_id", "depth"))
    Within.objects.bulk_create(
        Within(high_id=high, low_id=low, depth=up + 1 + down) for high, up in above for low, down in subtree
    )


def contains(high: Organ, low: Organ) -> bool:
    """Whether `low` is `high` or lies in its subtree."""
    return Within.objects.filter(high=high, low=low).exists()
