"""Logs: one JSON object a line on standard error, each with the request it belongs to."""

from __future__ import annotations

from typing import Any

from .environment import Environment


def logging(env: Environment) -> dict[str, Any]:
    """Django's LOGGING for this environment."""
    stream = {"class": "logging.StreamHandler", "formatter": "json"}
    # Two lines a task say nothing an operator needs. Held at the handler: the worker sets its loggers' levels itself.
    tasks = {**stream, "level": "DEBUG" if env.log_level == "DEBUG" else "WARNING"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "gongkai.web.house.logs.JsonLines"}},
        "handlers": {"err": stream, "tasks": tasks},
        "root": {"handlers": ["err"], "level": env.log_level},
        "loggers": {
            # The access line of house.middleware says the same once, with the request's number.
            "django.server": {"handlers": [], "propagate": False},
            "django.request": {"level": "ERROR"},
            "django_tasks": {"handlers": ["tasks"], "propagate": False},
            "django_tasks_db": {"handlers": ["tasks"], "propagate": False},
        },
    }
