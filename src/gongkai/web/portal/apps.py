"""What the public sees: the column 政府信息公开 of each organ, document pages, feeds, downloads."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class PortalConfig(AppConfig):
    """The portal."""

    name = "gongkai.web.portal"
    label = "portal"

    def ready(self) -> None:
        """Visibility, and the triggers around every migration."""
        from . import imprint, stamps, triggers, visibility  # noqa: F401 - visibility registers itself

        pre_migrate.connect(triggers.lift, sender=self)
        post_migrate.connect(triggers.lay, sender=self)
        pre_migrate.connect(stamps.lift, sender=self)
        post_migrate.connect(stamps.lay, sender=self)
        imprint.code()  # of what this process runs: files may be replaced under it later
