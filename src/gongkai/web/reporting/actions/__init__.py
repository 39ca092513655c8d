"""The verbs of the room; imported so that the log knows their names."""

from . import discard_report, publish_report, reread_report, upload_report, withdraw_report

__all__ = ["discard_report", "publish_report", "reread_report", "upload_report", "withdraw_report"]
