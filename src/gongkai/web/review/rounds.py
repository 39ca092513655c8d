"""The moves of a round."""

from __future__ import annotations

from django.db.models import Max
from django.utils import timezone

from gongkai.web.catalogue.models import Item
from gongkai.web.house.actor import Actor

from .models import AWAITED, Act, ReviewMark, ReviewRound, RoundState, RoundStep, StepState
from .routes import Plan


def open_round(item: Item) -> ReviewRound | None:
    """The round under way."""
    return item.rounds.filter(state=RoundState.OPEN).select_related("submitted_by").first()


def last_round(item: Item) -> ReviewRound | None:
    """The newest round, open or not."""
    return item.rounds.select_related("submitted_by").first()


def begin(item: Item, plan: Plan, actor: Actor, note: str, needs_reading: bool) -> ReviewRound:
    """A new round with the steps of `plan`; the first one holds the item."""
    highest = item.rounds.aggregate(highest=Max("number"))["highest"] or 0
    new = ReviewRound.objects.create(
        item=item, number=highest + 1, distinct_people=plan.distinct_people, needs_reading=needs_reading, note=note,
        submitted_by=actor.user, proposed_attribute=item.attribute, proposed_reason=item.withheld_under,
    )  # fmt: skip
    for position, step in enumerate(plan.steps, 1):
        here = position == 1
        RoundStep.objects.create(
            round=new, position=position, name=step.name, state=StepState.HERE if here else StepState.WAITING,
            since=timezone.now() if here else None, **dict.fromkeys(step.duties, True),
        )  # fmt: skip
    return new


def move_on(step: RoundStep) -> RoundStep | None:
    """The step is done; the next one holds the item. None when it was the last."""
    step.state = StepState.DONE
    step.save(update_fields=["state"])
    after = step.round.steps.filter(position__gt=step.position).first()
    if after is not None:
        after.state, after.since = StepState.HERE, timezone.now()
        after.save(update_fields=["state", "since"])
    return after


def close(round_: ReviewRound, state: RoundState) -> None:
    """The round ends; a question that still waits for its answer ends with it."""
    round_.referrals.filter(AWAITED).update(ended_at=timezone.now())
    round_.steps.filter(state=StepState.HERE).update(state=StepState.WAITING)
    round_.state, round_.closed_at = state, timezone.now()
    round_.save(update_fields=["state", "closed_at"])


def sign(
    round_: ReviewRound, step: RoundStep | None, actor: Actor, act: Act, comment: str, attribute: str, reason: str
) -> ReviewMark:
    """One signature."""
    if actor.user is None:
        raise ValueError("a signature is a person's")
    differs = (attribute, reason) != (round_.proposed_attribute, round_.proposed_reason)
    return ReviewMark.objects.create(
        round=round_, step=step, by=actor.user, act=act, comment=comment.strip(), attribute=attribute,
        withheld_under=reason, differs=differs,
    )  # fmt: skip


def disagreements(round_: ReviewRound) -> list[ReviewMark]:
    """Reviewers' opinions that differ from what was proposed; the signer settles them."""
    return list(round_.marks.filter(act=Act.PASS, differs=True).select_related("by", "step"))
