"""What has no page: addresses of the old site lead to their item, the rest gets the 404 page with the search."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, HttpResponsePermanentRedirect

from gongkai.web.catalogue.models import OldAddress
from gongkai.web.house import error_pages
from gongkai.web.house.middleware.storing import FRESH
from gongkai.web.house.request_id import current_request_id
from gongkai.web.house.visibility import visible
from gongkai.web.portal.answers import page
from gongkai.web.portal.column import PUBLIC, first_region

LONGEST = 500


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """handler404"""
    if request.path.startswith(("/staff/", "/account/", "/api/")):
        return error_pages.not_found(request, exception)
    try:
        return _redirect(request) or _page(request)
    except DatabaseError:  # the plain page needs no database
        return error_pages.not_found(request, exception)


def _redirect(request: HttpRequest) -> HttpResponseBase | None:
    """301 while the public may see the item; a withdrawn one's old address is as gone as its own."""
    path = request.get_full_path()
    if request.method not in {"GET", "HEAD"} or len(path) > LONGEST:
        return None
    found = visible(OldAddress, PUBLIC).filter(path__in={path, request.path}).select_related("item").defer("item__body")
    best = max(found, key=lambda one: one.path == path, default=None)
    if best is None:
        return None
    answer = HttpResponsePermanentRedirect(best.item.get_absolute_url())
    answer["Cache-Control"] = FRESH
    return answer


def _page(request: HttpRequest) -> HttpResponse:
    column = first_region()
    if column is None:
        return error_pages.not_found(request, Exception())
    return page(request, "portal/missing.html", column.context("", column.words("没有这个页面"), number=current_request_id()), status=404)
