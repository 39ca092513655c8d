"""Verb: give the item back to its drafter with a comment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.web.catalogue.models import Stage
from gongkai.web.catalogue.rules import StageIs
from gongkai.web.house.rule import Refusal, Rule, SignedIn
from gongkai.web.organs.models import Role
from gongkai.web.organs.rules import HasRole
from gongkai.web.review.actions.step_action import StepAction
from gongkai.web.review.models import Act, ReviewMark, RoundState
from gongkai.web.review.rounds import close, last_round, sign
from gongkai.web.review.rules import OneStepEach, TakesStep


@dataclass(kw_only=True)
class ReturnToDrafter(StepAction[ReviewMark]):
    """From any step, and from what is approved but not published yet (then by the office or the approver)."""

    verb = "review.return"
    title = "退回修改"
    writes = False

    comment: str

    def rules(self) -> Iterable[Rule]:
        """Who holds the item, and wrote nothing of it."""
        if self.item.stage == Stage.APPROVED:
            yield SignedIn()
            yield HasRole(self.item.organ, (Role.OGI_OFFICE, Role.APPROVER), self.title)
            return
        yield StageIs(self.item, (Stage.SUBMITTED, Stage.APPROVED), self.title)
        yield TakesStep(self.item, self.step, self.title)
        yield self.by_no_author()
        yield OneStepEach(self.round, self.title)

    def problems(self) -> Iterable[Refusal]:
        """A comment."""
        if not self.comment.strip():
            yield Refusal("no_comment", "请写明退回的原因和修改要求。", field="comment")
        if len(self.comment) > 1000:
            yield Refusal("long", "意见超过1000字。请精简。", field="comment")
        if last_round(self.item) is None:
            yield Refusal("no_round", "这条信息没有审核记录，不能退回。请撤下后另行起草。")

    def act(self) -> ReviewMark:
        """The round ends; the drafter may edit again."""
        round_ = self.round or last_round(self.item)
        if round_ is None:
            raise ValueError("no round")
        mark = sign(
            round_, self.step, self.actor, Act.RETURN, self.comment, round_.proposed_attribute, round_.proposed_reason
        )
        close(round_, RoundState.RETURNED)
        self.item.stage = Stage.RETURNED
        self.item.save(update_fields=["stage", "updated_at"])
        return mark

    def details(self) -> Mapping[str, Any]:
        """Step and comment."""
        return {"step": self.step.name if self.step is not None else "", "comment": self.comment}
