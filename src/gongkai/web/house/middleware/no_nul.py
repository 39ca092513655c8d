"""The character U+0000 in an address or a cookie: nobody types it, and PostgreSQL keeps no text that holds it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class NoNul:
    """Leaves it out before anybody reads the query or the cookies. Fields of forms are refused it by the forms."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or "\x00" in query:
            # Once is not enough: %0%000 would come together as another.
            while "%00" in query or "\x00" in query:
                query = query.replace("%00", "").replace("\x00", "")
            request.META["QUERY_STRING"] = query
        for name, value in list(request.COOKIES.items()):
            if "\x00" in value:
                del request.COOKIES[name]
        return self.get_response(request)
