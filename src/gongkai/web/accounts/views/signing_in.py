"""Sign in, sign out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import logout as end_session
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from gongkai.web.accounts.forms import LoginForm


class Login(LoginView):
    """The gate leads on to whatever is still missing (password change, second factor)."""

    template_name = "accounts/login.html"
    authentication_form = LoginForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether single sign-on is offered, and whether it has just failed."""
        sso = {"sso": bool(settings.ENV.oidc_issuer), "sso_failed": self.request.GET.get("sso") == "failed"}
        return super().get_context_data(**kwargs) | sso


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session."""
    end_session(request)
    return redirect("accounts:login")
