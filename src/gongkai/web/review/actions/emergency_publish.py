"""Verb: publish before the review is done, because waiting would do harm; another person reviews it afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.law import official_calendar
from gongkai.web.accounts.models import User
from gongkai.web.catalogue.item_problems import problems_of
from gongkai.web.catalogue.models import Attribute, Item, Stage
from gongkai.web.catalogue.rules import StageIs
from gongkai.web.house.rule import Refusal, Rule, SignedIn
from gongkai.web.house.titles import quoted
from gongkai.web.organs.holders import Need, turn_to
from gongkai.web.organs.models import Role
from gongkai.web.organs.rules import HasRole, Open
from gongkai.web.review.actions.checked_action import CheckedAction
from gongkai.web.review.authors import authors_of
from gongkai.web.review.escalating import await_reviews
from gongkai.web.review.four_eyes import lets_out
from gongkai.web.review.models import EmergencyReview, RoundState
from gongkai.web.review.objections import consent_to, objections
from gongkai.web.review.referrals import answer_problems
from gongkai.web.review.rounds import close, open_round
from gongkai.web.review.routes import plan_for
from gongkai.web.review.rules import BASIS

PUBLISHERS = (Role.OGI_OFFICE, Role.APPROVER)
FROM = (Stage.DRAFT, Stage.RETURNED, Stage.SUBMITTED, Stage.APPROVED)


@dataclass(kw_only=True)
class EmergencyPublish(CheckedAction[Item]):
    """The checks run all the same, and what blocks still blocks: haste is no reason to publish an ID number.

    An answer that forbids holds it back. What secrecy returned, or a question that still waits for its answer, does until a
    secrecy reviewer has confirmed it (`ConfirmEmergency`): one person alone overrides neither.
    """

    verb = "review.emergency_publish"
    title = "应急先行发布"
    dangerous = True
    writes = False

    reason: str
    due_on: date | None = field(default=None, init=False)
    _confirmed_by: User | None = field(default=None, init=False)

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
        # What an answer forbids nobody can confirm: one reason is enough then.
        yield from list(answer_problems(self.item, self.item.attribute)) or self._alone()
        yield from problems_of(self.item)
        yield from self.check_problems()

    def _alone(self) -> Iterable[Refusal]:
        """What one person may not override, and what no person stands behind."""
        if not authors_of(self.item):
            yield Refusal("nobodys", f"{quoted(self.item.title)}由系统导入，没有工作人员起草或提交，不能由一人应急发布。请先由起草人员提交审核。", BASIS)
        against = objections(self.item)
        given = consent_to(self.item, against)
        if not against or (given is not None and given.by != self.actor.user):
            return
        words = "；".join(one.words for one in against)
        others = turn_to(self.item.organ, (Need(self.item.organ, (Role.SECRECY_REVIEWER,)),), authors_of(self.item) | {self.actor.user.pk})
        own = "您本人的确认不算。" if given is not None else ""
        yield Refusal("unconfirmed", f"{words}。一人不得越过，须另一名任“保密审查”的人员先办理“确认应急发布”。{own}{others}", BASIS)

    def act(self) -> Item:
        """Out now; its review is due."""
        consent = consent_to(self.item, against) if (against := objections(self.item)) else None
        self._confirmed_by = consent.by if consent is not None else None
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
            item=self.item, reason=self.reason.strip(), published_by=self.actor.user, published_at=now, due_on=self.due_on,
            confirmed_by=self._confirmed_by,
        )  # fmt: skip
        await_reviews()
        self.keep_findings()
        return self.item

    def details(self) -> Mapping[str, Any]:
        """Why, by when it is reviewed, who confirmed it."""
        confirmed = self._confirmed_by.name if self._confirmed_by is not None else ""
        return {"basis": self.reason, "due_on": str(self.due_on or ""), "confirmed_by": confirmed, "passed_over": self.let_pass}
