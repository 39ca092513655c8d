"""Answers of public pages: the same for everybody, with validators, remembered for one edition.

Every GET is answered 304 when the reader has it already. `no-cache` lets browsers and proxies keep a copy but ask each
time: what is withdrawn is gone with the next look (ADR 0081).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from gongkai.web.house.middleware.storing import FRESH

from . import edition
from .site import site

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Kept:
    """A finished answer."""

    body: bytes
    media: str
    etag: str
    modified: int | None
    extra: tuple[tuple[str, str], ...]

    def answer(self, request: HttpRequest) -> HttpResponse:
        """For this request: whole, or 304."""
        response = HttpResponse(self.body, content_type=self.media)
        response["ETag"], response["Cache-Control"] = self.etag, FRESH
        if self.modified is not None:
            response["Last-Modified"] = http_date(self.modified)
        for name, value in self.extra:
            response[name] = value
        found = get_conditional_response(request, etag=self.etag, last_modified=self.modified, response=response)
        answer = response if found is None else found
        answer["Cache-Control"] = FRESH
        return answer


def public_page(view: View) -> View:
    """Decorator: GET and HEAD only; answered from memory while the edition lasts."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        now = edition.current()
        key = (now.key, request.scheme, request.get_host(), request.get_full_path())
        kept = edition.pages.get(key) if now.key is not None else None
        if kept is None:
            made = view(request, *args, **kwargs)
            if made.status_code != 200 or not isinstance(made, HttpResponse):
                return _fresh(made)
            kept = _keep(made, now)
            if now.key is not None:
                edition.pages.put(key, kept, len(kept.body) + 1000)
        found: HttpResponse = kept.answer(request)
        return found

    return answer


def unkept(view: View) -> View:
    """Decorator: as `public_page`, made anew each time."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        made = view(request, *args, **kwargs)
        if made.status_code != 200 or not isinstance(made, HttpResponse):
            return _fresh(made)
        return _keep(made, edition.Now(None, None)).answer(request)

    return answer


def _fresh(made: HttpResponseBase) -> HttpResponseBase:
    """Errors come out stored nowhere all the same: `middleware.storing`."""
    made.headers.setdefault("Cache-Control", FRESH)
    return made


def _keep(made: HttpResponse, now: edition.Now) -> Kept:
    etag = f'"{hashlib.blake2b(made.content, digest_size=12).hexdigest()}"'
    modified = made.headers.get("Last-Modified")
    skipped = {"content-type", "etag", "last-modified", "cache-control", "content-length"}
    extra = tuple((name, value) for name, value in made.headers.items() if name.lower() not in skipped)
    seconds = _seconds(modified) if modified else None
    return Kept(made.content, made.headers["Content-Type"], etag, seconds, extra)


def _seconds(header: str) -> int | None:
    from django.utils.http import parse_http_date_safe

    return parse_http_date_safe(header)


def page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Rendered without the reader's session: nothing of who is looking can get into it."""
    env = settings.ENV
    platform = {"name": env.site_name, "code": env.site_code, "icp": env.icp_record, "police": env.police_record, "demo": env.demo}
    whole = {"platform": platform, "site": site(request), "here_path": request.path, **context}
    return HttpResponse(render_to_string(template, whole), status=status)
