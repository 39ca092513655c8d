"""Verb: record what the body that was asked determined. The step goes on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.review.actions.step_action import StepAction
from gongkai.web.review.models import Answer, Referral
from gongkai.web.review.referrals import awaited
from gongkai.web.review.rules import AwaitsAnswer, OneStepEach, TakesStep


@dataclass(kw_only=True)
class RecordAnswer(StepAction[Referral]):
    """What the answer allows is judged by the acts that follow (referrals.answer_problems)."""

    verb = "review.record_answer"
    title = "登记答复"
    writes = False

    on: date | None
    answer: str
    text: str
    number: str = ""

    def rules(self) -> Iterable[Rule]:
        """Who may pass the step that is halted."""
        yield TakesStep(self.item, self.step, self.title)
        yield self.by_no_author()
        yield OneStepEach(self.round, self.title)
        yield AwaitsAnswer(self.round, self.title)

    def problems(self) -> Iterable[Refusal]:
        """When, what, and in which words."""
        waiting = awaited(self.round)
        if self.on is None:
            yield Refusal("no_day", "请填写答复日期。", field="on")
        elif self.on > timezone.localdate():
            yield Refusal("future", "答复日期不能晚于今天。请核对。", field="on")
        elif waiting is not None and self.on < timezone.localtime(waiting.at).date():
            yield Refusal("early", f"答复日期不能早于报请日期{timezone.localtime(waiting.at).date()}。请核对。", field="on")
        if self.answer not in Answer.values:
            yield Refusal("answer", "请选择答复结论。", field="answer")
        if not self.text.strip():
            yield Refusal("no_text", "请填写答复内容。", field="text")
        if len(self.text) > 1000:
            yield Refusal("long", "答复内容超过1000字。请精简。", field="text")
        if len(self.number) > 60:
            yield Refusal("long", "答复文号超过60字。请核对。", field="number")

    def act(self) -> Referral:
        """Answered; nothing waits any more."""
        found = awaited(self.round)
        if found is None or self.actor.user is None:
            raise ValueError("nothing waits, or nobody answers for it")
        found.answer, found.answered_on = self.answer, self.on
        found.answer_text, found.answer_number = self.text.strip(), self.number.strip()
        found.recorded_by, found.recorded_at = self.actor.user, timezone.now()
        found.save(update_fields=["answer", "answered_on", "answer_text", "answer_number", "recorded_by", "recorded_at"])
        self.item.save(update_fields=["updated_at"])
        return found

    def details(self) -> Mapping[str, Any]:
        """What was determined, when, under which number."""
        return {
            "step": self.step.name if self.step is not None else "", "answer": self.answer, "on": str(self.on or ""),
            "answer_text": self.text, "answer_number": self.number,
        }  # fmt: skip
