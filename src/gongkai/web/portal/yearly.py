"""The years of which an organ's annual reports are public, for the first page."""

from __future__ import annotations

from django.urls import reverse

from gongkai.web.organs.models import Organ
from gongkai.web.reporting.published import published_below, published_reports

YEARS = 5


def years_of(organ: Organ, region: bool) -> list[tuple[int, str]]:
    """(year, address), newest first; a region's years lead to the reports of all in it."""
    rows = published_below(organ) if region else published_reports().filter(organ=organ)
    years = rows.order_by("-year").values_list("year", flat=True).distinct()[:YEARS]
    view = "reporting:below" if region else "reporting:report"
    return [(year, reverse(view, args=[organ.slug, year])) for year in years]
