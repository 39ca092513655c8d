"""Refuses bodies that are larger than their address takes, and says so for the door, before anything reads them."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from gongkai.web.house import error_pages
from gongkai.web.house.bodies import REFUSED, limit_of, too_large
from gongkai.web.house.error_pages import ErrorPage


class Bodies:
    """Stands inside the log and the headers of security, outside of everything that reads."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse or pass on."""
        fault = _fault(request)
        return self.get_response(request) if fault is None else error_pages.page(request, fault)


def _fault(request: HttpRequest) -> ErrorPage | None:
    found = request.META.get(REFUSED)
    if isinstance(found, ErrorPage):
        return found
    length = str(request.META.get("CONTENT_LENGTH") or "0")[:20]
    if not length.isdigit() or length == "0":
        return None
    most = limit_of(request.method or "", request.path_info).most
    return too_large(int(length), most) if int(length) > most else None
