"""Rules of this room: who drafts where, and what a stage allows."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.web.house.actor import Actor
from gongkai.web.house.rule import Refusal
from gongkai.web.house.titles import quoted
from gongkai.web.organs.models import Organ, Role
from gongkai.web.organs.rules import HasRole

from .models import Interpretation, Item, ProposedInterpretation, Stage

DRAFTERS = (Role.DRAFTER, Role.OGI_OFFICE)
KEEPERS = (Role.OGI_OFFICE,)


def drafts_for(organ: Organ, unit: Organ | None, act: str) -> HasRole:
    """A drafter of the drafting unit, or of the organ (whose post covers the unit)."""
    return HasRole(unit or organ, DRAFTERS, act)


@dataclass(frozen=True, slots=True)
class OfEitherEnd:
    """Who drafts the interpretation, or the office of the policy's organ: each may part what binds them."""

    link: Interpretation | ProposedInterpretation
    act: str
    id = "has_role"

    def refuse(self, actor: Actor) -> Refusal | None:
        """In the words of the interpretation's end."""
        reading = self.link.reading
        refusal = HasRole(reading.unit or reading.organ, DRAFTERS, self.act).refuse(actor)
        return refusal and HasRole(self.link.policy.organ, KEEPERS, self.act).refuse(actor) and refusal


@dataclass(frozen=True, slots=True)
class StageIs:
    """The item is at one of `stages`."""

    item: Item
    stages: tuple[Stage, ...]
    act: str
    remedy: str = ""
    id = "stage"

    def refuse(self, actor: Actor) -> Refusal | None:
        """Name the stage it is at."""
        if self.item.stage in self.stages:
            return None
        here = Stage(self.item.stage).label
        wanted = "、".join(f"“{stage.label}”" for stage in self.stages)
        remedy = self.remedy or f"只有{wanted}阶段可以{self.act}。"
        return Refusal(self.id, f"{quoted(self.item.title)}处于“{here}”阶段，不能{self.act}。{remedy}")


def open_to_edits(item: Item, act: str) -> StageIs:
    """While its drafter works on it."""
    return StageIs(item, (Stage.DRAFT, Stage.RETURNED), act, "请先由审核人员退回修改，或撤下后另行起草。")
