"""Verb: ask the body that decides, because the reviewer is not sure whether it may be disclosed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.review.actions.step_action import StepAction
from gongkai.web.review.models import Referral, ReferredTo
from gongkai.web.review.rules import MayRefer, NotReferred, OneStepEach, TakesStep


@dataclass(kw_only=True)
class ReferItem(StepAction[Referral]):
    """The step is halted until `RecordAnswer`. It takes no step: who asks may pass the step afterwards."""

    verb = "review.refer"
    title = "报请确定"
    writes = False

    to: str
    body: str
    question: str

    def rules(self) -> Iterable[Rule]:
        """Who may pass the step, where secrecy or the office look; one question at a time."""
        yield TakesStep(self.item, self.step, self.title)
        yield MayRefer(self.step, self.title)
        yield self.by_no_author()
        yield OneStepEach(self.round, self.title)
        yield NotReferred(self.round, self.title)

    def problems(self) -> Iterable[Refusal]:
        """To whom, and what."""
        if self.to not in ReferredTo.values:
            yield Refusal("to", "请选择报请有关主管部门或保密行政管理部门。", "《条例》第十七条第三款", field="to")
        if not self.body.strip():
            yield Refusal("no_body", "请填写报请机关的名称。", field="body")
        if len(self.body) > 100:
            yield Refusal("long", "报请机关名称超过100字。请精简。", field="body")
        if not self.question.strip():
            yield Refusal("no_question", "请写明报请确定的问题。", field="question")
        if len(self.question) > 1000:
            yield Refusal("long", "报请确定的问题超过1000字。请精简。", field="question")

    def act(self) -> Referral:
        """It waits from now."""
        round_, step = self.standing()
        if self.actor.user is None:
            raise ValueError("a question is a person's")
        self.item.save(update_fields=["updated_at"])
        return Referral.objects.create(
            round=round_, step=step, to=self.to, body=self.body.strip(), question=self.question.strip(), by=self.actor.user
        )

    def details(self) -> Mapping[str, Any]:
        """Where, to whom, and what."""
        return {
            "step": self.step.name if self.step is not None else "", "referred_to": self.to, "body": self.body, "question": self.question,
        }  # fmt: skip
