"""The second step of signing in: verify, or bind an authenticator."""

from __future__ import annotations

import base64
import io

import django_otp
import qrcode
import qrcode.image.svg
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongkai.web.accounts import one_time_codes, sessions
from gongkai.web.accounts.actions.confirm_authenticator import ConfirmAuthenticator
from gongkai.web.accounts.actions.use_recovery_code import UseRecoveryCode
from gongkai.web.accounts.attempts import guess
from gongkai.web.accounts.forms import CodeForm, SetupCodeForm
from gongkai.web.accounts.models import Authenticator, User
from gongkai.web.accounts.signals import record_locked
from gongkai.web.house import submit
from gongkai.web.house.actor import Actor
from gongkai.web.house.address import client_address
from gongkai.web.house.request_id import current_request_id

from .next_page import next_page

PENDING = "pending_authenticator"


def in_person(request: HttpRequest) -> Actor:
    """The signed-in person, although the session is not complete yet."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError("login_required is missing")
    return Actor(user, address=client_address(request), request_id=current_request_id())


@login_required
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for a code; a recovery code does as well."""
    actor = in_person(request)
    device = Authenticator.objects.filter(user=actor.user, confirmed=True).first()
    if device is None:
        return redirect("accounts:second_factor_setup")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _right(request, device, form, actor):
        django_otp.login(request, device)
        sessions.complete(request, device.user)
        return redirect(next_page(request))
    return render(request, "accounts/second_factor.html", {"form": form, "next": next_page(request)})


def _right(request: HttpRequest, device: Authenticator, form: CodeForm, actor: Actor) -> bool:
    token: str = form.cleaned_data["token"]
    username = device.user.get_username()

    def check() -> bool:
        if "-" in token:
            return submit.perform(form, lambda: UseRecoveryCode(actor=actor, device=device, code=token)) is not None
        return device.verify_token(token)

    right = guess("code", username, request).judge(check, lambda: record_locked(request, username))
    if not right and not form.errors:
        form.add_error("token", "动态口令不对或已用过。请核对手机时间，输入最新的6位数字。")
    return right


@login_required
def set_up(request: HttpRequest) -> HttpResponse:
    """Show the picture, ask for a first code, hand out the recovery codes once."""
    actor = in_person(request)
    verified = bool(request.user.is_verified())  # type: ignore[union-attr]
    device = _pending(request)
    form = SetupCodeForm(request.POST or None)
    if request.method == "POST":
        token = request.POST.get("token", "")
        codes = submit.perform(form, lambda: ConfirmAuthenticator(actor=actor, device=device, token=token, verified=verified))
        if codes is not None:
            django_otp.login(request, Authenticator.objects.get(pk=device.pk))
            sessions.complete(request, device.user)
            return render(
                request, "accounts/recovery_codes.html", {"codes": codes, "next": next_page(request)}
            )
    context = {"form": form, "secret": device.secret, "picture": _picture(device), "next": next_page(request)}
    return render(request, "accounts/second_factor_setup.html", context)


def _pending(request: HttpRequest) -> Authenticator:
    """The authenticator this session is about to bind. Never another session's: who had the password there knows its secret."""
    user = in_person(request).user
    found = Authenticator.objects.filter(user=user, confirmed=False, pk=request.session.get(PENDING)).first()
    found = found or Authenticator.objects.create(user=user, confirmed=False, secret=one_time_codes.new_secret(), name="手机")
    request.session[PENDING] = found.pk
    return found


def _picture(device: Authenticator) -> str:
    """The QR code as a data address (the content policy allows data: for images only)."""
    address = one_time_codes.address(device.secret, device.user.get_username(), settings.ENV.site_name)
    buffer = io.BytesIO()
    qrcode.make(address, image_factory=qrcode.image.svg.SvgPathImage, border=2).save(buffer)
    return "data:image/svg+xml;base64," + base64.b64encode(buffer.getvalue()).decode()
