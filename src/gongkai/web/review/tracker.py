"""The stages of an item as the page's tracker shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gongkai.web.catalogue.models import Item, Stage

from .models import Act, ReviewMark, ReviewRound, RoundState, RoundStep, StepState
from .referrals import awaited
from .routes import Plan


@dataclass(frozen=True, slots=True)
class Place:
    """One stage. `state` is done, here or waiting; a return stands at its stage, a question put to others too."""

    name: str
    state: str
    who: str = ""
    when: datetime | None = None
    comment: str = ""
    returned: bool = False
    referred: bool = False


def tracker(item: Item, last: ReviewRound | None, plan: Plan) -> list[Place]:
    """From the draft to the public: the last round's steps, or those the item will take."""
    if last is None:
        first = Place("起草", "here" if item.stage == Stage.DRAFT else "done", item.created_by.name if item.created_by else "")
        steps = [Place(step.name, "waiting") for step in plan.steps] if item.stage == Stage.DRAFT else []
        return [first, *steps, _end(item)]
    marks = {mark.step_id: mark for mark in last.marks.select_related("by") if mark.act != Act.SUBMIT}
    drafting = item.stage in {Stage.DRAFT, Stage.RETURNED}
    submitter = last.submitted_by.name if last.submitted_by else ""
    first = Place("起草提交", "here" if drafting else "done", submitter, last.submitted_at)
    return [first, *(_place(step, marks.get(step.pk), last) for step in last.steps.all()), _end(item)]


def _place(step: RoundStep, mark: ReviewMark | None, last: ReviewRound) -> Place:
    if mark is None:
        here = step.state == StepState.HERE and last.state == RoundState.OPEN
        return Place(step.name, "here" if here else "waiting", when=step.since if here else None, referred=here and awaited(last) is not None)
    returned = mark.act == Act.RETURN
    return Place(step.name, "waiting" if returned else "done", mark.by.name, mark.at, mark.comment, returned)


def _end(item: Item) -> Place:
    if item.stage == Stage.KEPT:
        return Place("存档不发布", "here")
    if item.stage == Stage.WITHDRAWN:
        return Place("已撤下", "here", when=item.withdrawn_at)
    if item.stage == Stage.PUBLISHED:
        return Place("发布" if item.is_public() else "定时发布", "done" if item.is_public() else "here", when=item.published_at)
    return Place("发布", "here" if item.stage == Stage.APPROVED else "waiting")
