"""Signing in and out, as events."""

from __future__ import annotations

import time
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from gongkai.web.house import events
from gongkai.web.house.actor import REAUTHENTICATED, Actor
from gongkai.web.house.address import client_address
from gongkai.web.house.request_id import current_request_id

from . import sessions
from .models import StaffSession, User

events.name("accounts.login", "登录")
events.name("accounts.login_failed", "登录失败")
events.name("accounts.locked", "输错次数过多，暂停登录")
events.name("accounts.logout", "退出登录")


def _actor(request: HttpRequest | None, user: User | None) -> Actor:
    address = client_address(request) if request is not None else ""
    return Actor(user, address=address, request_id=current_request_id())


def _subject(username: str) -> events.Subject:
    # A name that is no account may be a password typed into the wrong box: it is not kept.
    user = User.objects.filter(username=username).first()
    return events.Subject.of(user) if user else events.Subject("accounts.user", "", "不存在的登录名")


@receiver(user_logged_in)
def logged_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Begin the session and note it."""
    request.session[REAUTHENTICATED] = time.time()
    sessions.begin(request, user)
    events.record(_actor(request, user), "accounts.login", events.Subject.of(user))


@receiver(user_login_failed)
def failed(credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Note the failure; the actor is nobody in particular."""
    subject = _subject(str(credentials.get("username", "")))
    events.record(_actor(request, None), "accounts.login_failed", subject, outcome=events.Outcome.REFUSED)


def record_locked(request: HttpRequest | None, username: str) -> None:
    """Note that there are no tries left. What is sent on meanwhile is not noted: the log must not grow by guessing."""
    events.record(_actor(request, None), "accounts.locked", _subject(username), outcome=events.Outcome.REFUSED)


@receiver(user_logged_out)
def logged_out(request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    """Forget the session and note it."""
    StaffSession.objects.filter(session_key=request.session.session_key or "").delete()
    if user is not None:
        events.record(_actor(request, user), "accounts.logout", events.Subject.of(user))
