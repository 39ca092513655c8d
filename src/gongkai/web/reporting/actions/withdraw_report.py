"""Verb: a published report is taken back, with the reason; it stays for the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from gongkai.web.house.action import Action, locked
from gongkai.web.house.events import Subject
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.organs.rules import HasRole
from gongkai.web.reporting.models import AnnualReport, Status

from .publish_report import PUBLISHERS


@dataclass(kw_only=True)
class WithdrawReport(Action[AnnualReport]):
    """`reason` is kept with the report and in the log."""

    verb = "reporting.withdraw"
    title = "撤下年度报告"
    dangerous = True

    report: AnnualReport
    reason: str

    def rules(self) -> Iterable[Rule]:
        """Those who may publish."""
        yield HasRole(self.report.organ, PUBLISHERS, self.title)

    def problems(self) -> Iterable[Refusal]:
        """It is public, and there is a reason."""
        if self.report.status != Status.PUBLISHED:
            yield Refusal("not_published", "这份报告没有公开，不需要撤下。")
        if not self.reason.strip():
            yield Refusal("no_reason", "请填写撤下理由。", field="reason")

    def lock(self) -> None:
        """The report as it is now."""
        self.report = locked(self.report)

    def change(self) -> AnnualReport:
        """No longer public."""
        self.report.status = Status.WITHDRAWN
        self.report.withdrawn_at = timezone.now()
        self.report.withdrawn_because = self.reason.strip()[:300]
        self.report.save(update_fields=["status", "withdrawn_at", "withdrawn_because"])
        return self.report

    def subject(self, result: AnnualReport | None) -> Subject:
        """The report."""
        return Subject.of(self.report, organ_id=self.report.organ_id)

    def details(self) -> Mapping[str, Any]:
        """The reason."""
        return {"year": self.report.year, "reason": self.reason}
