"""Where somebody signed in before: browsers by a signed cookie, addresses by a keyed hash. Neither opens anything; they
only keep the guesses of strangers from shutting the owner out (`attempts`, ADR 0117)."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from gongkai.web.house.address import client_address, household

from .models import KnownAddress, User

SALT = "gongkai.known"
NOTED = "known_place_noted"


def device(request: HttpRequest | None, username: str) -> str:
    """The name of this browser, "" when `username` has not signed in with it (or has changed the password since)."""
    value = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "") if request is not None else ""
    try:
        pk, name, print_ = signing.loads(value, salt=SALT, max_age=settings.KNOWN_DEVICE_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    user = User.objects.filter(pk=pk, username=username).first()
    return str(name) if user is not None and constant_time_compare(print_, _print(user)) else ""


def address(username: str, household_: str) -> bool:
    """Whether `username` signed in from there lately."""
    since = timezone.now() - timedelta(seconds=settings.KNOWN_ADDRESS_SECONDS)
    return KnownAddress.objects.filter(user__username=username, mark=_mark(household_), seen_at__gte=since).exists()


def note(request: HttpRequest, response: HttpResponse) -> None:
    """Once a session, when it is complete: this browser and this address are the person's."""
    user = request.user
    if not isinstance(user, User) or request.session.get(NOTED):
        return
    request.session[NOTED] = True
    mark = _mark(household(client_address(request)))
    KnownAddress.objects.update_or_create(user=user, mark=mark, defaults={"seen_at": timezone.now()})
    name = device(request, user.username) or secrets.token_urlsafe(12)
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME, signing.dumps([user.pk, name, _print(user)], salt=SALT), path="/",
        max_age=settings.KNOWN_DEVICE_SECONDS, secure=settings.ENV.https, httponly=True, samesite="Lax",
    )  # fmt: skip


def _print(user: User) -> str:
    return salted_hmac(SALT, user.password, algorithm="sha256").hexdigest()[:32]


def _mark(household_: str) -> str:
    return salted_hmac(SALT, household_, algorithm="sha256").hexdigest()
