"""The portal's tables are machinery."""

from django.db.models import Q

from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import EVERYTHING, NOTHING, who_may_see

from .models import Edition, ItemStamp, OrgansStamp


@who_may_see(Edition)
@who_may_see(ItemStamp)
@who_may_see(OrgansStamp)
def editions(actor: Actor) -> Q:
    """Nobody's to read."""
    return EVERYTHING if actor.is_operator else NOTHING
