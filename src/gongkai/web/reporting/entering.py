"""A report as read -> the rows that keep it."""

from __future__ import annotations

import json

from django.utils import timezone

from gongkai.report import to_plain
from gongkai.writing import default_title

from .models import AnnualReport, ReportFigure
from .reading import Taken


def enter(row: AnnualReport, taken: Taken) -> None:
    """Fill `row` from what was read, save it, and write its figures anew. Runs inside a verb's transaction."""
    report = taken.report
    row.form = report.form or ""
    row.title = (report.title or default_title(report))[:300]
    row.content = json.dumps(to_plain(report, traces=True), ensure_ascii=False)
    row.errors, row.warnings, row.problems = taken.errors, taken.warnings, len(report.problems)
    row.read_at = timezone.now()
    row.save()
    row.figures.all().delete()
    ReportFigure.objects.bulk_create(
        ReportFigure(report=row, address=address, state=figure.state.value, value=figure.value)
        for address, figure in report.figures.items()
    )
