"""Log lines as JSON."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

from .request_id import current_request_id
from .secret_paths import masked

# What `logger.info(..., extra={...})` may add to a line; anything else stays out of the log.
EXTRA = ("method", "path", "status", "ms", "user", "view", "task")


class JsonLines(logging.Formatter):
    """One object a line: time, level, logger, message, request, and the known extras."""

    def format(self, record: logging.LogRecord) -> str:
        """The line for `record`, without the keys of addresses (`secret_paths`); a traceback goes into `error`."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": masked(record.getMessage()),
        }
        if request_id := current_request_id():
            line["request"] = request_id
        line |= {key: getattr(record, key) for key in EXTRA if hasattr(record, key)}
        if record.exc_info:
            line["error"] = masked(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)
