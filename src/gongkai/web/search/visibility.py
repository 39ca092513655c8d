"""The outbox is machinery; approved words are there to be shown."""

from django.db.models import Q

from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import EVERYTHING, NOTHING, who_may_see

from .models import ApprovedWord, SearchChange


@who_may_see(SearchChange)
def changes(actor: Actor) -> Q:
    """The indexer's own."""
    return EVERYTHING if actor.is_operator else NOTHING


@who_may_see(ApprovedWord)
def approved_words(actor: Actor) -> Q:
    """Everybody's: a person approved each. Suggested is one only while a search for it finds something (`suggestions`)."""
    return EVERYTHING
