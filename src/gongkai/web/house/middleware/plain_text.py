"""What people send reaches views as plain text, so that no view, form or filter has to think of control characters."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError

from gongkai.web.house import error_pages
from gongkai.web.house.plain_text import is_plain, plain


class PlainText:
    """Cleans query and form fields; an address or a cookie with control characters is none of ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Clean and pass on."""
        if not is_plain(request.path):
            return error_pages.not_found(request, Exception())
        for name, value in list(request.COOKIES.items()):
            if not is_plain(value):
                del request.COOKIES[name]
        if request.META.get("QUERY_STRING"):
            request.GET = _plain(request.GET)  # type: ignore[assignment]
        if request.method == "POST":
            # Should the reader be gone, the check against forged requests deals with it.
            with suppress(UnreadablePostError):
                request.POST = _plain(request.POST)  # type: ignore[assignment]
        return self.get_response(request)


def _plain(fields: QueryDict) -> QueryDict:
    pairs = [(name, value) for name, values in fields.lists() for value in values]
    if all(is_plain(name) and is_plain(value) for name, value in pairs):
        return fields
    found = QueryDict(mutable=True)
    for name, value in pairs:
        found.appendlist(plain(name), plain(value))
    found._mutable = False
    return found
