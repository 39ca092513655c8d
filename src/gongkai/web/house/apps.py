"""The house itself: what every room uses."""

from django.apps import AppConfig


class HouseConfig(AppConfig):
    """No models: verbs, rules, visibility, events, pages."""

    name = "gongkai.web.house"
    label = "house"

    def ready(self) -> None:
        """Register the start-up checks and the first tab."""
        from . import visibility  # noqa: F401 - registers its check
        from .shell import Tab, add_tab

        add_tab(Tab("工作台", "staff_home", "/staff/home", 0))
