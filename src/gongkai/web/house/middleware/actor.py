"""Hangs the actor on the request, after the gate has judged the session."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from gongkai.web.house.actor import Actor


class ActorOfRequest:
    """Views read `request.actor`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach and pass on."""
        request.actor = Actor.of(request)  # type: ignore[attr-defined]
        return self.get_response(request)


def actor_of(request: HttpRequest) -> Actor:
    """The actor of this request, typed."""
    actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(actor, Actor):
        raise TypeError("ActorOfRequest is missing from MIDDLEWARE")
    return actor
