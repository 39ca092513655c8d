"""The gate: what lies under /staff/ opens only to a session that is complete. No view can forget it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from gongkai.web.house.actor import Actor
from gongkai.web.house.by_the_way import by_the_way

from . import sessions
from .models import Authenticator, User

STAFF = "/staff/"


class StaffGate:
    """Sets `request.session_complete`, and leads staff through what is missing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Judge the session; turn away from /staff/ when it is not complete."""
        step = _missing_step(request)
        request.session_complete = step == ""  # type: ignore[attr-defined]
        if step and request.path.startswith(STAFF):
            return redirect(f"{reverse(step)}?{urlencode({'next': request.get_full_path()})}")
        response = self.get_response(request)
        if request.path.startswith(("/staff/", "/account/")):
            # Shared computers: the back button must not show a page after signing out.
            response["Cache-Control"] = "no-store"
        return response


def _missing_step(request: HttpRequest) -> str:
    """The URL name of the next step to a complete session, "" when there is none."""
    user = request.user
    if not isinstance(user, User):
        return "accounts:login"
    if not sessions.within_limits(request):
        by_the_way(lambda: logout(request))
        # Where it could not be ended, it is still nobody's.
        request.user = AnonymousUser()
        return "accounts:login"
    if user.must_change_password:
        return "accounts:password"
    return _second_factor_step(user)


def _second_factor_step(user: User) -> str:
    from gongkai.web.organs.scope import needs_second_factor

    if user.is_verified():  # type: ignore[attr-defined]
        return ""
    if Authenticator.objects.filter(user=user, confirmed=True).exists():
        return "accounts:second_factor"
    required = settings.ENV.second_factor == "required" and needs_second_factor(Actor(user))
    return "accounts:second_factor_setup" if required else ""
