"""For which organs and units a person may draft."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import visible
from gongkai.web.organs.models import Kind, Organ, Role
from gongkai.web.organs.scope import organs_in_scope

from .rules import DRAFTERS


def _covered(actor: Actor, roles: tuple[Role, ...]) -> QuerySet[Organ]:
    open_ones = visible(Organ, actor).filter(closed_on=None)
    return open_ones if actor.is_operator else open_ones.filter(pk__in=organs_in_scope(actor, roles))


def drafting_units(actor: Actor) -> QuerySet[Organ]:
    """Internal and dispatched bodies the person drafts for."""
    return _covered(actor, DRAFTERS).filter(kind__in=(Kind.INTERNAL, Kind.DISPATCHED))


def drafting_organs(actor: Actor) -> QuerySet[Organ]:
    """Organs that publish in their own name: those covered, and those above a unit the person drafts for."""
    publishing = Q(kind__in=(Kind.ORGAN, Kind.DISPATCHED), listed=True, closed_on=None)
    covered = Q(pk__in=_covered(actor, DRAFTERS).values("pk"))
    above = Q(pk__in=Organ.objects.filter(above__low__in=drafting_units(actor)).values("pk"))
    return Organ.objects.filter(publishing, covered | above)


def kept_organs(actor: Actor, *roles: Role) -> QuerySet[Organ]:
    """Organs (not bodies) the person covers with one of `roles`."""
    return _covered(actor, roles).filter(kind=Kind.ORGAN)


def catalogue_places(actor: Actor, *roles: Role) -> QuerySet[Organ]:
    """Regions and organs that may have a standard catalogue, covered with one of `roles`."""
    return _covered(actor, roles).filter(kind__in=(Kind.REGION, Kind.ORGAN))
