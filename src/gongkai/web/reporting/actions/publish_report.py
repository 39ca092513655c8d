"""Verb: a report goes public, by another person than the one who brought it (Art. 17: examined first, then published)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from gongkai.web.house.action import locked
from gongkai.web.house.events import Subject
from gongkai.web.house.publishing import Content, Publication, Screened, Words
from gongkai.web.house.rule import FourEyes, Refusal, Rule
from gongkai.web.organs.models import Role
from gongkai.web.organs.rules import HasRole
from gongkai.web.reporting.models import AnnualReport, Status

PUBLISHERS = (Role.OGI_OFFICE, Role.APPROVER, Role.SUPERVISOR)
FORBIDDEN = {
    "hijacked": "原件被植入了广告字样，不能公开。请换用干净的原件，并通知网站主办单位排查。",
    "spider_tail": "原件末尾被植入了蜘蛛池链接，不能公开。请换用干净的原件，并通知网站主办单位排查。",
}
"""Problems of a document that must not be passed on to the public."""


def family_of(kind: str, name: str) -> str:
    """The family of attached files (catalogue/files/types.toml) that a kind of report belongs to; the others have none."""
    if kind == "sheet":
        return "xls" if name.lower().endswith(".xls") else "xlsx"
    return {"image": "png", "mht": "html"}.get(kind, kind)


@dataclass(kw_only=True)
class PublishReport(Screened[AnnualReport]):
    """Broken sums do not stand in the way: figures are published as they are, and flagged. Personal data, secret marks and
    what hides in the original do, as in any document."""

    verb = "reporting.publish"
    title = "公开年度报告"

    report: AnnualReport

    def rules(self) -> Iterable[Rule]:
        """Office or approver, and not the one who uploaded it."""
        yield HasRole(self.report.organ, PUBLISHERS, self.title)
        yield FourEyes(self.report.uploaded_by_id, "上传", "公开")

    def problems(self) -> Iterable[Refusal]:
        """A draft with tables, nothing planted in it, and no published report of the same year."""
        if self.report.status != Status.DRAFT:
            yield Refusal("not_draft", f"这份报告{self.report.get_status_display()}，不能再公开。")
            return
        if not self.report.form:
            yield Refusal("no_table", "没有读到统计表，不能公开。请上传含表格的原件。")
        for problem in self.report.report().problems:
            if problem.code in FORBIDDEN:
                yield Refusal(problem.code, FORBIDDEN[problem.code])
        same = AnnualReport.objects.filter(
            organ=self.report.organ, year=self.report.year, status=Status.PUBLISHED
        )
        if same.exists():
            yield Refusal("published_exists", f"{self.report.year}年度已有一份公开的报告。要换成这一份，请先撤下那一份并写明理由。")
        yield from self.screen_problems()

    def publication(self) -> Publication:
        """The title and the original, whose words are the page's and which anybody may download."""
        row = self.report
        original = Content(row.file.sha256, row.file.path, family_of(row.file.kind, row.file_name), row.file_name, f"原件“{row.file_name}”")
        words = (Words(row.title, "标题"), Words(row.file_name.rpartition(".")[0], "原件的文件名"))
        return Publication(thing=row, organ=row.organ, words=words, contents=(original,))

    def lock(self) -> None:
        """The report as it is now."""
        self.report = locked(self.report)

    def change(self) -> AnnualReport:
        """Public from now on."""
        self.report.status = Status.PUBLISHED
        self.report.published_by = self.actor.user
        self.report.published_at = timezone.now()
        self.report.save(update_fields=["status", "published_by", "published_at"])
        self.keep_findings()
        return self.report

    def subject(self, result: AnnualReport | None) -> Subject:
        """The report."""
        return Subject.of(self.report, organ_id=self.report.organ_id)

    def details(self) -> Mapping[str, Any]:
        """What was known when it was published."""
        return {"year": self.report.year, "errors": self.report.errors, "warnings": self.report.warnings, "passed_over": self.let_pass}
