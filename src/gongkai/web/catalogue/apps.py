"""Information items, the statutory and the grass-roots catalogue, standing pages."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """The catalogue."""

    name = "gongkai.web.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        """Register visibility, verbs, tabs and piles."""
        from gongkai.web.audit.words import add_values, add_words
        from gongkai.web.house.shell import Tab, add_tab

        from . import actions, logged, piles, visibility  # noqa: F401 - they register themselves

        add_words(logged.WORDS)
        add_values(logged.VALUES)

        add_tab(Tab("信息", "catalogue:list", "/staff/items", 10))
        add_tab(Tab("指南和制度", "catalogue:pages", "/staff/pages", 22, visibility.KEEPERS))
        add_tab(Tab("标准目录", "catalogue:entries", "/staff/entries", 24))
        add_tab(Tab("文件清理", "catalogue:cleanups", "/staff/cleanups", 26))
