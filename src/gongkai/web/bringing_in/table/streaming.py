"""A CSV or XLSX file as rows of cells, one after another: a table of a hundred thousand rows is never in memory whole."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any, BinaryIO

from gongkai.reading.limits import CannotRead
from gongkai.web.house.plain_text import plain
from gongkai.web.house.workbook import survived, words

from .columns import BY_TITLE, REQUIRED

CHARSETS = ("utf-8-sig", "gb18030")
_PIECE = 1 << 20
# A cell may hold a whole document, but nothing without end.
_LONGEST_CELL = 4 * 1024 * 1024


class CannotReadTable(ValueError):  # noqa: N818
    """The file is no table of items; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """`number` is the row number that a spreadsheet program shows."""

    number: int
    cells: dict[str, str]


def rows_of(name: str, file: BinaryIO) -> Iterator[TableRow]:
    """The rows under the headings of `file` (seekable), empty ones left out. Raises CannotReadTable, also between rows."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in {".csv", ".xlsx"}:
        raise CannotReadTable(f"“{name}”不是CSV或XLSX文件。请另存为其中一种再导入。")
    lines = _csv(name, file) if suffix == ".csv" else _xlsx(name, file)
    heads = _heads(name, next(lines, (1, [])))
    for number, cells in lines:
        found = {head: cell for head, cell in zip(heads, cells, strict=False) if head and cell}
        if found:
            yield TableRow(number, found)


def unknown_heads(name: str, file: BinaryIO) -> list[str]:
    """The headings that are no column of ours. Raises CannotReadTable."""
    suffix = PurePath(name).suffix.lower()
    lines = _csv(name, file) if suffix == ".csv" else _xlsx(name, file)
    return [head for head in _heads(name, next(lines, (1, []))) if head and head not in BY_TITLE]


def _heads(name: str, line: tuple[int, list[str]]) -> list[str]:
    # A template marks what must be filled in with a star.
    heads = [head.replace("*", "").replace("＊", "").strip() for head in line[1]]
    missing = [title for title in REQUIRED if title not in heads]
    if missing:
        raise CannotReadTable(
            f"“{name}”的第一行应是列名，缺少“{'”“'.join(missing)}”。请下载模板，按模板的列名填写。"
        )
    doubled = sorted({head for head in heads if head and heads.count(head) > 1})
    if doubled:
        raise CannotReadTable(f"“{name}”中列名重复：{'、'.join(doubled)}。请只保留一列。")
    return heads


def _csv(name: str, file: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    charset = _charset(name, file)
    text = io.TextIOWrapper(file, encoding=charset, newline="")
    csv.field_size_limit(_LONGEST_CELL)
    try:
        # Records, as a spreadsheet numbers them: a cell may hold many lines.
        for number, cells in enumerate(csv.reader(text), start=1):
            yield number, [plain(cell).strip() for cell in cells]
    except csv.Error as error:
        raise CannotReadTable(f"“{name}”的CSV格式有误（{error}）。请用表格软件重新另存。") from error
    finally:
        text.detach()


def _charset(name: str, file: BinaryIO) -> str:
    """The first charset in which all of the file can be read; reads it once from end to end."""
    import codecs

    for charset in CHARSETS:
        file.seek(0)
        decoder = codecs.getincrementaldecoder(charset)()
        try:
            while piece := file.read(_PIECE):
                if b"\x00" in piece:
                    raise CannotReadTable(f"“{name}”不是文本文件。请另存为CSV或XLSX再导入。")
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        file.seek(0)
        return charset
    raise CannotReadTable(f"“{name}”的文字编码不是UTF-8或GB18030。请在表格软件中另存为“CSV UTF-8”再导入。")


def _xlsx(name: str, file: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    import python_calamine

    file.seek(0)
    try:
        with survived():
            book = python_calamine.CalamineWorkbook.from_filelike(file)
            sheet = book.get_sheet_by_index(0)
            first = sheet.start[0] if sheet.start else 0
            for number, row in enumerate(sheet.iter_rows(), start=first + 1):
                yield number, [_text(cell) for cell in row]
    except CannotRead as error:
        raise CannotReadTable(words(name, error)) from error
    except (python_calamine.CalamineError, python_calamine.ZipError, OSError, ValueError) as error:
        raise CannotReadTable(f"“{name}”打不开，可能已损坏或加了密码。请另存为新的XLSX再导入。") from error


def _text(cell: Any) -> str:
    """A cell as typed: codes that a spreadsheet made into numbers get no decimal point."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return (
            cell.strftime("%Y-%m-%d %H:%M:%S")
            if cell.time() != datetime.min.time()
            else cell.date().isoformat()
        )
    if isinstance(cell, date):
        return cell.isoformat()
    return plain(str(cell)).strip()
