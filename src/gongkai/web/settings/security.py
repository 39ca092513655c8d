"""Security of every answer: content policy, cookies, transport, passwords, lock-out, sessions."""

from __future__ import annotations

from typing import Any

from csp.constants import NONE, SELF

from .environment import Environment

# No inline script or style, nothing from elsewhere: a stored script has nowhere to run.
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_AUTH = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": _AUTH + "UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name"]},
    },
    {"NAME": _AUTH + "MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": _AUTH + "CommonPasswordValidator"},
    {"NAME": _AUTH + "NumericPasswordValidator"},
    {"NAME": "gongkai.web.accounts.passwords.ThreeKinds"},
]

# Wrong passwords and codes: how many, and after how many quiet seconds they are forgotten (ADR 0117).
ATTEMPT_LIMITS = {
    "device": (5, 15 * 60),  # one name, from a browser its owner signed in with
    "place": (5, 15 * 60),  # one name, from one address
    "address": (30, 15 * 60),  # all names, from one address
    "account": (20, 60 * 60),  # one name, from all addresses its owner is not known at
}
KNOWN_DEVICE_SECONDS = 90 * 24 * 60 * 60
KNOWN_ADDRESS_SECONDS = 30 * 24 * 60 * 60

SESSION_IDLE_SECONDS = 30 * 60
SESSION_LONGEST_SECONDS = 12 * 60 * 60
SESSIONS_AT_ONCE = 3
REAUTHENTICATION_SECONDS = 10 * 60


def transport(env: Environment) -> dict[str, Any]:
    """Cookies, redirects and HSTS: strict wherever GONGKAI_HTTPS is on (the default outside demo and debug)."""
    settings: dict[str, Any] = {
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "SECURE_REFERRER_POLICY": "same-origin",
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "DENY",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_AGE": SESSION_LONGEST_SECONDS,
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "DEVICE_COOKIE_NAME": "known",
    }
    if env.https:
        settings |= {
            "SESSION_COOKIE_SECURE": True,
            "CSRF_COOKIE_SECURE": True,
            "SESSION_COOKIE_NAME": "__Host-session",
            "CSRF_COOKIE_NAME": "__Host-csrf",
            "DEVICE_COOKIE_NAME": "__Host-known",
            "SECURE_SSL_REDIRECT": True,
            "SECURE_REDIRECT_EXEMPT": [r"^health/", r"^metrics$"],
            "SECURE_HSTS_SECONDS": 31_536_000,
        }
    if env.proxies:
        settings["SECURE_PROXY_SSL_HEADER"] = ("HTTP_X_FORWARDED_PROTO", "https")
    return settings
