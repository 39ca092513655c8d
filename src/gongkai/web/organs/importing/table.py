"""A spreadsheet or CSV file as rows of text, under limits."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from gongkai.reading.limits import CannotRead
from gongkai.web.house.plain_text import plain
from gongkai.web.house.workbook import check_workbook, survived, words

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 20_000
CHARSETS = ("utf-8-sig", "gb18030")


class CannotReadTable(ValueError):  # noqa: N818
    """The file is no table we can read; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """`number` is the row number a spreadsheet program shows."""

    number: int
    cells: dict[str, str]


def read_table(name: str, content: bytes) -> list[TableRow]:
    """The rows under the heading row of `content`, empty rows left out. Raises CannotReadTable."""
    if len(content) > MAX_BYTES:
        megabytes = len(content) / 1024 / 1024
        raise CannotReadTable(
            f"{name}有{megabytes:.1f} MB，超过{MAX_BYTES // 1024 // 1024} MB。请分成几个文件导入。"
        )
    suffix = PurePath(name).suffix.lower()
    if suffix == ".csv":
        lines = _csv_lines(name, content)
    elif suffix == ".xlsx":
        lines = _xlsx_lines(name, content)
    else:
        raise CannotReadTable(f"“{name}”不是CSV或XLSX文件。请另存为其中一种再导入。")
    return _rows(name, lines)


def _rows(name: str, lines: list[list[str]]) -> list[TableRow]:
    if len(lines) > MAX_ROWS + 1:
        raise CannotReadTable(f"{name}有{len(lines) - 1}行，超过{MAX_ROWS}行。请分成几个文件导入。")
    if not lines or not any(lines[0]):
        raise CannotReadTable(f"{name}的第一行应是列名，现在是空的。")
    heads = lines[0]
    doubled = {head for head in heads if head and heads.count(head) > 1}
    if doubled:
        raise CannotReadTable(f"{name}中列名重复：{'、'.join(sorted(doubled))}。请只保留一列。")
    return [
        TableRow(number, dict(zip(heads, cells, strict=False)))
        for number, cells in enumerate(lines[1:], start=2)
        if any(cells)
    ]


def _csv_lines(name: str, content: bytes) -> list[list[str]]:
    for charset in CHARSETS:
        try:
            text = content.decode(charset)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise CannotReadTable(f"{name}的文字编码不是UTF-8或GB18030。请在表格软件中另存为“CSV UTF-8”再导入。")
    if "\x00" in text:
        raise CannotReadTable(f"{name}不是文本文件。请另存为CSV或XLSX再导入。")
    try:
        return [[plain(cell).strip() for cell in line] for line in csv.reader(io.StringIO(text, newline=""))]
    except csv.Error as error:
        raise CannotReadTable(f"{name}的CSV格式有误（{error}）。请用表格软件重新另存。") from error


def _xlsx_lines(name: str, content: bytes) -> list[list[str]]:
    import python_calamine

    try:
        check_workbook(content)
        with survived():
            book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
            sheet = book.get_sheet_by_index(0)
            # skip_empty_area off: row numbers must be those the clerk sees.
            rows = sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS + 2)
    except CannotRead as error:
        raise CannotReadTable(words(name, error)) from error
    except (python_calamine.CalamineError, python_calamine.ZipError, OSError, ValueError) as error:
        raise CannotReadTable(f"“{name}”打不开，可能已损坏或加了密码。请另存为新的XLSX再导入。") from error
    return [[_text(cell) for cell in row] for row in rows]


def _text(cell: Any) -> str:
    """A cell as typed: codes that a spreadsheet made into numbers get no decimal point."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return plain(str(cell)).strip()
