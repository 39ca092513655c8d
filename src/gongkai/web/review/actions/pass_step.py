"""Verb: agree, and hand the item on to the next step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.web.catalogue.models import Attribute
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.review.actions.step_action import StepAction
from gongkai.web.review.models import Act, ReviewMark
from gongkai.web.review.opinions import attribute_problems
from gongkai.web.review.referrals import answer_problems
from gongkai.web.review.rounds import move_on, sign
from gongkai.web.review.rules import NotReferred, OneStepEach, TakesStep


@dataclass(kw_only=True)
class PassStep(StepAction[ReviewMark]):
    """`attribute` and `withheld_under` are the reviewer's own opinion, left empty to agree with what was proposed."""

    verb = "review.pass_step"
    title = "审核同意"
    writes = False

    comment: str = ""
    attribute: str = ""
    withheld_under: str = ""

    def rules(self) -> Iterable[Rule]:
        """The post the step asks for; no author; not twice; not while others are asked."""
        yield TakesStep(self.item, self.step, self.title)
        yield self.by_no_author()
        yield OneStepEach(self.round, self.title)
        yield NotReferred(self.round, self.title)

    def problems(self) -> Iterable[Refusal]:
        """A step before the last; another opinion needs its reason and its ground."""
        round_, step = self.standing()
        if any(duty.key == "approval" for duty in step.duties):
            yield Refusal("approval", "已到审签环节，请用“审签同意”。")
        attribute, reason = self._opinion()
        yield from attribute_problems(self.item, attribute, reason)
        yield from answer_problems(self.item, attribute, "attribute")
        if (attribute, reason) != (round_.proposed_attribute, round_.proposed_reason) and not self.comment.strip():
            yield Refusal("no_comment", "对公开属性有不同意见的，请写明理由，由审签人裁定。", field="comment")
        if len(self.comment) > 1000:
            yield Refusal("long", "意见超过1000字。请精简。", field="comment")

    def _opinion(self) -> tuple[str, str]:
        round_, _ = self.standing()
        if not self.attribute:
            return round_.proposed_attribute, round_.proposed_reason
        return self.attribute, "" if self.attribute == Attribute.PROACTIVE else self.withheld_under

    def act(self) -> ReviewMark:
        """A signature; the next step holds the item."""
        round_, step = self.standing()
        mark = sign(round_, step, self.actor, Act.PASS, self.comment, *self._opinion())
        move_on(step)
        self.item.save(update_fields=["updated_at"])
        return mark

    def details(self) -> Mapping[str, Any]:
        """Step and opinion."""
        step = self.step.name if self.step is not None else ""
        return {"step": step, "comment": self.comment, "attribute": self.attribute}
