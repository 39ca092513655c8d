"""Who sees what of this room."""

from __future__ import annotations

from django.db.models import Q

from gongkai.web.catalogue.rules import DRAFTERS
from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import EVERYTHING, NOTHING, seen_with, visible, who_may_see
from gongkai.web.organs.scope import organs_in_scope

from .models import Origin, SiteHost, SitePage, SiteRun, UploadedTable, VisitedSite

seen_with(Origin, "item")
seen_with(SiteHost, "run")


@who_may_see(UploadedTable)
def tables(actor: Actor) -> Q:
    """One's own uploads."""
    return NOTHING if actor.user is None else Q(user=actor.user)


@who_may_see(SiteRun)
def runs(actor: Actor) -> Q:
    """Those who draft for the organ: one clerk goes on where another stopped."""
    return EVERYTHING if actor.is_operator else Q(organ__in=organs_in_scope(actor, DRAFTERS))


@who_may_see(SitePage)
def pages(actor: Actor) -> Q:
    """The pages of the runs one sees; the command line's lists are the operator's."""
    return EVERYTHING if actor.is_operator else Q(run__in=visible(SiteRun, actor).values("pk"))


@who_may_see(VisitedSite)
def visited(actor: Actor) -> Q:
    """Kept for politeness only."""
    return EVERYTHING if actor.is_operator else NOTHING
