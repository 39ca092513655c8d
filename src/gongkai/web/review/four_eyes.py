"""Rules of four eyes: whoever wrote any of it lets none of it through (ADR 0103)."""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.web.catalogue.models import Item
from gongkai.web.house.actor import Actor
from gongkai.web.house.rule import Refusal
from gongkai.web.house.titles import quoted
from gongkai.web.organs.holders import Need, turn_to
from gongkai.web.organs.models import Role

from .authors import LISTED, authors_of, opener_of, writings, written_by
from .models import Act, ReviewRound, RoundStep
from .rules import BASIS


def posts_for(item: Item, step: RoundStep) -> tuple[Need, ...]:
    """What a step takes: the post of each of its duties, over the organ or, where the duty is the unit's, the unit."""
    return tuple(Need(item.unit or item.organ if duty.at_unit else item.organ, (duty.role,)) for duty in step.duties)


@dataclass(frozen=True, slots=True)
class WroteNothing:
    """The actor neither wrote any version of the item, nor handed it in. `needs` are the posts that the act takes."""

    item: Item
    act: str
    needs: tuple[Need, ...]
    without: frozenset[int] = field(default_factory=frozenset)
    id = "four_eyes"

    def refuse(self, actor: Actor) -> Refusal | None:
        """What the person wrote and when; who may do it instead."""
        if actor.user is None:
            return Refusal(self.id, f"{self.act}须由工作人员本人办理，不能由系统代办。", BASIS)
        if not Item.objects.filter(written_by(actor.user), pk=self.item.pk).exists():
            return None
        did = writings(self.item, actor.user)
        listed = "；".join(did[-LISTED:]) + (f"等{len(did)}次" if len(did) > LISTED else "")
        others = turn_to(self.item.organ, self.needs, authors_of(self.item) | self.without | {actor.user.pk})
        return Refusal(
            self.id, f"{quoted(self.item.title)}有您（{actor.user.name}）写的内容，不能由您本人{self.act}：{listed}。{others}", BASIS
        )


def wrote_nothing_at(item: Item, round_: ReviewRound | None, step: RoundStep | None, act: str) -> WroteNothing:
    """The same for a step of a round: who took another step of it cannot take this one instead."""
    took: frozenset[int] = frozenset()
    if round_ is not None and round_.distinct_people:
        took = frozenset(round_.marks.filter(act=Act.PASS).values_list("by", flat=True))
    return WroteNothing(item, act, posts_for(item, step) if step is not None else (), took)


@dataclass(frozen=True, slots=True)
class AnotherThan:
    """A person other than the one who did the first act."""

    item: Item
    user_id: int | None
    first_act: str
    act: str
    needs: tuple[Need, ...]
    id = "four_eyes"

    def refuse(self, actor: Actor) -> Refusal | None:
        """Nobody in particular is not another person."""
        if actor.user is None:
            return Refusal(self.id, f"{self.act}须由工作人员本人办理，不能由系统代办。", BASIS)
        if self.user_id is None or actor.user.pk != self.user_id:
            return None
        others = turn_to(self.item.organ, self.needs, authors_of(self.item) | {actor.user.pk})
        return Refusal(self.id, f"{quoted(self.item.title)}由您（{actor.user.name}）{self.first_act}，不能由您本人{self.act}。{others}", BASIS)


def lets_out(item: Item, roles: tuple[Role, ...], act: str) -> tuple[WroteNothing, AnotherThan]:
    """Who lets an item out wrote nothing of it, and did not open it up alone."""
    needs = (Need(item.organ, roles),)
    return WroteNothing(item, act, needs), AnotherThan(item, opener_of(item), "改为主动公开", act, needs)
