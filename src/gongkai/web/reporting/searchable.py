"""Published reports as documents of the search: their sections' texts; figures are for the page and the data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone

from gongkai.web.organs.models import Organ, Within
from gongkai.web.search.document import Kind, SearchDocument, id_of
from gongkai.web.search.sources import Watch, register

from .models import AnnualReport


def register_reports() -> None:
    """Called once, when the platform starts."""
    # columns by which an organ's reports change for the public: where it stands, what it is called, whether it is listed
    register(AnnualReport, documents, watches=(Watch(Organ, "id", _below, ("parent_id", "name", "listed")),))


def documents(rows: Sequence[AnnualReport]) -> list[SearchDocument]:
    """One document a report, dated by the day it was made public first."""
    organs = {organ.pk: organ for organ in Organ.objects.filter(pk__in=[row.organ_id for row in rows])}
    above: dict[int, list[int]] = {}
    for low, high in Within.objects.filter(low__in=organs).values_list("low_id", "high_id"):
        above.setdefault(low, []).append(high)
    return [_of(row, organs[row.organ_id], tuple(sorted(above.get(row.organ_id, ())))) for row in rows]


def _of(row: AnnualReport, organ: Organ, line: tuple[int, ...]) -> SearchDocument:
    sections = json.loads(row.content)["sections"]
    return SearchDocument(
        id=id_of("reporting.annualreport", row.pk),
        kind=Kind.ANNUAL_REPORT,
        title=row.title,
        body="\n".join(f"{section['title']}\n{section['text']}" for section in sections),
        organ=row.organ_id,
        organs=line,
        organ_name=organ.name,
        moment=_moment(row),
        url=reverse("reporting:report", args=[organ.slug, row.year]),
    )


def _moment(row: AnnualReport) -> datetime:
    if row.published_on is not None:
        return timezone.make_aware(datetime.combine(row.published_on, time()))
    return row.published_at or row.uploaded_at


def _below(organs: Sequence[str]) -> Iterable[object]:
    return AnnualReport.objects.filter(organ__below__high__in=organs).values_list("pk", flat=True)
