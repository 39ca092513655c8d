"""Single sign-on: on only when GONGKAI_OIDC_ISSUER is set."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from .environment import Environment

BACKEND = "gongkai.web.accounts.oidc.StaffOnly"


def settings(env: Environment) -> dict[str, Any]:
    """mozilla-django-oidc's settings. The end points are named one by one: start-up asks no server for them."""
    if not env.oidc_issuer:
        return {}
    ends = {
        "AUTHORIZE": env.oidc_authorize,
        "TOKEN": env.oidc_token,
        "USERINFO": env.oidc_userinfo,
        "KEYS": env.oidc_keys,
    }
    missing = [f"GONGKAI_OIDC_{name}" for name, address in ends.items() if not address]
    if missing or not env.oidc_client:
        names = "、".join(missing or ["GONGKAI_OIDC_CLIENT"])
        raise ImproperlyConfigured(f"已设置GONGKAI_OIDC_ISSUER，还须设置{names}。")
    return {
        "OIDC_OP_AUTHORIZATION_ENDPOINT": env.oidc_authorize,
        "OIDC_OP_TOKEN_ENDPOINT": env.oidc_token,
        "OIDC_OP_USER_ENDPOINT": env.oidc_userinfo,
        "OIDC_OP_JWKS_ENDPOINT": env.oidc_keys,
        "OIDC_RP_CLIENT_ID": env.oidc_client,
        "OIDC_RP_CLIENT_SECRET": env.oidc_secret,
        "OIDC_RP_SIGN_ALGO": "RS256",
        "OIDC_RP_SCOPES": "openid profile",
        "OIDC_USE_PKCE": True,
        "OIDC_CREATE_USER": False,
        "OIDC_STORE_ID_TOKEN": False,
        "LOGIN_REDIRECT_URL_FAILURE": "/account/login?sso=failed",
    }
