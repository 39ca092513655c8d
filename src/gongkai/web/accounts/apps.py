"""People who sign in, and how."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Staff, second factor, sessions."""

    name = "gongkai.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Register visibility and the events of signing in."""
        from . import actions, signals, visibility  # noqa: F401 - they register themselves
