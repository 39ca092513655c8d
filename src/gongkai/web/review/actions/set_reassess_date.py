"""Verb: a re-assessment that leaves the attribute as it is, and when the next one is due (Art. 18)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.web.catalogue.actions.item_action import ItemAction
from gongkai.web.catalogue.models import Attribute, Stage
from gongkai.web.catalogue.rules import StageIs
from gongkai.web.house.rule import Refusal, Rule, SignedIn
from gongkai.web.organs.models import Role
from gongkai.web.organs.rules import HasRole
from gongkai.web.review.models import AttributeChange


@dataclass(kw_only=True)
class SetReassessDate(ItemAction[AttributeChange]):
    """Says why the information is still withheld."""

    verb = "review.set_reassess_date"
    title = "登记重新评估"
    writes = False

    on: date
    why: str

    def rules(self) -> Iterable[Rule]:
        """The office or the approver, of what is kept."""
        yield SignedIn()
        yield HasRole(self.item.organ, (Role.OGI_OFFICE, Role.APPROVER), self.title)
        yield StageIs(self.item, (Stage.KEPT,), self.title)

    def problems(self) -> Iterable[Refusal]:
        """A day to come, and why."""
        if self.item.attribute == Attribute.PROACTIVE:
            yield Refusal("attribute", "主动公开的信息不需要重新评估。")
        if self.on <= timezone.localdate():
            yield Refusal("past", "下次评估日期应在今天以后。", field="on")
        if not self.why.strip():
            yield Refusal("no_reason", "请写明维持原公开属性的评估意见。", "《条例》第十八条", field="why")
        if len(self.why) > 500:
            yield Refusal("long", "评估意见超过500字。请精简。", field="why")

    def act(self) -> AttributeChange:
        """The day, and the record."""
        if self.actor.user is None:
            raise ValueError("an assessment is a person's")
        self.item.reassess_on = self.on
        self.item.save(update_fields=["reassess_on", "updated_at"])
        return AttributeChange.objects.create(
            item=self.item, old=self.item.attribute, old_reason=self.item.withheld_under, new=self.item.attribute,
            new_reason=self.item.withheld_under, why=self.why.strip(), next_on=self.on, by=self.actor.user,
        )  # fmt: skip

    def details(self) -> Mapping[str, Any]:
        """When next, and why."""
        return {"next_on": str(self.on), "basis": self.why}
