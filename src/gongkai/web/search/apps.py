"""Full-text search of what is public."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class SearchConfig(AppConfig):
    """The search."""

    name = "gongkai.web.search"
    label = "search"

    def ready(self) -> None:
        """Visibility, sources, and the triggers around every migration."""
        from gongkai.web.audit.words import add_words

        from . import actions, triggers, visibility  # noqa: F401 - they register themselves
        from .sources import catalogue

        add_words({"word": "检索词"})
        catalogue.register_all()
        pre_migrate.connect(triggers.lift, sender=self)
        post_migrate.connect(triggers.lay, sender=self)
