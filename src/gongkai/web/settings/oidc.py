"""Single sign-on: on only when GONGKAI_OIDC_ISSUER is set."""

from __future__ import annotations

from typing import Any

from .environment import Environment

BACKEND = "gongkai.web.accounts.oidc.StaffOnly"


def settings(env: Environment) -> dict[str, Any]:
    """mozilla-django-oidc's settings, with the end points named after the issuer by GONGKAI_OIDC_* paths."""
    if not env.oidc_issuer:
        return {}
    return {
        "OIDC_RP_CLIENT_ID": env.oidc_client,
        "OIDC_RP_CLIENT_SECRET": env.oidc_secret,
        "OIDC_RP_SIGN_ALGO": "RS256",
        "OIDC_RP_SCOPES": "openid profile",
        "OIDC_USE_PKCE": True,
        "OIDC_CREATE_USER": False,
        "OIDC_STORE_ID_TOKEN": False,
        "LOGIN_REDIRECT_URL_FAILURE": "/account/login?sso=failed",
    }
