"""The lists that the portal, search, feeds and the API begin from."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import visible
from gongkai.web.organs.models import Organ

from .models import Item

NEWEST_FIRST = ("-published_at", "-number")


def published_items() -> QuerySet[Item]:
    """What is public now, newest first, without bodies, with its organ: ready to be filtered and cut.

    The same for everybody: a member of staff looking at a public list sees the public list. Filtering by organ, art20,
    art21, theme, kind, or by organ and art20 or kind, is one range of one index (models/item.py); cut it before
    evaluating.
    """
    return visible(Item, Actor.public()).defer("body").select_related("organ").order_by(*NEWEST_FIRST)


def published_below(organ: Organ) -> QuerySet[Item]:
    """What is public now of `organ` and everything below it."""
    return published_items().filter(organ__below__high=organ)
