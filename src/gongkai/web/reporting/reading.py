"""A document on its way into the column: read in a worker process under limits, one report chosen."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from gongkai.report import Report

from .checker.jobs import read
from .checker.limits import LIMITS, MEGABYTES
from .checker.store import safe_name
from .inspecting.inspection import Inspected, plain_report

LARGEST = Decimal(10) ** 17
"""No figure of a report has as many digits; such a number is two that ran together."""


class CannotTake(Exception):  # noqa: N818  # a verdict on a document, not a fault of the program
    """The document can't become an annual report here; the message (Chinese) says why and what to do."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A document read: its bytes, its name, its format, the report in it, and what was found in checking it."""

    data: bytes
    name: str
    kind: str
    report: Report
    errors: int
    warnings: int


def take(name: str, data: bytes) -> Taken:
    """Read a document. Raises CannotTake for one that cannot be read, holds several reports, or carries macros."""
    if not data:
        raise CannotTake(f"“{name}”是空文件。请重新选择。")
    if len(data) > LIMITS.bytes:
        raise CannotTake(f"“{name}”有{len(data) / (1 << 20):.0f} MB，超过{MEGABYTES} MB。请压缩图片，或拆分后再上传。")
    shown = safe_name(name)
    with tempfile.TemporaryDirectory(prefix="gongkai-report-") as folder:
        place = Path(folder) / "upload"
        place.mkdir()
        path = place / shown
        path.write_bytes(data)
        found = read(path)
    return chosen(shown, data, found)


def chosen(name: str, data: bytes, found: list[Inspected]) -> Taken:
    """The one report in what was read. Raises CannotTake."""
    if len(found) != 1:
        raise CannotTake(f"“{name}”里有{len(found)}份文件。请每次上传一份年度报告。")
    one = found[0]
    if one.notes:
        raise CannotTake(f"{one.notes[0]}这样的文件不能公开，请去掉后另存，再上传。")
    if not one.kind:
        reason = one.problems[0].message if one.problems else "没有读到内容。"
        raise CannotTake(f"“{name}”不能读取：{reason}")
    if any(p.code == "not_a_report" for p in one.problems):
        raise CannotTake(f"“{name}”不是政府信息公开工作年度报告。请核对文件。")
    if any(f.value is not None and abs(f.value) >= LARGEST for f in one.figures.values()):
        raise CannotTake(f"“{name}”里有的数字超过17位，像是几个数连在了一起。请核对原件的表格。")
    return Taken(data, name, one.kind, plain_report(one), one.counts.errors, one.counts.warnings)
