"""What people send reaches views as plain text, so that no view, form or filter has to think of control characters."""

from __future__ import annotations

from collections.abc import Callable

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.functional import cached_property

from gongkai.web.house import error_pages
from gongkai.web.house.plain_text import is_plain, plain


class PlainRequest(WSGIRequest):
    """Fields are cleaned when somebody first asks for them: a body that nobody looks at is not read for it."""

    @cached_property
    def GET(self) -> QueryDict:  # noqa: N802 - Django's name
        """The query, plain."""
        return _plain(WSGIRequest.GET.func(self))

    def _load_post_and_files(self) -> None:
        super()._load_post_and_files()
        self._post = _plain(self._post)


class PlainText:
    """Gives the request fields that clean themselves; an address or a cookie with control characters is none of ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        if not is_plain(request.path):
            return error_pages.not_found(request, Exception())
        for name, value in list(request.COOKIES.items()):
            if not is_plain(value):
                del request.COOKIES[name]
        # Whoever asked before us (there is nobody) has left what is not plain behind.
        request.__dict__.pop("GET", None)
        request.__class__ = PlainRequest
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
