"""Who may see reviews: those who write and review, with the item; the public and everybody else, nothing."""

from __future__ import annotations

from django.db.models import Q

from gongkai.web.catalogue.visibility import DRAFTS, WRITERS
from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import EVERYTHING, NOTHING, seen_with, who_may_see
from gongkai.web.organs.models import Role
from gongkai.web.organs.scope import organs_in_scope

from .models import (
    AttributeChange,
    CheckLevel,
    CheckRun,
    EmergencyConsent,
    EmergencyReview,
    FileCheck,
    JointOpinion,
    LinkCheck,
    Original,
    PassedOver,
    Referral,
    ReviewMark,
    ReviewRound,
    ReviewRoute,
    RoundStep,
    RouteStep,
)


def _of_item(actor: Actor, roles: tuple[Role, ...]) -> Q:
    if actor.is_operator:
        return EVERYTHING
    if actor.user is None:
        return NOTHING
    scope = organs_in_scope(actor, roles)
    return Q(item__organ__in=scope) | Q(item__unit__in=scope)


def _of_thing(actor: Actor) -> Q:
    """With the item, or with the organ whose page or report it is."""
    found = _of_item(actor, WRITERS)
    return found if actor.user is None or actor.is_operator else found | Q(organ__in=organs_in_scope(actor, WRITERS))


@who_may_see(ReviewRound)
def rounds(actor: Actor) -> Q:
    """Those who write, review and approve for the item's organ or unit."""
    return _of_item(actor, WRITERS)


for _model in (RoundStep, ReviewMark, Referral, JointOpinion):
    seen_with(_model, "round")


@who_may_see(AttributeChange)
def changes(actor: Actor) -> Q:
    """With the rounds; the supervising office sees those of what it sees, for it watches over the re-assessments (Art. 18, 47)."""
    found = _of_item(actor, WRITERS)
    if actor.user is None or actor.is_operator:
        return found
    return found | (_of_item(actor, (Role.SUPERVISOR,)) & ~Q(item__stage__in=DRAFTS))


@who_may_see(Original)
def originals(actor: Actor) -> Q:
    """With the rounds."""
    return _of_item(actor, WRITERS)


@who_may_see(EmergencyReview)
def emergencies(actor: Actor) -> Q:
    """The supervising office sees them too: an emergency publication is public already."""
    return _of_item(actor, (*WRITERS, Role.SUPERVISOR))


@who_may_see(EmergencyConsent)
def consents(actor: Actor) -> Q:
    """With the rounds: they tell what secrecy held against it."""
    return _of_item(actor, WRITERS)


@who_may_see(CheckRun)
def runs(actor: Actor) -> Q:
    """With the rounds; of what is no item, those who write and review for its organ."""
    return _of_thing(actor)


@who_may_see(PassedOver)
def passed_over(actor: Actor) -> Q:
    """As the runs."""
    return _of_thing(actor)


@who_may_see(FileCheck)
def file_checks(actor: Actor) -> Q:
    """Machinery: pages show findings through the item (checks/examine.py)."""
    return EVERYTHING if actor.is_operator else NOTHING


@who_may_see(LinkCheck)
def link_checks(actor: Actor) -> Q:
    """Machinery, as file checks."""
    return EVERYTHING if actor.is_operator else NOTHING


@who_may_see(ReviewRoute)
def routes(actor: Actor) -> Q:
    """The staff of the organ and of those above."""
    if actor.is_operator:
        return EVERYTHING
    return NOTHING if actor.user is None else Q(organ__in=organs_in_scope(actor))


seen_with(RouteStep, "route")


@who_may_see(CheckLevel)
def levels(actor: Actor) -> Q:
    """As routes."""
    if actor.is_operator:
        return EVERYTHING
    return NOTHING if actor.user is None else Q(organ__in=organs_in_scope(actor))
