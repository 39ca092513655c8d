"""Reports as CSV, one row a figure, safe to open in a spreadsheet.

A text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a line end) gets an apostrophe in
front. Values are never touched: they are numbers, and -7 stays -7.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from gongkai.report import Report
from gongkai.writing.printed import number
from gongkai.writing.rows import FigureRow, figure_rows

BOM = b"\xef\xbb\xbf"

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def stream_csv(reports: Iterable[Report], out: BinaryIO, *, bom: bool = False) -> int:
    """Writes reports as they come, holding one at a time; returns how many. ``bom`` helps Excel to see UTF-8."""
    if bom:
        out.write(BOM)
    out.write(_line(FigureRow._fields))
    count = 0
    for report in reports:
        count += 1
        buffer = io.StringIO(newline="")
        csv.writer(buffer, lineterminator="\r\n").writerows(_plain(row) for row in figure_rows(report))
        out.write(buffer.getvalue().encode("utf-8", "replace"))
    return count


def to_csv(report: Report, *, bom: bool = False) -> bytes:
    """One report as CSV."""
    out = io.BytesIO()
    stream_csv([report], out, bom=bom)
    return out.getvalue()


def _line(values: Iterable[str]) -> bytes:
    return (",".join(values) + "\r\n").encode()


def _plain(row: FigureRow) -> list[str]:
    values = [_safe(value) for value in row]
    values[FigureRow._fields.index("value")] = "" if row.value is None else number(row.value)
    return values


def _safe(value: object) -> str:
    text = "" if value is None else str(value)
    return "'" + text if text.startswith(_FORMULA) else text
