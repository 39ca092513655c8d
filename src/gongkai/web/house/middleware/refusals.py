"""A refusal that no view caught becomes a page: type the password again, or 403 with the reasons."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from gongkai.web.house import error_pages
from gongkai.web.house.rule import Refused


class RefusalPages:
    """Views may simply let Refused rise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a Refused, None for anything else."""
        if not isinstance(exception, Refused):
            return None
        if exception.only_reauthentication:
            return redirect(
                f"{reverse('accounts:reauthenticate')}?{urlencode({'next': _page_before(request)})}"
            )
        return error_pages.refused(request, exception.refusals)


def _page_before(request: HttpRequest) -> str:
    """Where to go on afterwards: this page, or the page whose button was pressed (an act's own address takes only POST)."""
    if request.method == "GET":
        return request.get_full_path()
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        return reverse("staff_home")
    parts = urlsplit(referer)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
