"""Who may see organs: what the column lists is public; the rest is for those in whose scope it lies."""

from __future__ import annotations

from django.db.models import Q

from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import EVERYTHING, NOTHING, seen_with, visible, who_may_see

from .models import Alias, Change, ChangeParty, ImportDraft, Office, Organ, OrganName, Post, Role, Within
from .scope import organs_in_scope


@who_may_see(Organ)
def organs(actor: Actor) -> Q:
    """Listed organs, closed ones too (old documents lead to them), and those in one's scope."""
    if actor.is_operator:
        return EVERYTHING
    return Q(listed=True) | Q(pk__in=organs_in_scope(actor))


for _model in (OrganName, Alias, Office, Change):
    seen_with(_model, "organ")
seen_with(Within, "low")


@who_may_see(ChangeParty)
def parties(actor: Actor) -> Q:
    """Both organs of a change must be visible."""
    seen = visible(Organ, actor).values("pk")
    return Q(organ__in=seen, change__organ__in=seen)


@who_may_see(Post)
def posts(actor: Actor) -> Q:
    """One's own, and those of the organs one administers or audits."""
    if actor.is_operator:
        return EVERYTHING
    if actor.user is None:
        return NOTHING
    return Q(user=actor.user) | Q(organ__in=organs_in_scope(actor, (Role.ADMIN, Role.AUDITOR)))


@who_may_see(ImportDraft)
def drafts(actor: Actor) -> Q:
    """One's own uploads."""
    return NOTHING if actor.user is None else Q(user=actor.user)
