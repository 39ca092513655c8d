"""Verb: a draft is read again from its original, after the reader learned something."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.web.house.action import Action, locked
from gongkai.web.house.events import Subject
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.organs.rules import HasRole
from gongkai.web.reporting.entering import enter
from gongkai.web.reporting.models import AnnualReport, Status
from gongkai.web.reporting.reading import Taken

from .upload_report import UPLOADERS


@dataclass(kw_only=True)
class RereadReport(Action[AnnualReport]):
    """`taken` was read from the kept original before, outside any transaction."""

    verb = "reporting.reread"
    title = "重新读取年度报告"

    report: AnnualReport
    taken: Taken

    def rules(self) -> Iterable[Rule]:
        """Those who may upload."""
        yield HasRole(self.report.organ, UPLOADERS, self.title)

    def problems(self) -> Iterable[Refusal]:
        """What is published stays as it was approved."""
        if self.report.status != Status.DRAFT:
            yield Refusal("not_draft", "只有待公开的报告可以重新读取。已公开的，请先撤下再重新上传。")
        if self.taken.report.year not in (None, self.report.year):
            yield Refusal("other_year", f"重新读取得到的年度是{self.taken.report.year}，与登记的不同。请删除后重新上传。")

    def lock(self) -> None:
        """The report as it is now."""
        self.report = locked(self.report)

    def change(self) -> AnnualReport:
        """Everything that was read, anew. Who reads it again answers for it, so the second person must be another."""
        self.report.uploaded_by = self.actor.user or self.report.uploaded_by
        enter(self.report, self.taken)
        return self.report

    def subject(self, result: AnnualReport | None) -> Subject:
        """The report."""
        return Subject.of(self.report, organ_id=self.report.organ_id)

    def details(self) -> Mapping[str, Any]:
        """What was found."""
        return {"year": self.report.year, "errors": self.taken.errors, "warnings": self.taken.warnings}
