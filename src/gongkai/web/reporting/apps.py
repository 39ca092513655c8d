"""Annual reports: the column of every organ and year, and the checker."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Reports as read, their figures, their publication; the checker stores nothing."""

    name = "gongkai.web.reporting"
    label = "reporting"

    def ready(self) -> None:
        """Register visibility, verbs, tabs and the search."""
        from gongkai.web.audit.words import add_words
        from gongkai.web.house.shell import Tab, add_tab

        from . import actions, piles, visibility  # noqa: F401 - they register themselves
        from .searchable import register_reports

        register_reports()
        add_tab(Tab("年度报告", "reporting:list", "/staff/reports", 40))
        add_words({"year": "年度", "file": "文件", "sha256": "文件指纹", "errors": "错误", "warnings": "提醒", "reason": "理由"})
