"""Information items, the statutory and the grass-roots catalogue, standing pages."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """The catalogue."""

    name = "gongkai.web.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        """Register visibility."""
        from . import visibility  # noqa: F401 - registers itself
