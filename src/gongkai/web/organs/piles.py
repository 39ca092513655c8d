"""What the room of organs puts on the staff's first page."""

from __future__ import annotations

from django.urls import reverse

from gongkai.web.house.actor import Actor
from gongkai.web.house.home import Pile, add_piles
from gongkai.web.house.visibility import visible

from .lacking import OFFICE_LACKING
from .models import Kind, Organ, Role
from .scope import holds, organs_in_scope

KEEPERS = (Role.ADMIN, Role.OGI_OFFICE, Role.SUPERVISOR)


@add_piles
def offices(actor: Actor) -> list[Pile]:
    """Organs in one's scope, and those whose office lacks what the guide must state (Art. 12)."""
    if not holds(actor, None, KEEPERS):
        return []
    organs = visible(Organ, actor).filter(
        pk__in=organs_in_scope(actor, KEEPERS), kind=Kind.ORGAN, closed_on=None
    )
    lacking = organs.filter(OFFICE_LACKING).count()
    piles = [Pile("范围内机关", organs.count(), reverse("organs:list") + "?kind=organ&closed=no")]
    if lacking:
        piles.append(
            Pile(
                "工作机构信息不全",
                lacking,
                reverse("organs:list") + "?kind=organ&closed=no&office=lacking",
                "warn",
            )
        )
    return piles
