"""One's own account: password, sessions, and typing the password again."""

from __future__ import annotations

import time

from django.contrib import messages
from django.contrib.auth import authenticate, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from gongkai.web.accounts import sessions
from gongkai.web.accounts.actions.change_password import ChangePassword
from gongkai.web.accounts.forms import ChangePasswordForm, PasswordAgainForm
from gongkai.web.accounts.models import Authenticator, StaffSession, User
from gongkai.web.house import submit
from gongkai.web.house.actor import REAUTHENTICATED
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.house.visibility import get_visible, visible
from gongkai.web.organs.scope import posts_of

from .next_page import next_page
from .second_factor import in_person


def account(request: HttpRequest) -> HttpResponse:
    """Posts, second factor, sessions (under /staff/: the gate has judged the session)."""
    actor = actor_of(request)
    context = {
        "posts": posts_of(actor).select_related("organ"),
        "device": Authenticator.objects.filter(user=actor.user, confirmed=True).first(),
        "sessions": visible(StaffSession, actor),
        "this_session": request.session.session_key,
    }
    return render(request, "accounts/own.html", context)


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign one of one's own browsers out."""
    sessions.end(get_visible(StaffSession, actor_of(request), pk=pk))
    messages.success(request, "已让该浏览器退出登录。")
    return redirect("accounts:own")


@login_required
def password(request: HttpRequest) -> HttpResponse:
    """Change one's password; the first step after a temporary one."""
    actor = in_person(request)
    form = ChangePasswordForm(request.POST or None)
    if request.method == "POST" and actor.user is not None:
        person: User = actor.user
        user = submit.perform(
            form,
            lambda: ChangePassword(
                actor=actor,
                user=person,
                old=form.cleaned_data["old"],
                new=form.cleaned_data["new"],
                spare_session=request.session.session_key,
            ),
        )
        if user is not None:
            keep_signed_in(request, user)
            messages.success(request, "密码已修改，其他浏览器已退出登录。")
            return redirect(next_page(request))
    return render(request, "accounts/password.html", {"form": form, "next": next_page(request)})


def keep_signed_in(request: HttpRequest, user: User) -> None:
    """A changed password ends every session; this one goes on under a new key."""
    old = request.session.session_key
    update_session_auth_hash(request, user)
    request.session.save()
    StaffSession.objects.filter(session_key=old).update(session_key=request.session.session_key)


@login_required
def reauthenticate(request: HttpRequest) -> HttpResponse:
    """Type the password again before a dangerous act. Wrong ones count towards the lock."""
    user = in_person(request).user
    form = PasswordAgainForm(request.POST or None)
    if request.method == "POST" and user is not None and form.is_valid():
        found = authenticate(request, username=user.username, password=form.cleaned_data["password"])
        if found is not None and found.pk == user.pk:
            request.session[REAUTHENTICATED] = time.time()
            return redirect(next_page(request))
        form.add_error("password", "密码不对，请重新输入。")
    return render(request, "accounts/reauthenticate.html", {"form": form, "next": next_page(request)})
