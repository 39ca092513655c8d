"""Reports as files to download."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from gongkai.checking import check
from gongkai.report import Report, to_plain
from gongkai.writing import FORMATS, to_bytes

from .inspecting.inspection import Inspected, plain_report

AS_DATA = {"json": "JSON", "csv": "CSV", "xlsx": "XLSX"}
"""What a check can be taken away as."""
AS_DOCUMENT = {"docx": "DOCX", "pdf": "PDF", "xlsx": "XLSX", "html": "网页", "json": "JSON", "csv": "CSV"}
"""What a published report can be taken away as."""


def as_data(one: Inspected, to: str) -> tuple[bytes, str]:
    """A check as a file and its media type: JSON has findings, causes and traces; CSV and XLSX the figures."""
    if to != "json":
        return as_document(plain_report(one), to)
    plain: dict[str, Any] = to_plain(one, traces=True)
    plain["findings"] = msgspec.to_builtins(check(plain_report(one)))
    plain["causes"] = msgspec.to_builtins(one.causes)
    return json.dumps(plain, ensure_ascii=False, indent=1).encode("utf-8", "replace"), FORMATS["json"].media_type


def as_document(report: Report, to: str) -> tuple[bytes, str]:
    """A report as a file and its media type; JSON with the place of every figure. Raises CannotWrite."""
    media = FORMATS[to].media_type
    if to == "json":
        return json.dumps(to_plain(report, traces=True), ensure_ascii=False, indent=1).encode("utf-8", "replace"), media
    options: dict[str, Any] = {"bom": True} if to == "csv" else {}
    return to_bytes(report, to, **options), media
