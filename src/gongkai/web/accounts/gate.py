"""The gate: what lies under /staff/ and /account/ opens only to a session that is complete. No view can forget it."""

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

from . import known, lockout, sessions
from .attempts import TooMany
from .models import Authenticator, User

STAFF, ACCOUNT = "/staff/", "/account/"
ALWAYS_OPEN = ("accounts:login", "accounts:logout")
SINGLE_SIGN_ON = "/account/oidc/"


class StaffGate:
    """Sets `request.session_complete`, and leads staff through what is missing. A session that has shown the password
    alone may show the second factor or sign out, nothing else: not even change its own account."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Judge the session; turn away from /staff/ and /account/ when it is not complete, but for the missing step."""
        step = _missing_step(request)
        request.session_complete = step == ""  # type: ignore[attr-defined]
        if step and not _open(request.path, step):
            return redirect(f"{reverse(step)}?{urlencode({'next': request.get_full_path()})}")
        response = self.get_response(request)
        if not step and request.path.startswith(STAFF):
            known.note(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for TooMany, None for anything else."""
        return lockout.answer(request, exception.seconds) if isinstance(exception, TooMany) else None


def _open(path: str, step: str) -> bool:
    """Whether a session that lacks `step` may ask for `path`."""
    if not path.startswith((STAFF, ACCOUNT)) or path.startswith(SINGLE_SIGN_ON):
        return True
    return path in {reverse(name) for name in (*ALWAYS_OPEN, step)}


def _missing_step(request: HttpRequest) -> str:
    """The URL name of the next step to a complete session, "" when there is none. A bound second factor comes first:
    a temporary password is changed by whoever shows it."""
    user = request.user
    if not isinstance(user, User):
        return "accounts:login"
    if not sessions.within_limits(request):
        by_the_way(lambda: logout(request))
        # Where it could not be ended, it is still nobody's.
        request.user = AnonymousUser()
        return "accounts:login"
    if not user.is_verified() and Authenticator.objects.filter(user=user, confirmed=True).exists():  # type: ignore[attr-defined]
        return "accounts:second_factor"
    if user.must_change_password:
        return "accounts:password"
    return _set_up_step(user)


def _set_up_step(user: User) -> str:
    from gongkai.web.organs.scope import needs_second_factor

    if user.is_verified():  # type: ignore[attr-defined]
        return ""
    required = settings.ENV.second_factor == "required" and needs_second_factor(Actor(user))
    return "accounts:second_factor_setup" if required else ""
