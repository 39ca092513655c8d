"""What no view should have to think of: requests for other sites, and methods that nothing here serves."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from gongkai.web.house import error_pages

METHODS = ("GET", "HEAD", "POST")


class Doors:
    """Stands before whatever asks for the host (redirects to https among them): a stranger's `Host` is a plain 400, no
    exception, no line in the log but that of the request. Views without a decorator take every method that is not POST
    for a GET; TRACE, CONNECT and made-up ones never get there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Turn away, or pass on."""
        if request.method not in METHODS:
            return _turned_away(HttpResponseNotAllowed(METHODS))
        try:
            request.get_host()
        except DisallowedHost:
            return _turned_away(error_pages.foreign_host(request))
        return self.get_response(request)


def _turned_away(answer: HttpResponse) -> HttpResponse:
    """With the header that `SecurityMiddleware` further in would have given it."""
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
