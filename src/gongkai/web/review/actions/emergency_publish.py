"""Verb: publish before the review is done, because waiting would do harm; another person reviews it afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.law import official_calendar
from gongkai.web.catalogue.item_problems import problems_of
from gongkai.web.catalogue.models import Attribute, Item, Stage
from gongkai.web.catalogue.rules import StageIs
from gongkai.web.house.rule import Refusal, Rule, SignedIn
from gongkai.web.house.titles import quoted
from gongkai.web.organs.models import Role
from gongkai.web.organs.rules import HasRole, Open
from gongkai.web.review.actions.checked_action import CheckedAction
from gongkai.web.review.four_eyes import lets_out
from gongkai.web.review.models import EmergencyReview, RoundState
from gongkai.web.review.referrals import answer_problems
from gongkai.web.review.rounds import close, open_round
from gongkai.web.review.routes import plan_for

PUBLISHERS = (Role.OGI_OFFICE, Role.APPROVER)
FROM = (Stage.DRAFT, Stage.RETURNED, Stage.SUBMITTED, Stage.APPROVED)


@dataclass(kw_only=True)
class EmergencyPublish(CheckedAction[Item]):
    """The checks run all the same, and what blocks still blocks: haste is no reason to publish an ID number.

    A question that still waits for its answer does not hold it back and ends with the round; an answer that forbids does.
    """

    verb = "review.emergency_publish"
    title = "应急先行发布"
    dangerous = True
    writes = False

    reason: str
    due_on: date | None = field(default=None, init=False)

    def rules(self) -> Iterable[Rule]:
        """The office or the approver in person, of what is not out yet and others wrote."""
        yield SignedIn()
        yield HasRole(self.item.organ, PUBLISHERS, self.title)
        yield StageIs(self.item, FROM, self.title)
        yield from lets_out(self.item, PUBLISHERS, self.title)
        yield Open(self.item.organ, self.title)

    def problems(self) -> Iterable[Refusal]:
        """A reason, no embargo, proactive, and nothing that blocks."""
        if not self.reason.strip():
            yield Refusal("no_reason", "请写明必须先行发布的紧急情况。", field="reason")
        if len(self.reason) > 300:
            yield Refusal("long", "应急理由超过300字。请精简。", field="reason")
        if self.item.attribute != Attribute.PROACTIVE:
            label = self.item.get_attribute_display()
            yield Refusal("attribute", f"{quoted(self.item.title)}的公开属性是{label}，不能应急发布。请先改定公开属性。")
        if self.item.embargo_until is not None and self.item.embargo_until > timezone.now():
            yield Refusal("embargo", "这条信息定了时发布，与应急发布矛盾。请先清除定时发布的时间。")
        yield from answer_problems(self.item, self.item.attribute)
        yield from problems_of(self.item)
        yield from self.check_problems()

    def act(self) -> Item:
        """Out now; its review is due."""
        under_way = open_round(self.item)
        if under_way is not None:
            close(under_way, RoundState.OVERTAKEN)
        now = timezone.now()
        self.item.stage, self.item.published_at = Stage.PUBLISHED, now
        self.item.emergency, self.item.emergency_reason = True, self.reason.strip()
        self.item.emergency_reviewed_at = self.item.emergency_reviewed_by = None
        self.item.save(
            update_fields=[
                "stage", "published_at", "emergency", "emergency_reason", "emergency_reviewed_at",
                "emergency_reviewed_by", "updated_at",
            ]
        )  # fmt: skip
        self.due_on = official_calendar().add(timezone.localdate(), plan_for(self.item.organ).emergency_days)
        EmergencyReview.objects.create(
            item=self.item, reason=self.reason.strip(), published_by=self.actor.user, published_at=now, due_on=self.due_on
        )
        self.keep_findings()
        return self.item

    def details(self) -> Mapping[str, Any]:
        """Why, and by when it is reviewed."""
        return {"basis": self.reason, "due_on": str(self.due_on or ""), "passed_over": self.let_pass}
