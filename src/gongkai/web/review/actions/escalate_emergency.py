"""Verb: tell the organ above that an emergency publication was not reviewed in time; where the organ wants it, take it down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from gongkai.web.catalogue.models import Item, Stage
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.house.titles import quoted
from gongkai.web.organs.holders import Need, named, superiors
from gongkai.web.organs.models import Role
from gongkai.web.review.actions.emergency_action import EmergencyAction
from gongkai.web.review.models import OverdueRule
from gongkai.web.review.routes import plan_for
from gongkai.web.review.rules import ByWorker

TOLD = (Role.SECRECY_REVIEWER, Role.OGI_OFFICE, Role.APPROVER, Role.SUPERVISOR)
"""Those above who find it among what waits (queues.escalated)."""


@dataclass(kw_only=True)
class EscalateEmergency(EmergencyAction[Item]):
    """Once for each publication. The review stays due, also of what was taken down: somebody still has to say what was wrong."""

    verb = "review.escalate_emergency"
    title = "应急发布逾期未审查报上级"
    writes = False

    withdrawn: bool = field(default=False, init=False)

    def rules(self) -> Iterable[Rule]:
        """The worker's."""
        yield ByWorker(self.title)

    def problems(self) -> Iterable[Refusal]:
        """Overdue, and not told yet."""
        if self.review is None:
            yield Refusal("nothing", f"{quoted(self.item.title)}没有待审查的应急发布。")
        elif self.review.due_on >= timezone.localdate():
            yield Refusal("early", f"{quoted(self.item.title)}的事后审查期限是{self.review.due_on}，尚未逾期。")
        elif self.review.escalated_at is not None:
            yield Refusal("twice", f"{quoted(self.item.title)}逾期未审查已报上级。")

    def act(self) -> Item:
        """Noted; down, where the route says so."""
        if self.review is None:
            raise ValueError("nothing to escalate")
        now = timezone.now()
        self.review.escalated_at = now
        self.review.save(update_fields=["escalated_at"])
        self.withdrawn = plan_for(self.item.organ).overdue_rule == OverdueRule.WITHDRAW and self.item.stage == Stage.PUBLISHED
        if self.withdrawn:
            self.item.stage, self.item.withdrawn_at = Stage.WITHDRAWN, now
            self.item.withdrawn_reason = f"应急发布逾期未经事后审查（期限{self.review.due_on}），自动撤下。"
        self.item.save(update_fields=["stage", "withdrawn_at", "withdrawn_reason", "updated_at"])
        return self.item

    def details(self) -> Mapping[str, Any]:
        """Since when, to whom, and whether it came down."""
        above = superiors(self.item.organ, (Need(self.item.organ, TOLD),))
        due = str(self.review.due_on) if self.review is not None else ""
        return {"due_on": due, "escalated_to": named(above) if above else "", "withdrawn": self.withdrawn}
