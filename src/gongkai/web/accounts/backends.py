"""Sign-in name and password, judged only while there are tries left."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from .attempts import guess
from .models import User
from .signals import record_locked


class LimitedPasswords(ModelBackend):
    """Every `authenticate()` with a password comes by here: signing in, and the password again before a dangerous act."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        """The person, None for wrong words. Raises TooMany."""
        if username is None or password is None:
            return None
        check = super().authenticate
        found: User | None = guess("password", username, request).judge(
            lambda: check(request, username=username, password=password), lambda: record_locked(request, username)
        )
        return found
