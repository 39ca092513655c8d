"""A report as JSON, the object of docs/report.schema.json with the traces of its figures."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import BinaryIO

from gongkai.report import Report, to_plain


def to_json(report: Report) -> bytes:
    """One report, indented, with traces: :func:`gongkai.report.from_plain` gives the same report back."""
    return _encode(json.dumps(to_plain(report, traces=True), ensure_ascii=False, indent=2))


def stream_json(reports: Iterable[Report], out: BinaryIO, *, traces: bool = False) -> int:
    """One object a line, as they come; returns how many."""
    count = 0
    for count, report in enumerate(reports, 1):  # noqa: B007  # the count is the result
        out.write(_encode(json.dumps(to_plain(report, traces=traces), ensure_ascii=False)))
    return count


def _encode(text: str) -> bytes:
    return (text + "\n").encode("utf-8", "replace")
