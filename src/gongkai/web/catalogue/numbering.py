"""Giving items their permanent number and their 索引号."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from django.utils import timezone

from .index_number import IndexNumber, organ_code
from .models import Counter, Item

ADDRESSES = "address"
PER_YEAR = 1_000_000


def number_items(items: Iterable[Item], year: int | None = None) -> None:
    """Give every unsaved item in `items` its `number`, and its `index_number` where it brings none.

    Must run inside the transaction that saves them. Numbers run on within the year of registration.
    """
    year = year or timezone.localdate().year
    fresh = [item for item in items if not item.number]
    if not fresh:
        return
    first = Counter.take(ADDRESSES, year, len(fresh))
    for place, item in enumerate(fresh):
        item.number = year * PER_YEAR + first + place
    unnamed = sorted((item for item in fresh if not item.index_number), key=_code)
    for code, group in groupby(unnamed, key=_code):
        members = list(group)
        running = Counter.take(f"index:{code}", year, len(members))
        for place, item in enumerate(members):
            item.index_number = str(IndexNumber(code, year, running + place))


def _code(item: Item) -> str:
    return organ_code(item.organ.credit_code, item.organ.slug)
