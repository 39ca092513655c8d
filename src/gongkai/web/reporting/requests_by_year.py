"""How many requests the published reports of an organ say were received and finished: for lists and the chart.

The figures are those printed in each report. A blank or unreadable one stays unknown; nothing is summed up over organs,
for the report of a government may count those of its departments already.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse

from gongkai.web.organs.models import Kind, Organ, Type

from .models import AnnualReport, ReportFigure
from .published import published_reports

RECEIVED, FINISHED = "requests.new_received.total", "requests.results_total.total"
YEARS = 6
_FLOOR, _HIGHEST, _STEP = 172, 140, 50


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one report; None: the report gives no number."""

    received: int | None = None
    finished: int | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """One year of the chart, in the units of its picture (316 by 200, the floor at 172)."""

    organ: str
    year: int
    address: str
    counts: Counts
    left: int
    tall: tuple[float, float]

    @property
    def tops(self) -> tuple[float, float]:
        """Where both bars end."""
        return _FLOOR - self.tall[0], _FLOOR - self.tall[1]

    @property
    def middle(self) -> int:
        """Below both bars, for the year."""
        return self.left + 18

    @property
    def second(self) -> float:
        """Where the bar of the finished begins."""
        return self.left + 19.5

    @property
    def label(self) -> tuple[float, float]:
        """Where the number received ends: above its bar."""
        return self.left + 17.5, self.tops[0] - 6


def counts_of(reports: Iterable[AnnualReport]) -> dict[int, Counts]:
    """By the key of the report; one query."""
    found: dict[int, dict[str, int]] = {}
    rows = ReportFigure.objects.filter(report__in=[one.pk for one in reports], address__in=(RECEIVED, FINISHED), value__isnull=False)
    for key, address, value in rows.values_list("report", "address", "value"):
        found.setdefault(key, {})[address] = int(value)
    return {key: Counts(numbers.get(RECEIVED), numbers.get(FINISHED)) for key, numbers in found.items()}


def own_reports(organ: Organ) -> QuerySet[AnnualReport]:
    """The public reports of an organ, newest first; of a region those of its government."""
    if organ.kind == Kind.REGION:
        return published_reports().filter(Q(organ=organ) | Q(organ__parent=organ, organ__type=Type.GOVERNMENT))
    return published_reports().filter(organ=organ)


def chart_of(organ: Organ) -> list[Bars]:
    """Oldest year first. Empty when fewer than two years have a number received."""
    reports = list(own_reports(organ)[:YEARS])[::-1]
    counts = counts_of(reports)
    known = [one.received for one in counts.values() if one.received is not None]
    if len(known) < 2:
        return []
    most = max([1, *known, *(one.finished for one in counts.values() if one.finished is not None)])
    return [_bars(at, report, counts.get(report.pk, Counts()), most) for at, report in enumerate(reports)]


def _bars(at: int, report: AnnualReport, counts: Counts, most: int) -> Bars:
    tall = (round((counts.received or 0) * _HIGHEST / most, 1), round((counts.finished or 0) * _HIGHEST / most, 1))
    return Bars(report.organ.name, report.year, reverse("reporting:report", args=[report.organ.slug, report.year]), counts, 14 + _STEP * at, tall)
