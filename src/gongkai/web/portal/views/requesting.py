"""依申请公开: how to ask this organ, with the blank form."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

from gongkai.web.portal import request_form
from gongkai.web.portal.answers import page, public_page
from gongkai.web.portal.column import column_of

MEDIA = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


@public_page
def page_of_requests(request: HttpRequest, slug: str) -> HttpResponse:
    """Channels, address, phone, time limits, and what a request must say."""
    column = column_of(slug)
    return page(request, "portal/request.html", column.context("request", column.words("依申请公开"), crumbs=column.crumbs()))


@public_page
def form(request: HttpRequest, slug: str, to: str) -> HttpResponse:
    """The form, addressed to this organ's office."""
    column = column_of(slug)
    organ = column.organ.name
    if column.region and column.office is not None:
        organ = column.office.organ.name
    make = request_form.to_pdf if to == "pdf" else request_form.to_docx
    answer = HttpResponse(make(organ, column.office), content_type=MEDIA[to])
    answer["Content-Disposition"] = f"attachment; filename=\"form.{to}\"; filename*=UTF-8''{quote(request_form.TITLE)}.{to}"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
