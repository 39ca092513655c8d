"""Organs and the people who act for them."""

from django.apps import AppConfig


class OrgansConfig(AppConfig):
    """The tree, its history, posts."""

    name = "gongkai.web.organs"
    label = "organs"

    def ready(self) -> None:
        """Register visibility, verbs and tabs."""
        from gongkai.web.house.shell import Tab, add_tab

        from . import actions, piles, visibility  # noqa: F401 - they register themselves

        add_tab(Tab("机关", "organs:list", "/staff/organs", 60))
