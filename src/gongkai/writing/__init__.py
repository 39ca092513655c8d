"""Reports written out: HTML, DOCX, PDF, XLSX, JSON, CSV, Parquet, all from one layout computed from the form.

``write(report, "docx", path)`` for one report, ``write_many(reports, "csv", file)`` for a data set. The same report
gives the same bytes.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from gongkai.report import Report
from gongkai.writing.page import CannotWrite, default_title

__all__ = ["FORMATS", "CannotWrite", "Format", "default_title", "to_bytes", "write", "write_many"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its file extension, media type, name for people, and whether it holds many reports in one file."""

    extension: str
    media_type: str
    name: str
    many: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS: dict[str, Format] = {
    "html": Format(".html", "text/html; charset=utf-8", "网页"),
    "docx": Format(".docx", f"{_OFFICE}.wordprocessingml.document", "Word文档"),
    "pdf": Format(".pdf", "application/pdf", "PDF文档"),
    "xlsx": Format(".xlsx", f"{_OFFICE}.spreadsheetml.sheet", "Excel工作簿"),
    "json": Format(".json", "application/json", "JSON数据", many=True),
    "csv": Format(".csv", "text/csv; charset=utf-8", "CSV数据", many=True),
    "parquet": Format(".parquet", "application/vnd.apache.parquet", "Parquet数据", many=True),
}


def to_bytes(report: Report, to: str, **options: Any) -> bytes:
    """One report as a file in memory.

    ``options``: ``bom=True`` for csv (so that Excel sees UTF-8), ``fonts=[folder]`` for pdf (official faces to prefer).
    Raises CannotWrite for a format there is none of, and for a report that cannot be written.
    """
    return bytes(_function(to, "to")(report, **options))


def write(report: Report, to: str, out: Path | BinaryIO, **options: Any) -> None:
    """Writes one report to a path (whole or not at all) or an open binary file. Options and errors as ``to_bytes``."""
    data = to_bytes(report, to, **options)
    if isinstance(out, Path):
        _replace(out, data)
    else:
        out.write(data)


def write_many(reports: Iterable[Report], to: str, out: BinaryIO, **options: Any) -> int:
    """Writes a data set (csv, parquet, or json with one object a line) as the reports come; returns how many.

    ``options``: ``bom=True`` for csv, ``traces=True`` for json. Raises CannotWrite for a format of single reports.
    """
    if to in FORMATS and not FORMATS[to].many:
        many = "、".join(key for key, f in FORMATS.items() if f.many)
        raise CannotWrite(f"“{to}”一次只能写一份报告。多份报告请用：{many}。")
    return int(_function(to, "stream")(reports, out, **options))


def _function(to: str, verb: str) -> Callable[..., Any]:
    """The writer of a format, imported only when it is asked for: some bring large libraries."""
    if to not in FORMATS:
        raise CannotWrite(f"没有“{to}”这种输出格式。可用的格式：{'、'.join(FORMATS)}。")
    function: Callable[..., Any] = getattr(import_module(f"gongkai.writing.{to}"), f"{verb}_{to}")
    return function


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)  # mkstemp makes files that only their owner may read
        Path(name).replace(path)
    except OSError:
        with suppress(OSError):
            Path(name).unlink()
        raise
