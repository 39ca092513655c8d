"""Verb: a report that exists as a document becomes a draft in the column of its organ and year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.web.house.action import Action
from gongkai.web.house.events import Subject
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.organs.models import Kind, Organ, Role
from gongkai.web.organs.models.post import today
from gongkai.web.organs.rules import HasRole
from gongkai.web.reporting.entering import enter
from gongkai.web.reporting.models import AnnualReport, ReportFile, Source, Status
from gongkai.web.reporting.reading import Taken

FIRST_YEAR = 2008
"""The first year reports were made for: the Regulation of 2007 came into force on 1 May 2008."""
UPLOADERS = (Role.DRAFTER, Role.OGI_OFFICE, Role.SUPERVISOR)


@dataclass(kw_only=True)
class UploadReport(Action[AnnualReport]):
    """`taken` was read before (outside any transaction) and its bytes put away as `file`; `year` is that of the report."""

    verb = "reporting.upload"
    title = "上传年度报告"

    organ: Organ
    year: int
    taken: Taken
    file: ReportFile
    published_on: date | None = None
    source: Source = Source.UPLOADED
    source_address: str = ""

    def rules(self) -> Iterable[Rule]:
        """Those who write and keep the organ's disclosure, and its supervisor for reports of earlier years."""
        yield HasRole(self.organ, UPLOADERS, self.title)

    def problems(self) -> Iterable[Refusal]:
        """A believable year that the document does not contradict, and no other draft in the way."""
        if self.organ.kind not in (Kind.ORGAN, Kind.REGION):
            yield Refusal("not_an_organ", "年度报告由机关或地区编制，内设机构不单独编制。请选择所属机关。", field="organ")
        if not FIRST_YEAR <= self.year < today().year + 1:
            yield Refusal("year", f"年度应在{FIRST_YEAR}至{today().year}之间。", field="year")
        read = self.taken.report.year
        if read is not None and read != self.year:
            yield Refusal(
                "other_year", f"文件里写的是{read}年度，填写的是{self.year}年度。请核对文件或年度。", field="year"
            )
        if self.published_on is not None and self.published_on > today():
            yield Refusal("future", "公布日期不能晚于今天。", field="published_on")
        if AnnualReport.objects.filter(organ=self.organ, year=self.year, status=Status.DRAFT).exists():
            message = f"{self.organ.name}{self.year}年度已有一份待公开的报告。请先处理那一份。"
            yield Refusal("draft_exists", message, field="year")

    def change(self) -> AnnualReport:
        """The draft, its figures, its original."""
        self.file, _ = ReportFile.objects.get_or_create(
            sha256=self.file.sha256, defaults={"size": self.file.size, "kind": self.file.kind}
        )
        row = AnnualReport(
            organ=self.organ, year=self.year, published_on=self.published_on or self.taken.report.published,
            source=self.source, source_address=self.source_address, file=self.file, file_name=self.taken.name[:200],
            uploaded_by=self.actor.user,
        )  # fmt: skip
        enter(row, self.taken)
        return row

    def subject(self, result: AnnualReport | None) -> Subject:
        """The report; the organ when there is none."""
        return Subject.of(result or self.organ, organ_id=self.organ.pk)

    def details(self) -> Mapping[str, Any]:
        """Year, file, what was found."""
        return {"year": self.year, "file": self.taken.name, "sha256": self.file.sha256, "errors": self.taken.errors}
