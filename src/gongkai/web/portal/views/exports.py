"""Any list as a file: streamed, so that a hundred thousand rows need no memory."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from urllib.parse import quote

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from gongkai.web.house.middleware.storing import FRESH
from gongkai.web.portal import edition, listing
from gongkai.web.portal.column import column_of
from gongkai.web.portal.site import site

from .lists import asked_for

MEDIA = {
    "csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


@require_safe
def item_list(request: HttpRequest, slug: str, to: str) -> HttpResponseBase:
    """The whole list, not one page of it. The edition is its validator: the body is never made to learn it is the same."""
    column, filters = column_of(slug), asked_for(request)
    etag = _etag(request)
    if etag is not None and request.headers.get("If-None-Match"):
        same = get_conditional_response(request, etag=etag)
        if same is not None:
            same["ETag"], same["Cache-Control"] = etag, FRESH
            return same
    items, base, title = filters.apply(column.items()), site(request).base, f"{column.organ.name}{filters.title()}"
    answer: HttpResponseBase
    if request.method == "HEAD":
        answer = StreamingHttpResponse(iter(()), content_type=MEDIA[to])
    elif to == "xlsx":
        answer = FileResponse(listing.as_xlsx(items, base, title), content_type=MEDIA[to])
    else:
        made = listing.as_csv(items, base) if to == "csv" else listing.as_json(items, base)
        answer = StreamingHttpResponse(_pieces(made), content_type=MEDIA[to])
    answer["Content-Disposition"] = f"attachment; filename=\"list.{to}\"; filename*=UTF-8''{quote(title)}.{to}"
    answer["Cache-Control"] = FRESH
    if etag is not None:
        answer["ETag"] = etag
    return answer


def _etag(request: HttpRequest) -> str | None:
    """Of the edition and the address."""
    key = edition.current().key
    if key is None:
        return None
    return f'W/"{hashlib.blake2b(repr((key, request.get_full_path())).encode(), digest_size=12).hexdigest()}"'


def _pieces(lines: Iterator[str], most: int = 64 * 1024) -> Iterator[bytes]:
    """Lines gathered into pieces worth sending."""
    kept: list[str] = []
    size = 0
    for line in lines:
        kept.append(line)
        size += len(line)
        if size >= most:
            yield "".join(kept).encode()
            kept, size = [], 0
    yield "".join(kept).encode()
