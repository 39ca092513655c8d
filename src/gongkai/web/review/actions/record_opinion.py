"""Verb: record what a joint organ holds about the document (联合发文)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.house.titles import quoted
from gongkai.web.organs.models import Organ
from gongkai.web.review.actions.step_action import StepAction
from gongkai.web.review.models import JointOpinion, Stand
from gongkai.web.review.rules import IsJoint, OneStepEach, TakesStep


@dataclass(kw_only=True)
class RecordOpinion(StepAction[JointOpinion]):
    """At any step, by who may pass it. It takes no step, and a later record of the same organ counts instead."""

    verb = "review.record_opinion"
    title = "登记联合发文机关意见"
    writes = False

    organ: Organ | None
    stand: str
    on: date | None
    text: str = ""

    def rules(self) -> Iterable[Rule]:
        """The lead organ's reviewer, of a joint document."""
        yield TakesStep(self.item, self.step, self.title)
        yield self.by_no_author()
        yield OneStepEach(self.round, self.title)
        yield IsJoint(self.item, self.title)

    def problems(self) -> Iterable[Refusal]:
        """Whose, which, when."""
        if self.organ is None or not self.item.joint_organs.filter(pk=self.organ.pk).exists():
            yield Refusal("organ", f"请选择{quoted(self.item.title)}的联合发文机关。", field="organ")
        if self.stand not in Stand.values:
            yield Refusal("stand", "请选择同意或有不同意见。", field="stand")
        if self.stand == Stand.DIFFERS and not self.text.strip():
            yield Refusal("no_text", "有不同意见的，请填写意见内容。", field="text")
        if len(self.text) > 1000:
            yield Refusal("long", "意见内容超过1000字。请精简。", field="text")
        if self.on is None:
            yield Refusal("no_day", "请填写意见日期。", field="on")
        elif self.on > timezone.localdate():
            yield Refusal("future", "意见日期不能晚于今天。请核对。", field="on")

    def act(self) -> JointOpinion:
        """Kept beside the older ones."""
        round_, _ = self.standing()
        if self.actor.user is None or self.organ is None or self.on is None:
            raise ValueError("an opinion is an organ's, of a day, recorded by a person")
        self.item.save(update_fields=["updated_at"])
        return JointOpinion.objects.create(
            round=round_, organ=self.organ, stand=self.stand, text=self.text.strip(), given_on=self.on, recorded_by=self.actor.user
        )

    def details(self) -> Mapping[str, Any]:
        """Whose, which, when."""
        return {"organ": self.organ.name if self.organ is not None else "", "stand": self.stand, "on": str(self.on or ""), "comment": self.text}
