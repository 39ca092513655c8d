"""Fill a data folder: python fill_gongkai.py ITEMS (GONGKAI_DATA and DJANGO_SETTINGS_MODULE in the environment).

A run that was stopped is gone on with.
"""

from __future__ import annotations

import sys
from datetime import timedelta

import django
from text import body, title

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from gongkai.web.catalogue.models import Item, Stage  # noqa: E402
from gongkai.web.catalogue.taxonomy import ART20, THEMES  # noqa: E402
from gongkai.web.house.actor import Actor  # noqa: E402
from gongkai.web.organs.actions.create_organ import CreateOrgan  # noqa: E402
from gongkai.web.organs.models import Kind, Organ, Type  # noqa: E402

size = int(sys.argv[1])
if not Organ.objects.filter(slug="bench").exists():
    first = Organ(slug="bench", name="试验市", kind=Kind.REGION, level=3)
    CreateOrgan(actor=Actor.operator(), organ=first).perform()
region = Organ.objects.get(slug="bench")
if not Organ.objects.filter(slug="bench-organ").exists():
    bureau = Organ(slug="bench-organ", name="试验市水务局", kind=Kind.ORGAN, level=3, type=Type.DEPARTMENT, parent=region)
    CreateOrgan(actor=Actor.operator(), organ=bureau).perform()
organ = Organ.objects.get(slug="bench-organ")
art20, themes, now = [term.key for term in ART20], [term.key for term in THEMES], timezone.now()


def item(number: int) -> Item:
    """A published item."""
    made = Item(
        organ=organ, number=2020_000_001 + number, index_number=f"B-{number:07d}", title=title(number), kind="normative",
        body=body(number), art20=art20[number % 15], theme=themes[number % len(themes)], stage=Stage.PUBLISHED, validity="in_force",
        document_number=f"试政规〔2024〕{number % 900 + 1}号", published_at=now - timedelta(minutes=20 * number + 1), keywords="小区，改造",
    )  # fmt: skip
    made.prepare()
    return made


for start in range(Item.objects.count(), size, 2000):
    with transaction.atomic():
        Item.objects.bulk_create(item(number) for number in range(start, min(size, start + 2000)))
with connection.cursor() as cursor:
    cursor.execute("ANALYZE")
