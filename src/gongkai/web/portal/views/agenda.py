"""By day: a month's calendar and the archive of years."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from gongkai.web.portal import counts
from gongkai.web.portal.answers import page, public_page
from gongkai.web.portal.column import Column, column_of
from gongkai.web.portal.edition import remembered
from gongkai.web.portal.filters import FIRST_YEAR, LAST_YEAR, Filters

WEEK = ("一", "二", "三", "四", "五", "六", "日")


@public_page
def this_month(request: HttpRequest, slug: str) -> HttpResponse:
    """To the newest month that has something."""
    column = column_of(slug)
    newest = column.items().values_list("published_at", flat=True).first()
    day = timezone.localdate(newest) if newest else timezone.localdate()
    return redirect("portal:month", slug, day.year, day.month)


@public_page
def month(request: HttpRequest, slug: str, year: int, month: int) -> HttpResponse:
    """A month, Monday first, with the count of each day."""
    if not (FIRST_YEAR <= year < LAST_YEAR and 1 <= month <= 12):
        raise Http404
    column = column_of(slug)
    items = Filters(month=f"{year}-{month:02}").apply(column.items())
    found = counts.by_day(items)
    weeks = [
        [(day, found.get(day, 0), day.month == month) for day in week] for week in calendar.Calendar().monthdatescalendar(year, month)
    ]
    first = date(year, month, 1)
    oldest = remembered("oldest", column.organ.pk, lambda: _oldest(column))
    before = date(year - (month == 1), 12 if month == 1 else month - 1, 1)
    after = date(year + (month == 12), 1 if month == 12 else month + 1, 1)
    context = column.context(
        "content", column.words("公开日历"), crumbs=column.crumbs(("历史归档", column.address("archive"))), weeks=weeks, week=WEEK,
        first=first, before=before if oldest and (before.year, before.month) >= (oldest.year, oldest.month) else None, after=after if after <= timezone.localdate() else None,
        total=sum(found.values()), days=sorted(found.items(), reverse=True),
    )  # fmt: skip
    return page(request, "portal/month.html", context)


def _oldest(column: Column) -> date | None:
    """The day of the first item: no link leads further back, or robots would walk through empty centuries."""
    at = column.items().order_by("published_at").values_list("published_at", flat=True).first()
    return timezone.localdate(at) if at else None


@public_page
def archive(request: HttpRequest, slug: str) -> HttpResponse:
    """Years and months with their counts."""
    column = column_of(slug)
    years: Any = remembered("archive", column.organ.pk, lambda: counts.by_month(column.items()))
    context = column.context("content", column.words("历史归档"), crumbs=column.crumbs(), years=years, months=range(1, 13))
    return page(request, "portal/archive.html", context)
