"""What the room of review puts on the staff's first page."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from gongkai.web.house.actor import Actor
from gongkai.web.house.home import Pile, add_piles

from . import queues


@add_piles
def waiting(actor: Actor) -> list[Pile]:
    """One's own steps, publication, lateness, emergencies; only what there is."""
    if actor.user is None:
        return []
    late = queues.emergencies(actor)
    counts = (
        ("待我审核", "mine", queues.mine(actor).count(), ""),
        ("待发布", "publish", queues.to_publish(actor).count(), ""),
        ("逾期未公开", "overdue", queues.overdue(actor).count(), "bad"),
        ("下级应急发布逾期未审查", "escalated", queues.escalated(actor).count(), "bad"),
        ("应急发布待审查", "emergency", late.count(), "bad" if late.filter(due_on__lt=timezone.localdate()).exists() else "warn"),
    )
    address = reverse("review:worklist")
    return [Pile(title, count, f"{address}?queue={queue}", mark) for title, queue, count, mark in counts if count]
