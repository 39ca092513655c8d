"""What the project is made of: apps, middleware, templates."""

from __future__ import annotations

from typing import Any

from .environment import Environment

ROOMS = [
    "gongkai.web.house",
    "gongkai.web.accounts",
    "gongkai.web.organs",
    "gongkai.web.audit",
    "gongkai.web.catalogue",
    "gongkai.web.review",
    "gongkai.web.portal",
    "gongkai.web.bringing_in",
    "gongkai.web.reporting",
    "gongkai.web.search",
    "gongkai.web.demo",
]
LIBRARIES = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "django_otp",
    "csp",
    "django_prose_editor",
]
MIDDLEWARE = [
    "gongkai.web.house.middleware.request_log.RequestLog",
    "gongkai.web.house.middleware.storing.Storing",
    "gongkai.web.house.middleware.bare_answers.BareAnswers",
    "csp.middleware.CSPMiddleware",
    "gongkai.web.house.middleware.doors.Doors",
    "django.middleware.security.SecurityMiddleware",
    "gongkai.web.house.middleware.bodies.Bodies",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gongkai.web.house.middleware.room.RoomToWrite",
    "gongkai.web.house.middleware.plain_text.PlainText",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "gongkai.web.accounts.gate.StaffGate",
    "gongkai.web.house.middleware.actor.ActorOfRequest",
    "gongkai.web.house.middleware.refusals.RefusalPages",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
BACKENDS = ["gongkai.web.accounts.backends.LimitedPasswords"]


def templates(env: Environment) -> list[dict[str, Any]]:
    """Django's TEMPLATES: app folders only; a missing variable shows in debug instead of vanishing."""
    return [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "builtins": ["gongkai.web.house.templatetags.house"],
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                    "gongkai.web.house.shell.context",
                ],
            },
        }
    ]
