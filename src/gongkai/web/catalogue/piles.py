"""What the room of the catalogue puts on the staff's first page."""

from __future__ import annotations

from django.urls import reverse

from gongkai.web.house.actor import Actor
from gongkai.web.house.home import Pile, add_piles
from gongkai.web.house.visibility import visible
from gongkai.web.organs.models import Role
from gongkai.web.organs.scope import holds, organs_in_scope

from .models import CleanupTask, Item, ProposedInterpretation, Stage, Verdict
from .models.item import due_for_reassessment
from .rules import DRAFTERS


@add_piles
def own_work(actor: Actor) -> list[Pile]:
    """Drafts and returned items of one's organs; withheld items due for a new look (Art. 18); clean-up to do."""
    if not holds(actor, None, DRAFTERS):
        return []
    mine = visible(Item, actor).filter(organ__in=organs_in_scope(actor, DRAFTERS))
    address = reverse("catalogue:list")
    piles = [Pile("起草中", mine.filter(stage=Stage.DRAFT).count(), f"{address}?stage=draft")]
    returned = mine.filter(stage=Stage.RETURNED).count()
    if returned:
        piles.append(Pile("退回修改", returned, f"{address}?stage=returned", "warn"))
    if holds(actor, None, (Role.OGI_OFFICE,)):
        piles += _office_piles(actor, address)
    return piles


def _office_piles(actor: Actor, address: str) -> list[Pile]:
    offices = organs_in_scope(actor, (Role.OGI_OFFICE,))
    due = visible(Item, actor).filter(due_for_reassessment(), organ__in=offices)
    tasks = visible(CleanupTask, actor).filter(
        round__organ__in=offices, round__closed_at=None, verdict=Verdict.OPEN
    )
    piles = []
    if waiting := due.count():
        piles.append(Pile("待重新评估", waiting, f"{address}?reassess=due", "warn"))
    if undecided := tasks.count():
        piles.append(Pile("待清理文件", undecided, reverse("catalogue:cleanups")))
    asked = visible(ProposedInterpretation, actor).filter(policy__organ__in=offices)
    if first := asked.select_related("policy").first():
        piles.append(Pile("待同意的解读关联", asked.count(), reverse("catalogue:detail", args=[first.policy.number])))
    return piles
