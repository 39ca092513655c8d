"""Answers of document pages: kept under the mark of their item, in memory and in the file of all processes (ADR 0083).

A page is made for no reader and no host: a word nobody can guess stands for the host and is replaced in the answer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache, wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_safe

from . import edition
from .answers import Kept
from .kept import Page, store
from .marks import Mark, mark_of
from .next_change import next_change
from .site import Site, site

Make = Callable[[HttpRequest, int], HttpResponse]
View = Callable[[HttpRequest, int], HttpResponse]
MEDIA = "text/html; charset=utf-8"
FORMS = {"page": 0, "print": 1}


class AnyHost(HttpRequest):
    """The request a kept page is made for: it has nothing of any reader's."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.method, self.path, self.path_info = "GET", path, path

    def get_host(self) -> str:
        """Stands for the host in what is kept; only the data folder's own keys tell it."""
        return _stand_in(settings.SECRET_KEY)


@cache
def _stand_in(secret: str) -> str:
    return f"host-{salted_hmac('gongkai.web.portal.document_pages', 'host', secret=secret).hexdigest()[:32]}"


def kept_page(form: str) -> Callable[[Make], View]:
    """Decorator for a view that makes a document's page in this form, from nothing but the number and the host."""

    def decorate(make: Make) -> View:
        @require_safe
        @wraps(make)
        def answer(request: HttpRequest, number: int) -> HttpResponse:
            mark = mark_of(number)
            if mark is None:
                raise Http404
            page = _found(key_of(number, form), mark)
            if page is None:
                page = make_page(make, number, form)
                if page is None:
                    raise Http404
                if page.mark:
                    _remember(page)
                    store().put([page])
            return _for_host(page, site(request)).answer(request)

        answer.made_by = make  # type: ignore[attr-defined]
        return answer

    return decorate


def key_of(number: int, form: str) -> int:
    """Of the page in memory and file."""
    return number * len(FORMS) + FORMS[form]


def make_page(make: Make, number: int, form: str) -> Page | None:
    """Made now. The mark is read first: what changes meanwhile changes it. None: not public any more."""
    before, mark = timezone.now(), mark_of(number)
    if mark is None:
        return None
    until = next_change(number, before)
    body = make(AnyHost(f"/info/{number}"), number).content
    etag = hashlib.blake2b(body, digest_size=12).hexdigest()
    return Page(key_of(number, form), mark.text, timezone.now().timestamp(), until.timestamp() if until else None, f'"{etag}"', body)


def _found(key: int, mark: Mark) -> Page | None:
    if not mark.text:
        return None
    now = timezone.now().timestamp()
    page: Page | None = edition.pages.get(("document", key))
    if page is not None and page.right(key, mark.text, now):
        return page
    page = store().get(key)
    if page is None or not page.right(key, mark.text, now):
        return None
    _remember(page)
    return page


def _remember(page: Page) -> None:
    edition.pages.put(("document", page.key), page, len(page.body) + 1000)


def _for_host(page: Page, real: Site) -> Kept:
    made_for = _site_of_any(settings.ENV, settings.SECRET_KEY)
    body = page.body
    if made_for.base != real.base:
        body = body.replace(made_for.base.encode(), real.base.encode())
    if made_for.domain != real.domain:
        body = body.replace(made_for.domain.encode(), real.domain.encode())
    return Kept(body, MEDIA, page.etag, None, ())


@cache
def _site_of_any(env: object, secret: str) -> Site:
    return site(AnyHost("/"))
