"""Bringing in what exists: tables with their files, and the pages of an existing site."""

from django.apps import AppConfig


class BringingInConfig(AppConfig):
    """The room."""

    name = "gongkai.web.bringing_in"
    label = "bringing_in"

    def ready(self) -> None:
        """Register visibility, verbs, the tab."""
        from gongkai.web.audit.words import add_values, add_words
        from gongkai.web.house.shell import Tab, add_tab

        from . import actions, tasks, visibility  # noqa: F401 - they register themselves
        from .models import PageState

        add_tab(Tab("导入", "bringing_in:upload", "/staff/bringing-in", 28))
        add_words(
            {
                "first": "首个编号",
                "last": "末个编号",
                "created": "新建",
                "same": "无变化",
                "changed": "来源有变化",
                "pages": "网页",
            }
        )
        add_values({"pages": {state.value: str(state.label) for state in PageState}})
