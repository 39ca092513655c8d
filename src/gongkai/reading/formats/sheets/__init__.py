"""Workbooks (.xlsx, .xls, .xlsb, .ods): each sheet as paragraphs and exact grids, in the order of the sheets."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from gongkai.reading.archive import Archive
from gongkai.reading.blocks import Block, Document
from gongkai.reading.formats.lattice import Room
from gongkai.reading.formats.sheets.guard import check_compound, check_package
from gongkai.reading.formats.sheets.layout import Sheet, blocks_of
from gongkai.reading.formats.sheets.printed import printed
from gongkai.reading.limits import CannotRead, Limits
from gongkai.report import Problem, Trace

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_SPARSE = 20
"""Slots of a sheet's used range for each cell allowed: a stray cell far out must not cost its whole rectangle."""
_PANIC = "PanicException"


def open_sheets(data: bytes, name: str, limits: Limits) -> Document:
    """All visible sheets. A hidden sheet that holds something is not read, and said so.

    Raises CannotRead: ``corrupt``, ``encrypted``, ``too_large``.
    """
    import python_calamine as calamine  # noqa: PLC0415  # loaded only for workbooks

    packed = data.startswith(b"PK")
    if packed:
        with Archive(data, limits) as archive:
            check_package(archive, limits.cells * _SPARSE)
    else:
        check_compound(data, limits.cells * _SPARSE)
    kind = "xls" if not packed else "ods" if b"opendocument.spreadsheet" in data[:128] else "xlsx"
    document = Document(name, kind)
    room = Room(limits)
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            for about in book.sheets_metadata:
                if about.typ is not calamine.SheetTypeEnum.WorkSheet:
                    continue
                sheet = book.get_sheet_by_name(about.name)
                if about.visible is calamine.SheetVisibleEnum.Visible:
                    document.blocks += _read(sheet, room, limits)
                elif sheet.height:
                    document.problems.append(_hidden(name, about.name))
    except calamine.PasswordError as fault:
        raise CannotRead("encrypted", "表格文件有打开密码，请取消密码后重新保存。") from fault
    except BaseException as fault:
        # A panic of the library on a damaged file arrives as a PanicException, which is no Exception.
        if isinstance(fault, calamine.CalamineError | OSError | ValueError) or type(fault).__name__ == _PANIC:
            raise CannotRead("corrupt", "表格文件不完整或已损坏，请用 Excel 或 WPS 重新保存。") from fault
        raise
    return document


def _read(sheet: CalamineSheet, room: Room, limits: Limits) -> list[Block]:
    if sheet.total_height * sheet.total_width > limits.cells * _SPARSE:
        raise CannotRead("too_large", f"工作表“{sheet.name}”的使用区域过大，请删除表格外的多余内容后再读取。")
    rows = [[printed(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    return list(blocks_of(Sheet(sheet.name, rows, sheet.merged_cell_ranges or []), room))


def _hidden(source: str, sheet: str) -> Problem:
    message = f"工作表“{sheet}”是隐藏的，未读取；如其中有年报数据，请取消隐藏后重新读取。"
    return Problem("sheet_hidden", message, trace=Trace(file=source, sheet=sheet))
