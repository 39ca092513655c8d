"""Verb: review afterwards what was published in an emergency."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from gongkai.web.catalogue.models import Item, Stage
from gongkai.web.house.rule import Refusal, Rule, SignedIn
from gongkai.web.house.titles import quoted
from gongkai.web.organs.holders import Need
from gongkai.web.organs.models import Role
from gongkai.web.organs.rules import HasRole
from gongkai.web.review.actions.emergency_action import EmergencyAction
from gongkai.web.review.four_eyes import AnotherThan, WroteNothing

REVIEWERS = (Role.SECRECY_REVIEWER, Role.OGI_OFFICE, Role.APPROVER)


@dataclass(kw_only=True)
class ReviewEmergency(EmergencyAction[Item]):
    """`keep` it public, or take it down at once."""

    verb = "review.review_emergency"
    title = "事后审查"
    writes = False

    keep: bool
    comment: str

    def rules(self) -> Iterable[Rule]:
        """A reviewer who neither published, confirmed nor wrote it."""
        yield SignedIn()
        yield HasRole(self.item.organ, REVIEWERS, self.title)
        needs = (Need(self.item.organ, REVIEWERS),)
        if self.review is not None:
            yield AnotherThan(self.item, self.review.published_by_id, "应急发布", self.title, needs)
            yield AnotherThan(self.item, self.review.confirmed_by_id, "确认应急发布", self.title, needs)
        yield WroteNothing(self.item, self.title, needs)

    def problems(self) -> Iterable[Refusal]:
        """Something to review, and words."""
        if self.review is None:
            yield Refusal("nothing", f"{quoted(self.item.title)}没有待审查的应急发布。")
        if self.keep and self.item.stage != Stage.PUBLISHED:
            yield Refusal("down", f"{quoted(self.item.title)}已经撤下，不能维持公开。应当公开的，请选“不应公开”结束审查，另行起草报审。", field="keep")
        if not self.comment.strip():
            yield Refusal("no_comment", "请写明审查意见。", field="comment")
        if len(self.comment) > 300:
            yield Refusal("long", "审查意见超过300字。请精简。", field="comment")

    def act(self) -> Item:
        """The review is done; what should not be out comes down."""
        if self.review is None:
            raise ValueError("nothing to review")
        now = timezone.now()
        self.review.reviewed_by, self.review.reviewed_at = self.actor.user, now
        self.review.kept, self.review.comment = self.keep, self.comment.strip()
        self.review.save(update_fields=["reviewed_by", "reviewed_at", "kept", "comment"])
        self.item.emergency_reviewed_at, self.item.emergency_reviewed_by = now, self.actor.user
        fields = ["emergency_reviewed_at", "emergency_reviewed_by", "updated_at"]
        if not self.keep and self.item.stage == Stage.PUBLISHED:
            self.item.stage, self.item.withdrawn_at = Stage.WITHDRAWN, now
            self.item.withdrawn_reason = f"应急发布事后审查不通过：{self.comment.strip()}"[:300]
            fields += ["stage", "withdrawn_at", "withdrawn_reason"]
        self.item.save(update_fields=fields)
        return self.item

    def details(self) -> Mapping[str, Any]:
        """The verdict."""
        return {"kept": self.keep, "comment": self.comment}
