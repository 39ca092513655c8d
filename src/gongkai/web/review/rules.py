"""Rules of review: who may take a step, and what halts it. That no author takes one is four_eyes.py."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from gongkai.web.catalogue.models import Item
from gongkai.web.house.actor import Actor
from gongkai.web.house.rule import Refusal
from gongkai.web.house.titles import quoted
from gongkai.web.organs.rules import HasRole

from .models import Act, ReviewRound, RoundStep
from .objections import objections
from .referrals import UNSURE, awaited

BASIS = "先审查、后公开（《条例》第十七条）"


@dataclass(frozen=True, slots=True)
class TakesStep:
    """The actor holds the post of every duty of the step, over the item's organ (or unit, where the duty is the unit's)."""

    item: Item
    step: RoundStep | None
    act: str
    id = "takes_step"

    def refuse(self, actor: Actor) -> Refusal | None:
        """Who takes a merged step fulfils all its duties, and holds all their posts."""
        if self.step is None:
            return Refusal(self.id, f"{quoted(self.item.title)}已不在这个审核环节，不能{self.act}。请刷新页面核对办理阶段。")
        if actor.user is None:
            return Refusal(self.id, f"{self.act}须由工作人员本人登录后办理。请先登录。", BASIS)
        for duty in self.step.duties:
            organ = self.item.unit if duty.at_unit and self.item.unit is not None else self.item.organ
            refusal = HasRole(organ, (duty.role,), f"“{self.step.name}”环节{self.act}").refuse(actor)
            if refusal is not None:
                return refusal
        return None


@dataclass(frozen=True, slots=True)
class OneStepEach:
    """Nobody takes two steps of one round, where the round says so."""

    round: ReviewRound | None
    act: str
    id = "one_step_each"

    def refuse(self, actor: Actor) -> Refusal | None:
        """Name the step the person took."""
        if self.round is None or not self.round.distinct_people or actor.user is None:
            return None
        took = self.round.marks.filter(by=actor.user, act=Act.PASS).select_related("step").first()
        if took is None or took.step is None:
            return None
        return Refusal(
            self.id, f"您已办理“{took.step.name}”环节，不能再{self.act}。请转其他有权限的人员办理。", BASIS
        )


@dataclass(frozen=True, slots=True)
class MayRefer:
    """Secrecy and the office ask others; the unit's own reviewer hands his doubt on to them."""

    step: RoundStep | None
    act: str
    id = "may_refer"

    def refuse(self, actor: Actor) -> Refusal | None:
        """A step with one of the two duties, merged or not."""
        if self.step is None or self.step.secrecy or self.step.office:
            return None
        return Refusal(self.id, f"“{self.step.name}”环节不办理{self.act}。请转保密审查或公开机构审核环节办理。", UNSURE)


@dataclass(frozen=True, slots=True)
class NotReferred:
    """No question waits for its answer: until then the step is halted."""

    round: ReviewRound | None
    act: str
    id = "referred"

    def refuse(self, actor: Actor) -> Refusal | None:
        """Whom it was put to, and since when."""
        waiting = awaited(self.round)
        if waiting is None:
            return None
        since = timezone.localtime(waiting.at).date()
        return Refusal(self.id, f"已于{since}报请{waiting.body}确定，答复登记前不能{self.act}。请先登记答复，或退回修改。", UNSURE)


@dataclass(frozen=True, slots=True)
class AwaitsAnswer:
    """A question waits for its answer."""

    round: ReviewRound | None
    act: str
    id = "not_referred"

    def refuse(self, actor: Actor) -> Refusal | None:
        """Nothing was asked, or it is answered."""
        if awaited(self.round) is not None:
            return None
        return Refusal(self.id, f"这条信息没有等待答复的报请，不能{self.act}。请先报请确定。", UNSURE)


@dataclass(frozen=True, slots=True)
class ByWorker:
    """Done by the platform itself when a day has come, by no person."""

    act: str
    id = "by_worker"

    def refuse(self, actor: Actor) -> Refusal | None:
        """Whoever it is."""
        if actor.is_operator:
            return None
        return Refusal(self.id, f"{self.act}到期由系统自动办理，不能由人员办理。")


@dataclass(frozen=True, slots=True)
class Objected:
    """Secrecy, or a question to others, stands against letting it out."""

    item: Item
    act: str
    id = "objected"

    def refuse(self, actor: Actor) -> Refusal | None:
        """Nothing does: one person is enough."""
        if objections(self.item):
            return None
        return Refusal(self.id, f"{quoted(self.item.title)}没有保密审查退回或者未答复的报请，不需要{self.act}。请直接办理应急先行发布。")


@dataclass(frozen=True, slots=True)
class IsJoint:
    """The document is issued together with other organs."""

    item: Item
    act: str
    id = "is_joint"

    def refuse(self, actor: Actor) -> Refusal | None:
        """Nobody else signs it."""
        if self.item.joint_organs.exists():
            return None
        return Refusal(self.id, f"{quoted(self.item.title)}没有联合发文机关，不能{self.act}。联合发文的，请退回起草人填写联合发文机关。")
