"""Who sees what of this room."""

from __future__ import annotations

from django.db.models import Q

from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import EVERYTHING, NOTHING, seen_with, who_may_see

from .models import Origin, SitePage, UploadedTable

seen_with(Origin, "item")


@who_may_see(UploadedTable)
def tables(actor: Actor) -> Q:
    """One's own uploads."""
    return NOTHING if actor.user is None else Q(user=actor.user)


@who_may_see(SitePage)
def pages(actor: Actor) -> Q:
    """The operator's work list."""
    return EVERYTHING if actor.is_operator else NOTHING
