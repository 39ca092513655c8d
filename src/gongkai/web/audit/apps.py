"""The audit log."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Append-only, hash-chained; see chain.py."""

    name = "gongkai.web.audit"
    label = "audit"

    def ready(self) -> None:
        """Register who may see the log, and its tab."""
        from gongkai.web.house.shell import Tab, add_tab

        from . import visibility

        add_tab(Tab("操作日志", "audit:search", "/staff/audit", 90, visibility.READERS))
