"""What of the review stands on the staff's first page: one's own steps, then what came back."""

from __future__ import annotations

from django.urls import reverse

from gongkai.web.catalogue.models import Item
from gongkai.web.house.actor import Actor
from gongkai.web.house.home import Task, add_desk

from . import queues
from .clock import clock_of

SHOWN = 10


@add_desk
def own_steps(actor: Actor) -> list[Task]:
    """The longest waiting first."""
    if actor.user is None:
        return []
    steps = [_task(step.round.item, f"{step.name}（已报请确定）" if getattr(step, "referred", False) else step.name) for step in queues.mine(actor)[:SHOWN]]
    return steps + [_task(item, "退回修改") for item in queues.own_returned(actor)[:SHOWN]]


def _task(item: Item, stage: str) -> Task:
    clock = clock_of(item)
    words, mark = (clock.words, clock.mark) if clock is not None else ("不计", "")
    return Task(item.title, item.organ.name, reverse("review:item", args=[item.number]), stage, words, mark)
