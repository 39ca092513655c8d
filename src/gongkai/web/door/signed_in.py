"""Whether a request brings the session of somebody who signed in: asked before a large body is read for staff."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import DatabaseError
from django.http import parse_cookie


def signed_in(cookies: str) -> bool:
    """By the Cookie header. Only whether it is worth reading on: the gate judges the session when the body is here."""
    key = parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME)
    store = import_module(settings.SESSION_ENGINE).SessionStore
    try:
        return bool(key) and SESSION_KEY in store(key)
    except DatabaseError:
        return True  # Django meets the same when the body is here, and has words for it
