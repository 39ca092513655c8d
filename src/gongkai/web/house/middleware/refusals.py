"""A refusal that no view caught becomes a page: type the password again, or 403 with the reasons."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

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
            back = request.get_full_path() if request.method == "GET" else request.path
            return redirect(f"{reverse('accounts:reauthenticate')}?{urlencode({'next': back})}")
        return error_pages.refused(request, exception.refusals)
