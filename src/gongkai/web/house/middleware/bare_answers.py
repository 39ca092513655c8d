"""Django answers a wrong method with nothing at all; people and programs get words instead."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from gongkai.web.house import error_pages


class BareAnswers:
    """405 becomes a page, under /api/ a JSON problem; `Allow` stays as the view gave it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        response = self.get_response(request)
        if response.status_code != 405:
            return response
        if request.path.startswith("/api/"):
            worded: HttpResponse = JsonResponse({"detail": "这个地址只能用GET读取。"}, status=405)
        else:
            worded = error_pages.wrong_method(request)
        for name, value in response.headers.items():
            if name not in ("Content-Type", "Content-Length"):
                worded[name] = value
        worded.setdefault("Allow", "GET")
        worded.cookies = response.cookies
        return worded
