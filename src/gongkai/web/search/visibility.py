"""Both tables are machinery: what the public is suggested is chosen from them by `suggestions`."""

from django.db.models import Q

from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import EVERYTHING, NOTHING, who_may_see

from .models import PastQuery, SearchChange


@who_may_see(SearchChange)
def changes(actor: Actor) -> Q:
    """The indexer's own."""
    return EVERYTHING if actor.is_operator else NOTHING


@who_may_see(PastQuery)
def past_queries(actor: Actor) -> Q:
    """The operator's."""
    return EVERYTHING if actor.is_operator else NOTHING
