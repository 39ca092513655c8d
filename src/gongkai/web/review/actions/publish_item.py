"""Verb: let an approved item go out, now or from a moment on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from gongkai.web.catalogue.models import Attribute, Item, Stage
from gongkai.web.catalogue.rules import StageIs
from gongkai.web.house.action import locked
from gongkai.web.house.rule import Refusal, Rule, SignedIn
from gongkai.web.house.titles import quoted
from gongkai.web.organs.models import Role
from gongkai.web.organs.rules import HasRole
from gongkai.web.review.actions.checked_action import CheckedAction
from gongkai.web.review.checks.contents import examine_files
from gongkai.web.review.checks.examine import Finding
from gongkai.web.review.four_eyes import lets_out
from gongkai.web.review.readings import reading_findings
from gongkai.web.review.referrals import answer_problems
from gongkai.web.review.rounds import open_round
from gongkai.web.review.rules import NotReferred


@dataclass(kw_only=True)
class PublishItem(CheckedAction[Item]):
    """`until` delays it; the drafter's own embargo holds besides. The checks run again on what goes out.

    `readings` are interpretations of it that go out with it, at the same moment, or neither goes. `going_with` is the
    moment of the policy, for the verb performed on each of them.
    """

    verb = "review.publish"
    title = "发布"
    dangerous = True
    writes = False

    until: datetime | None = None
    readings: tuple[Item, ...] = ()
    going_with: datetime | None = None

    def rules(self) -> Iterable[Rule]:
        """The OGI office in person, of what is approved; neither an author nor who opened it up alone."""
        yield SignedIn()
        yield HasRole(self.item.organ, (Role.OGI_OFFICE,), self.title)
        yield StageIs(self.item, (Stage.APPROVED,), self.title, "请先完成审核和审签。")
        yield NotReferred(open_round(self.item), self.title)
        yield from lets_out(self.item, (Role.OGI_OFFICE,), self.title)

    def problems(self) -> Iterable[Refusal]:
        """Proactive, clean or explained, with its reading."""
        if self.item.attribute != Attribute.PROACTIVE:
            yield Refusal("attribute", f"{quoted(self.item.title)}的公开属性是{self.item.get_attribute_display()}，不能发布。")
        yield from answer_problems(self.item, self.item.attribute)
        if self.until is not None and self.until <= timezone.now():
            yield Refusal("past", "定时发布的时间已经过去。请改为将来的时间，或留空立即发布。", field="until")
        yield from self.check_problems()
        for one in self.readings:
            yield from self._problems_of(one)

    def _problems_of(self, reading: Item) -> Iterable[Refusal]:
        """Why an interpretation cannot go out with it, said with its title."""
        if not self.item.readings.filter(reading=reading).exists():
            yield Refusal("reading", f"{quoted(reading.title)}不是这份文件的解读。请重新选择。", field="readings")
            return
        for refusal in self._along(reading, timezone.now()).check():
            yield replace(refusal, message=f"解读{quoted(reading.title)}：{refusal.message}", field=refusal.field if refusal.field.startswith("pass_") else "readings")

    def _along(self, reading: Item, at: datetime) -> PublishItem:
        return PublishItem(actor=self.actor, item=reading, reasons=self.reasons, going_with=at)

    def perform(self) -> Item:
        """The files of the interpretations are looked at before, too."""
        for one in self.readings:
            examine_files(one)
        return super().perform()

    def lock(self) -> None:
        """The interpretations as they are now."""
        super().lock()
        self.readings = tuple(locked(one) for one in self.readings)

    def more_findings(self) -> list[Finding]:
        """A policy and its interpretation belong together."""
        return [] if self.going_with is not None else reading_findings(self.item, self.readings)

    def act(self) -> Item:
        """Public from the latest of now, the chosen moment and the embargoes of all that go."""
        embargoes = (one.embargo_until for one in (self.item, *self.readings))
        moments = (timezone.now(), self.until, *embargoes)
        self.item.published_at = self.going_with or max(one for one in moments if one is not None)
        self.item.stage = Stage.PUBLISHED
        self.item.save(update_fields=["stage", "published_at", "updated_at"])
        self.keep_findings()
        for one in self.readings:
            self._along(one, self.item.published_at).perform()
        return self.item

    def details(self) -> Mapping[str, Any]:
        """From when; what was let pass."""
        return {"until": str(self.item.published_at or ""), "passed_over": self.let_pass, "readings": [one.index_number for one in self.readings]}
