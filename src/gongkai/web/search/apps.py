"""Full-text search of what is public."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class SearchConfig(AppConfig):
    """The search."""

    name = "gongkai.web.search"
    label = "search"

    def ready(self) -> None:
        """Visibility, sources, and the triggers around every migration."""
        from . import triggers, visibility  # noqa: F401 - visibility registers itself
        from .sources import catalogue

        catalogue.register_all()
        pre_migrate.connect(triggers.lift, sender=self)
        post_migrate.connect(triggers.lay, sender=self)
