"""Limits of a signed-in session: idle time, whole length, how many at once."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from gongkai.web.house.address import client_address
from gongkai.web.house.by_the_way import by_the_way
from gongkai.web.house.moments import ahead

from .models import Authenticator, StaffSession, User

# How often the last-seen time is written: once a minute is enough for a limit of half an hour.
WRITE_EVERY = timedelta(minutes=1)


def begin(request: HttpRequest, user: User) -> None:
    """Note a new session. Until a bound second factor is shown it ends none of those that showed it."""
    if not request.session.session_key:
        request.session.save()
    browser = str(request.META.get("HTTP_USER_AGENT", ""))[:200]
    bound = Authenticator.objects.filter(user=user, confirmed=True).exists()
    StaffSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={"user": user, "address": client_address(request), "browser": browser, "verified": not bound},
    )
    _make_room(user, not bound)


def complete(request: HttpRequest, user: User) -> None:
    """The second factor was shown."""
    StaffSession.objects.filter(session_key=request.session.session_key).update(verified=True)
    _make_room(user, True)


def _make_room(user: User, verified: bool) -> None:
    """End the oldest of its kind beyond SESSIONS_AT_ONCE."""
    for old in StaffSession.objects.filter(user=user, verified=verified).order_by("-started_at")[settings.SESSIONS_AT_ONCE :]:
        end(old)


def end(one: StaffSession) -> None:
    """Sign a browser out from afar."""
    Session.objects.filter(session_key=one.session_key).delete()
    one.delete()


def end_all(user: User, but: str | None = None) -> None:
    """Sign a person out everywhere (`but`: the session key to spare)."""
    for one in StaffSession.objects.filter(user=user).exclude(session_key=but or ""):
        end(one)


def within_limits(request: HttpRequest) -> bool:
    """Whether this session may go on; touches its last-seen time."""
    one = StaffSession.objects.filter(session_key=request.session.session_key).first()
    if one is None:
        return False
    now = timezone.now()
    idle, length = now - one.seen_at, now - one.started_at
    if (
        ahead(one.seen_at, now)
        or ahead(one.started_at, now)
        or idle.total_seconds() > settings.SESSION_IDLE_SECONDS
        or length.total_seconds() > settings.SESSION_LONGEST_SECONDS
    ):
        by_the_way(lambda: end(one))
        return False
    if idle > WRITE_EVERY:
        by_the_way(lambda: StaffSession.objects.filter(pk=one.pk).update(seen_at=now))
    return True
