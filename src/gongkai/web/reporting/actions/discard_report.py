"""Verb: a draft is thrown away, to make room for a better one. The original's bytes stay under their hash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.web.house.action import Action, locked
from gongkai.web.house.events import Subject
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.organs.rules import HasRole
from gongkai.web.reporting.models import AnnualReport, Status

from .upload_report import UPLOADERS


@dataclass(kw_only=True)
class DiscardReport(Action[None]):
    """Only a draft; what was once public is withdrawn instead."""

    verb = "reporting.discard"
    title = "删除待公开的年度报告"

    report: AnnualReport

    def __post_init__(self) -> None:
        self._subject = Subject.of(self.report, organ_id=self.report.organ_id)

    def rules(self) -> Iterable[Rule]:
        """Those who may upload."""
        yield HasRole(self.report.organ, UPLOADERS, self.title)

    def problems(self) -> Iterable[Refusal]:
        """A draft."""
        if self.report.status != Status.DRAFT:
            yield Refusal("not_draft", "公开过的报告不能删除，只能撤下。")

    def lock(self) -> None:
        """The report as it is now."""
        self.report = locked(self.report)

    def change(self) -> None:
        """Gone, with its figures."""
        self.report.delete()

    def subject(self, result: None) -> Subject:
        """The report that was."""
        return self._subject

    def details(self) -> Mapping[str, Any]:
        """Year and file."""
        return {"year": self.report.year, "file": self.report.file_name}
