"""Verb: let an approved item go out, now or from a moment on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from gongkai.web.catalogue.models import Attribute, Item, Stage
from gongkai.web.catalogue.rules import StageIs
from gongkai.web.house.rule import Refusal, Rule, SignedIn
from gongkai.web.organs.models import Role
from gongkai.web.organs.rules import HasRole
from gongkai.web.review.actions.checked_action import CheckedAction
from gongkai.web.review.checks.examine import Finding
from gongkai.web.review.models import AttributeChange
from gongkai.web.review.readings import reading_findings
from gongkai.web.review.rules import AnotherThan


@dataclass(kw_only=True)
class PublishItem(CheckedAction[Item]):
    """`until` delays it; the drafter's own embargo holds besides. The checks run again on what goes out."""

    verb = "review.publish"
    title = "发布"
    dangerous = True

    until: datetime | None = None

    def rules(self) -> Iterable[Rule]:
        """The OGI office in person, of what is approved; not who opened it up alone."""
        yield SignedIn()
        yield HasRole(self.item.organ, (Role.OGI_OFFICE,), self.title)
        yield StageIs(self.item, (Stage.APPROVED,), self.title, "请先完成审核和审签。")
        opened = AttributeChange.objects.filter(item=self.item, new=Attribute.PROACTIVE).first()
        yield AnotherThan(opened.by_id if opened is not None else None, "改为主动公开", self.title)

    def problems(self) -> Iterable[Refusal]:
        """Proactive, clean or explained, with its reading."""
        if self.item.attribute != Attribute.PROACTIVE:
            yield Refusal("attribute", f"《{self.item.title}》的公开属性是{self.item.get_attribute_display()}，不能发布。")
        if self.until is not None and self.until <= timezone.now():
            yield Refusal("past", "定时发布的时间已经过去。请改为将来的时间，或留空立即发布。", field="until")
        yield from self.check_problems()

    def more_findings(self) -> list[Finding]:
        """A policy that is to go out together with its reading."""
        return reading_findings(self.item)

    def act(self) -> Item:
        """Public from the latest of now, the chosen moment and the drafter's embargo."""
        now = timezone.now()
        moments = [now, *(moment for moment in (self.until, self.item.embargo_until) if moment is not None)]
        self.item.published_at = max(moments)
        self.item.stage = Stage.PUBLISHED
        self.item.save(update_fields=["stage", "published_at", "updated_at"])
        self.keep_findings()
        return self.item

    def details(self) -> Mapping[str, Any]:
        """From when; what was let pass."""
        return {"until": str(self.item.published_at or ""), "passed_over": self.let_pass}
