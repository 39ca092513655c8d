"""Verb: sign. The signer decides the attribute, and settles what the reviewers disagreed about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from gongkai.web.catalogue.models import Attribute, Item, Stage
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.review.actions.step_action import StepAction
from gongkai.web.review.joint import joint_problems
from gongkai.web.review.models import Act, RoundState
from gongkai.web.review.opinions import attribute_problems
from gongkai.web.review.originals import original_problems
from gongkai.web.review.referrals import answer_problems
from gongkai.web.review.rounds import close, disagreements, move_on, sign
from gongkai.web.review.routes import next_look
from gongkai.web.review.rules import NotReferred, OneStepEach, TakesStep


@dataclass(kw_only=True)
class ApproveItem(StepAction[Item]):
    """`attribute` left empty keeps what was proposed, which is not enough where reviewers held otherwise."""

    verb = "review.approve"
    title = "审签同意"
    dangerous = True
    writes = False

    comment: str = ""
    attribute: str = ""
    withheld_under: str = ""

    def rules(self) -> Iterable[Rule]:
        """The approver; no author; not one who took a step; not while others are asked."""
        yield TakesStep(self.item, self.step, self.title)
        yield self.by_no_author()
        yield OneStepEach(self.round, self.title)
        yield NotReferred(self.round, self.title)

    def problems(self) -> Iterable[Refusal]:
        """At the last step; disagreement settled in words; the joint organs heard."""
        round_, step = self.standing()
        if not any(duty.key == "approval" for duty in step.duties):
            yield Refusal("not_yet", f"还在“{step.name}”环节，不能审签。请待该环节办理完毕。")
            return
        attribute, reason = self._decision()
        if differing := disagreements(round_):
            who = "、".join(f"{mark.by.name}（{mark.get_attribute_display()}）" for mark in differing)
            if not self.attribute:
                yield Refusal("unsettled", f"对公开属性有不同意见：{who}。请选定公开属性。", field="attribute")
            if not self.comment.strip():
                yield Refusal("no_comment", f"对公开属性有不同意见：{who}。请写明裁定理由。", field="comment")
        elif (attribute, reason) != (round_.proposed_attribute, round_.proposed_reason) and not self.comment.strip():
            yield Refusal("no_comment", "改变拟定公开属性的，请写明理由。", field="comment")
        yield from attribute_problems(self.item, attribute, reason)
        yield from answer_problems(self.item, attribute, "attribute")
        yield from joint_problems(self.item, round_, self.comment)
        yield from original_problems(self.item, attribute, self.comment)
        if len(self.comment) > 1000:
            yield Refusal("long", "意见超过1000字。请精简。", field="comment")

    def _decision(self) -> tuple[str, str]:
        round_, _ = self.standing()
        if not self.attribute:
            return round_.proposed_attribute, round_.proposed_reason
        return self.attribute, "" if self.attribute == Attribute.PROACTIVE else self.withheld_under

    def act(self) -> Item:
        """Ready to publish, or kept on file until it is looked at again."""
        round_, step = self.standing()
        self.item.attribute, self.item.withheld_under = self._decision()
        sign(round_, step, self.actor, Act.APPROVE, self.comment, self.item.attribute, self.item.withheld_under)
        move_on(step)
        close(round_, RoundState.APPROVED)
        self.item.stage = Stage.APPROVED if self.item.attribute == Attribute.PROACTIVE else Stage.KEPT
        if self.item.stage == Stage.KEPT and self.item.reassess_on is None:
            self.item.reassess_on = next_look(self.item.organ, timezone.localdate())
        self.item.save(update_fields=["attribute", "withheld_under", "stage", "reassess_on", "updated_at"])
        return self.item

    def details(self) -> Mapping[str, Any]:
        """What was decided."""
        settled = self.round is not None and bool(disagreements(self.round))
        return {
            "attribute": self.item.attribute, "withheld_under": self.item.withheld_under, "comment": self.comment,
            "settled": settled,
        }  # fmt: skip
