"""The portal's one table is machinery."""

from django.db.models import Q

from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import EVERYTHING, NOTHING, who_may_see

from .models import Edition


@who_may_see(Edition)
def editions(actor: Actor) -> Q:
    """Nobody's to read."""
    return EVERYTHING if actor.is_operator else NOTHING
