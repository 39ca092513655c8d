"""The lists of the portal stay on their indexes, on either database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from gongkai.web.catalogue.models import Item, Stage
from gongkai.web.catalogue.published import published_below, published_items

ROWS = 3000


@pytest.fixture
def full(town):
    """Enough rows, with statistics, for the planner to have a choice."""
    now = timezone.now()
    art20 = ("plans", "statistics", "emergencies")
    kinds = ("policy", "notice")
    organs = (town.water, town.county_bureau, town.city)
    Item.objects.bulk_create(
        Item(
            organ=organs[n % 3], number=2020_000_000 + n, index_number=f"A/2020-{n:05d}", title=f"第{n}件",
            kind=kinds[n % 2], art20=art20[(n // 3) % 3], theme="finance" if n % 5 else "other",
            stage=Stage.PUBLISHED if n % 10 else Stage.DRAFT, published_at=now - timedelta(hours=n),
        )
        for n in range(ROWS)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return town


@pytest.mark.parametrize(
    ("index", "filters"),
    [
        ("item_list_all", {}),
        ("item_list_organ", {"organ": "water"}),
        ("item_list_art20", {"art20": "plans"}),
        ("item_list_theme", {"theme": "finance"}),
        ("item_list_kind", {"kind": "policy"}),
        ("item_list_organ_art20", {"organ": "water", "art20": "plans"}),
        ("item_list_organ_kind", {"organ": "water", "kind": "policy"}),
    ],
)
def test_a_page_of_a_list_is_a_range_of_its_index(full, index, filters):
    filters = {name: getattr(full, value) if name == "organ" else value for name, value in filters.items()}
    plan = published_items().filter(**filters)[:20].explain()
    # PostgreSQL may take the index of all where a filter leaves much: also one range, also in order.
    assert (index if connection.vendor == "sqlite" else "item_list_") in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan
    assert "Seq Scan on catalogue_item" not in plan


def test_below_an_organ_gives_the_subtree(full):
    assert (
        published_below(full.county).count() == published_items().filter(organ=full.county_bureau).count() > 0
    )
    assert published_below(full.city).count() == published_items().count()
