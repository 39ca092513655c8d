"""Who would add something to a disk that is nearly full is told so before it is read."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from gongkai.web.house import disk, error_pages

READING = {"GET", "HEAD", "OPTIONS"}
LONGEST = 1 << 40


class RoomToWrite:
    """Stands before whatever reads what was sent, so that nothing of it is laid down."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on, or 507."""
        if request.method in READING or not disk.closed_to(request.path, _coming(request)):
            return self.get_response(request)
        return error_pages.no_room(request)


def _coming(request: HttpRequest) -> int:
    """Bytes announced; none where it is no number."""
    length = str(request.META.get("CONTENT_LENGTH") or "")[:20]
    return min(int(length), LONGEST) if length.isascii() and length.isdigit() else 0
