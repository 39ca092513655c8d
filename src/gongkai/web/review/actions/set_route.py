"""Verb: say how an organ reviews and how strict its checks are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gongkai.web.house.action import Action
from gongkai.web.house.events import Subject
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.organs.models import Organ, Role
from gongkai.web.organs.rules import HasRole, Open
from gongkai.web.review.checks.registry import CHECKS
from gongkai.web.review.models import CheckLevel, Level, ReviewRoute, RouteStep
from gongkai.web.review.routes import Plan, faults


@dataclass(kw_only=True)
class SetRoute(Action[ReviewRoute]):
    """`levels` are the organ's own levels by check; a check left out follows the organs above. Rounds under way go on
    as they began."""

    verb = "review.set_route"
    title = "设置审核流程"
    dangerous = True

    organ: Organ
    plan: Plan
    levels: Mapping[str, str] = field(default_factory=dict)

    def rules(self) -> Iterable[Rule]:
        """The administrator of the organ."""
        yield HasRole(self.organ, (Role.ADMIN,), self.title)
        yield Open(self.organ, self.title)

    def problems(self) -> Iterable[Refusal]:
        """Steps a round could take; levels that exist; what is needed cannot be off."""
        if not self.plan.steps:
            yield Refusal("no_steps", "请至少设置一个环节。")
        yield from (Refusal("steps", words) for words in faults(self.plan.steps))
        if not 1 <= self.plan.emergency_days <= 20:
            yield Refusal("days", "事后审查期限应为1至20个工作日。", field="emergency_days")
        if not 1 <= self.plan.reassess_months <= 60:
            yield Refusal("months", "重新评估周期应为1至60个月。", "《条例》第十八条", field="reassess_months")
        for key, level in self.levels.items():
            if key not in CHECKS or level not in Level.values:
                yield Refusal("level", f"没有“{key}”这项检查，或处理方式不对。请重新选择。", field=f"level_{key}")
            elif (CHECKS[key].level == Level.BLOCK or CHECKS[key].always) and level == Level.OFF:
                yield Refusal(
                    "off", f"“{CHECKS[key].title}”不能关闭，最低为提醒。", CHECKS[key].basis, field=f"level_{key}"
                )

    def change(self) -> ReviewRoute:
        """The route anew."""
        facts = {
            "distinct_people": self.plan.distinct_people, "emergency_days": self.plan.emergency_days,
            "reading_rule": self.plan.reading_rule, "near_days": self.plan.near_days,
            "reassess_months": self.plan.reassess_months, "overdue_rule": self.plan.overdue_rule,
        }  # fmt: skip
        route, _ = ReviewRoute.objects.update_or_create(organ=self.organ, defaults=facts)
        route.steps.all().delete()
        for position, step in enumerate(self.plan.steps, 1):
            RouteStep.objects.create(
                route=route, position=position, name=step.name.strip(), **dict.fromkeys(step.duties, True)
            )
        CheckLevel.objects.filter(organ=self.organ).delete()
        CheckLevel.objects.bulk_create(
            CheckLevel(organ=self.organ, check_key=key, level=level) for key, level in self.levels.items()
        )
        return route

    def subject(self, result: ReviewRoute | None) -> Subject:
        """The organ."""
        return Subject.of(self.organ, organ_id=self.organ.pk)

    def details(self) -> Mapping[str, Any]:
        """Everything."""
        steps = [f"{step.name}（{'、'.join(step.duties)}）" for step in self.plan.steps]
        return {"steps": steps, "distinct_people": self.plan.distinct_people, "overdue_rule": self.plan.overdue_rule, "levels": dict(self.levels)}
