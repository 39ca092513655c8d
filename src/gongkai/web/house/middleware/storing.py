"""Nothing is kept by browsers or proxies unless its view said that everybody may see it (ADR 0116)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

FRESH = "public, no-cache"
"""May be kept by anybody, who asks each time whether it is still so (ADR 0081)."""
NEVER = "private, no-store"


class Storing:
    """Closed by default: an answer without `Cache-Control` of its own is stored nowhere, and an error never is.

    A view of public things says `FRESH`. Drafts, files of drafts, previews, staff pages and exports say nothing,
    so none can forget to; on shared computers the back button shows none of them after signing out.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        response = self.get_response(request)
        # What is missing now may be published in a minute, and a 404 must not tell by its age what was there.
        if response.status_code >= 400 or "Cache-Control" not in response:
            response["Cache-Control"] = NEVER
        return response
