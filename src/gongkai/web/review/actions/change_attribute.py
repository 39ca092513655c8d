"""Verb: decide after approval that another attribute is right (re-assessment, Art. 18; conversion)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.web.catalogue.actions.item_action import ItemAction
from gongkai.web.catalogue.models import Attribute, Stage
from gongkai.web.catalogue.rules import StageIs
from gongkai.web.house.rule import Refusal, Rule, SignedIn
from gongkai.web.organs.holders import Need
from gongkai.web.organs.models import Role
from gongkai.web.organs.rules import HasRole
from gongkai.web.review.four_eyes import WroteNothing
from gongkai.web.review.models import AttributeChange
from gongkai.web.review.opinions import attribute_problems
from gongkai.web.review.referrals import answer_problems
from gongkai.web.review.routes import next_look


@dataclass(kw_only=True)
class ChangeAttribute(ItemAction[AttributeChange]):
    """Opened: it waits for publication, by another person, and its clock runs from today. Closed: it is kept."""

    verb = "review.change_attribute"
    title = "变更公开属性"
    dangerous = True
    writes = False

    attribute: str
    why: str
    withheld_under: str = ""
    next_on: date | None = None
    _old: tuple[str, str] = field(default=("", ""), init=False)

    def rules(self) -> Iterable[Rule]:
        """The approver decides attributes, of what others wrote."""
        yield SignedIn()
        yield HasRole(self.item.organ, (Role.APPROVER,), self.title)
        yield StageIs(self.item, (Stage.KEPT, Stage.APPROVED), self.title, "起草中的请在提交时拟定；已发布的请先撤下。")
        yield WroteNothing(self.item, self.title, (Need(self.item.organ, (Role.APPROVER,)),))

    def problems(self) -> Iterable[Refusal]:
        """Another one, with a ground and a reason."""
        if self.attribute == self.item.attribute and self._ground() == self.item.withheld_under:
            yield Refusal("same", "公开属性和理由没有变化。维持不变的，请登记重新评估。", field="attribute")
        yield from attribute_problems(self.item, self.attribute, self._ground())
        yield from answer_problems(self.item, self.attribute, "attribute")
        if not self.why.strip():
            yield Refusal("no_reason", "请写明评估意见。", "《条例》第十八条", field="why")
        if len(self.why) > 500:
            yield Refusal("long", "评估意见超过500字。请精简。", field="why")
        if self.next_on is not None and self.next_on <= timezone.localdate():
            yield Refusal("past", "下次评估日期应在今天以后。", field="next_on")

    def _ground(self) -> str:
        return "" if self.attribute == Attribute.PROACTIVE else self.withheld_under

    def act(self) -> AttributeChange:
        """Recorded, and the item goes where its new attribute belongs."""
        if self.actor.user is None:
            raise ValueError("a decision is a person's")
        old, old_reason = self.item.attribute, self.item.withheld_under
        self._old = (old, old_reason)
        opened = self.attribute == Attribute.PROACTIVE
        self.item.attribute, self.item.withheld_under = self.attribute, self._ground()
        self.item.stage = Stage.APPROVED if opened else Stage.KEPT
        self.item.reassess_on = None if opened else self.next_on or next_look(self.item.organ, timezone.localdate())
        self.item.save(update_fields=["attribute", "withheld_under", "stage", "reassess_on", "updated_at"])
        return AttributeChange.objects.create(
            item=self.item, old=old, old_reason=old_reason, new=self.attribute, new_reason=self._ground(),
            why=self.why.strip(), next_on=self.item.reassess_on, by=self.actor.user,
        )  # fmt: skip

    def details(self) -> Mapping[str, Any]:
        """From what to what."""
        return {"from": self._old[0], "to": self.attribute, "basis": self.why, "withheld_under": self._ground()}
