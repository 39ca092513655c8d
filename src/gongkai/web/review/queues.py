"""What waits for whom: each queue is one query."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from gongkai.web.catalogue.models import Item, Stage
from gongkai.web.catalogue.models.item import due_for_reassessment
from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import visible
from gongkai.web.organs.models import Role, Within
from gongkai.web.organs.scope import organs_in_scope, posts_of

from . import clock
from .actions.escalate_emergency import TOLD
from .authors import written_by
from .duties import DUTIES
from .models import AWAITED, Act, EmergencyReview, Referral, ReviewMark, RoundState, RoundStep, StepState

OFFICE = (Role.OGI_OFFICE,)


def at_steps(actor: Actor) -> QuerySet[RoundStep]:
    """Every step that holds an item the actor may see, the longest waiting first; `referred` where others were asked."""
    steps = visible(RoundStep, actor).filter(state=StepState.HERE, round__state=RoundState.OPEN)
    asked = Referral.objects.filter(AWAITED, step=OuterRef("pk"))
    return (
        steps.annotate(referred=Exists(asked)).select_related("round__item__organ", "round__item__unit", "round__submitted_by")
        .order_by("since")
    )  # fmt: skip


def referred(actor: Actor) -> QuerySet[RoundStep]:
    """Halted until others answer."""
    return at_steps(actor).filter(referred=True)


def mine(actor: Actor) -> QuerySet[RoundStep]:
    """Those the actor may take: by his posts, nothing of what he wrote himself, and not a second one."""
    if actor.user is None:
        return RoundStep.objects.none()
    may = Q()
    for duty in DUTIES:
        scope = organs_in_scope(actor, (duty.role,))
        held = Q(round__item__organ__in=scope)
        if duty.at_unit:
            held = Q(round__item__unit__in=scope) | Q(round__item__unit=None, round__item__organ__in=scope)
        may &= Q(**{duty.key: False}) | held
    took = ReviewMark.objects.filter(by=actor.user, act=Act.PASS).values("round")
    return (
        at_steps(actor).filter(may).exclude(written_by(actor.user, "round__item"))
        .exclude(round__distinct_people=True, round__in=took)
    )  # fmt: skip


def own_returned(actor: Actor) -> QuerySet[Item]:
    """What came back to who submitted it."""
    return visible(Item, actor).filter(stage=Stage.RETURNED, submitted_by=actor.user).select_related("organ")


def to_publish(actor: Actor) -> QuerySet[Item]:
    """Approved, waiting for the office."""
    return _office_items(actor).filter(stage=Stage.APPROVED).order_by("updated_at")


def overdue(actor: Actor, today: date | None = None) -> QuerySet[Item]:
    """To be published, and the 20 working days are over (Art. 26)."""
    return clock.overdue(_office_items(actor, Role.SUPERVISOR), today).order_by("clock_start")


def reassessments(actor: Actor, today: date | None = None) -> QuerySet[Item]:
    """Withheld, and a new look is due (Art. 18)."""
    found = _office_items(actor, Role.APPROVER).filter(due_for_reassessment(today))
    return found.order_by(F("reassess_on").asc(nulls_first=True), "updated_at")


def emergencies(actor: Actor) -> QuerySet[EmergencyReview]:
    """Published first, not reviewed yet."""
    scope = organs_in_scope(actor, TOLD)
    found = visible(EmergencyReview, actor).filter(reviewed_at=None)
    if not actor.is_operator:
        found = found.filter(item__organ__in=scope)
    return found.select_related("item__organ", "published_by")


def escalated(actor: Actor, today: date | None = None) -> QuerySet[EmergencyReview]:
    """Not reviewed in time by an organ below: for those above it who may review it, or watch over it."""
    if actor.user is None:
        return EmergencyReview.objects.none()
    below = Within.objects.filter(high__in=posts_of(actor, TOLD).values("organ"), depth__gt=0).values("low")
    return emergencies(actor).filter(due_on__lt=today or timezone.localdate(), item__organ__in=below)


def _office_items(actor: Actor, *more: Role) -> QuerySet[Item]:
    items = visible(Item, actor).defer("body").select_related("organ", "unit")
    return items if actor.is_operator else items.filter(organ__in=organs_in_scope(actor, (*OFFICE, *more)))
