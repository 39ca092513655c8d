"""Verb: let an item go out in an emergency although secrecy returned it, or others were asked and have not answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.web.catalogue.actions.item_action import ItemAction
from gongkai.web.catalogue.models import Attribute
from gongkai.web.catalogue.rules import StageIs
from gongkai.web.house.rule import Refusal, Rule, SignedIn
from gongkai.web.house.titles import quoted
from gongkai.web.organs.models import Role
from gongkai.web.organs.rules import HasRole, Open
from gongkai.web.review.actions.emergency_publish import FROM
from gongkai.web.review.four_eyes import lets_out
from gongkai.web.review.models import EmergencyConsent
from gongkai.web.review.objections import consent_to, objections, written
from gongkai.web.review.referrals import answer_problems
from gongkai.web.review.rules import Objected

LONGEST = 300


@dataclass(kw_only=True)
class ConfirmEmergency(ItemAction[EmergencyConsent]):
    """It publishes nothing: another person does (`EmergencyPublish`). What was said against it is kept with the consent."""

    verb = "review.confirm_emergency"
    title = "确认应急发布"
    dangerous = True
    writes = False

    reason: str

    def rules(self) -> Iterable[Rule]:
        """A secrecy reviewer in person, no author, of what is not out yet and has something standing against it."""
        yield SignedIn()
        yield HasRole(self.item.organ, (Role.SECRECY_REVIEWER,), self.title)
        yield StageIs(self.item, FROM, self.title)
        yield Open(self.item.organ, self.title)
        yield Objected(self.item, self.title)
        yield from lets_out(self.item, (Role.SECRECY_REVIEWER,), self.title)

    def problems(self) -> Iterable[Refusal]:
        """A reason; once; of what could go out at all."""
        if not self.reason.strip():
            yield Refusal("no_reason", "请写明确认的理由。", field="reason")
        if len(self.reason) > LONGEST:
            yield Refusal("long", f"确认理由超过{LONGEST}字。请精简。", field="reason")
        if self.item.attribute != Attribute.PROACTIVE:
            yield Refusal("attribute", f"{quoted(self.item.title)}的公开属性是{self.item.get_attribute_display()}，不能应急发布。请先改定公开属性。")
        given = consent_to(self.item, objections(self.item))
        if given is not None:
            yield Refusal("twice", f"{given.by.name}已经确认，稿件此后没有变化。请由另一人办理应急先行发布。")
        yield from answer_problems(self.item, self.item.attribute)

    def act(self) -> EmergencyConsent:
        """Kept, with what it overrides."""
        if self.actor.user is None:
            raise ValueError("a consent is a person's")
        self.item.save(update_fields=["updated_at"])
        return EmergencyConsent.objects.create(
            item=self.item, version=written(self.item), objections=self._against(), reason=self.reason.strip(), by=self.actor.user
        )

    def _against(self) -> str:
        return "；".join(one.words for one in objections(self.item))

    def details(self) -> Mapping[str, Any]:
        """Against what, and why."""
        return {"objections": self._against(), "basis": self.reason}
