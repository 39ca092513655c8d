"""The public column of annual reports: by organ, by region and year, and the page of one report."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.checking import check
from gongkai.forms import form
from gongkai.web.house.actor import Actor
from gongkai.web.house.paging import page_of
from gongkai.web.house.visibility import get_visible
from gongkai.web.organs.models import Organ
from gongkai.web.portal.answers import page as rendered
from gongkai.web.portal.answers import unkept
from gongkai.web.portal.frame import frame
from gongkai.web.reporting.exports import AS_DOCUMENT, as_document
from gongkai.web.reporting.files import download
from gongkai.web.reporting.models import AnnualReport
from gongkai.web.reporting.page import report_page
from gongkai.web.reporting.published import published_below, published_reports
from gongkai.web.reporting.requests_by_year import Counts, chart_of, counts_of, own_reports
from gongkai.writing import FORMATS, CannotWrite

ROWS = 40
NAME = "政府信息公开年报"


@unkept
def every_year(request: HttpRequest) -> HttpResponse:
    """All published reports, newest year first, of one year on request."""
    years = published_reports().order_by("-year").values_list("year").annotate(count=Count("pk"))
    rows = published_reports()
    asked = _asked_year(request)
    if asked is not None:
        rows = rows.filter(year=asked)
    page = page_of(request, rows, ROWS, "份")
    context = {"years": list(years), "year": asked, "page": page, "rows": _counted(page.rows)}
    return rendered(request, "reporting/reports.html", frame(request, "年度报告", here="reports") | context)


@unkept
def organ_years(request: HttpRequest, slug: str) -> HttpResponse:
    """The reports of an organ, and how many of those below it there are by year."""
    organ = get_visible(Organ, Actor.public(), slug=slug)
    below = (
        published_below(organ).exclude(organ=organ).order_by("-year").values_list("year").annotate(count=Count("pk"))
    )
    context = {
        "subject": organ, "below": list(below), "reports": _counted(own_reports(organ)), "chart": chart_of(organ),
    }  # fmt: skip
    return rendered(request, "reporting/organ.html", frame(request, NAME, organ, "reports") | context)


@unkept
def below(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The reports of a region's or organ's whole tree for a year."""
    organ = get_visible(Organ, Actor.public(), slug=slug)
    rows, years = published_below(organ), published_below(organ).order_by("-year").values_list("year", flat=True).distinct()
    if year not in years:
        raise Http404
    page = page_of(request, rows.filter(year=year), ROWS, "份")
    context = {"subject": organ, "year": year, "years": list(years), "page": page, "rows": _counted(page.rows)}
    return rendered(request, "reporting/below.html", _yearly(request, organ, year) | context)


@unkept
def report(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The permanent page of a report: texts, tables as published, findings flagged."""
    row = _published(slug, year)
    the = row.report()
    context = report_page(the, check(the))
    context |= {
        "row": row, "organ_name": row.organ.name_at(row.published_on) if row.published_on else row.organ.name,
        "downloads": AS_DOCUMENT, "title_parts": _parts(row.title), "form_document": form(row.form).document_number if row.form else "",
        "earlier": published_reports().filter(organ=row.organ).exclude(pk=row.pk),
    }  # fmt: skip
    return rendered(request, "reporting/report.html", _yearly(request, row.organ, year) | context)


@unkept
def original(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The document as it came."""
    return given(_published(slug, year))


@unkept
def document(request: HttpRequest, slug: str, year: int, to: str) -> HttpResponse:
    """The report written in another format, or its figures as data."""
    row = _published(slug, year)
    if to not in AS_DOCUMENT:
        raise Http404
    try:
        data, media = as_document(row.report(), to)
    except CannotWrite as error:
        raise Http404 from error
    return attached(data, media, f"{row.title}{FORMATS[to].extension}")


def given(row: AnnualReport) -> HttpResponse:
    """The original of a report one may see."""
    try:
        file = download(row.file, row.file_name)
    except OSError as error:
        raise Http404 from error
    return attached(file.data, file.type, file.name)


def attached(data: bytes, media: str, name: str) -> HttpResponse:
    """A file for saving, never for showing: whatever is in it, no browser runs it in our name."""
    answer = HttpResponse(data, content_type=media)
    ending = name.rpartition(".")[2]
    answer["Content-Disposition"] = f"attachment; filename=\"report.{ending}\"; filename*=UTF-8''{quote(name)}"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _published(slug: str, year: int) -> AnnualReport:
    """The published report; for staff too: a draft has its own page."""
    rows = published_reports().defer(None).select_related("organ", "file")
    return get_object_or_404(rows, organ__slug=slug, year=year)


def _yearly(request: HttpRequest, organ: Organ, year: int) -> dict[str, object]:
    """The frame of a page of one year below the organ's own."""
    above = ((NAME, reverse("reporting:organ", args=[organ.slug])),)
    return frame(request, NAME, organ, "reports", above) | {"here_title": f"{year}年度"}


def _counted(rows: Iterable[AnnualReport]) -> list[tuple[AnnualReport, Counts]]:
    """Each with its numbers of requests."""
    reports = list(rows)
    counts = counts_of(reports)
    return [(one, counts.get(one.pk, Counts())) for one in reports]


def _parts(title: str) -> list[str]:
    """Where a title may break: before 政府信息公开."""
    return [part for part in re.split("(?=政府信息公开)", title) if part]


def _asked_year(request: HttpRequest) -> int | None:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else None
