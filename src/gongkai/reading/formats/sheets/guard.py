"""Refuses workbooks that would unfold to huge grids or ask for absurd memory, before the library builds them.

The library reserves what a damaged count asks for, and a reservation of gigabytes ends the process; so counts are
held against the size of the file first.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from gongkai.reading.archive import Archive
from gongkai.reading.limits import CannotRead

_REFERENCE = re.compile(rb'<(?:\w+:)?(?:c|row)\s[^>]*?\br="([A-Z]{0,3})(\d{1,7})"')
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d+)"')
_ROW = re.compile(rb"<table:table-row\b([^>]*)>(.*?)</table:table-row>", re.DOTALL)
_CELL = re.compile(rb"<table:table-cell\b([^>]*?)(/?)>")
_ENTRY = 128  # bytes of an entry in the directory of a compound file ([MS-CFB] 2.6)


def check_package(archive: Archive, slots: int) -> None:
    """Unpack every member once (counting what comes out) and estimate the used ranges.

    Raises CannotRead ``too_large`` for a used range of more than ``slots`` cells, ``corrupt`` for a DTD.
    """
    for member in archive.members:
        data = archive.read(member)
        if b"<!DOCTYPE" in data[:4096]:
            raise CannotRead("corrupt", "表格文件内部含有 DTD 声明，不是正常的 Office 文档，已拒绝读取。")
        if member.name.startswith("xl/worksheets/") and _used(data) > slots:
            raise CannotRead("too_large", "工作表的使用区域过大，请删除表格外的多余内容后再读取。")
        if member.name == "content.xml" and _unfolded(data) > slots:
            raise CannotRead("too_large", "工作表的使用区域过大，请删除表格外的多余内容后再读取。")


def _used(data: bytes) -> int:
    """Slots between A1 and the outermost cell of a worksheet part."""
    widest = tallest = 0
    for letters, digits in _REFERENCE.findall(data):
        column = 0
        for letter in letters:
            column = column * 26 + letter - 64
        widest, tallest = max(widest, column), max(tallest, int(digits))
    return widest * tallest


def _unfolded(data: bytes) -> int:
    """Cells of an ODS after its repeats are spelled out; repeats of empty cells and rows cost nothing."""
    total = 0
    for attributes, body in _ROW.findall(data):
        cells = 0
        for about, empty in _CELL.findall(body):
            if not empty or b"office:value" in about:
                cells += _times(about)
        total += cells * _times(attributes)
    return total


def _times(attributes: bytes) -> int:
    found = _REPEATED.search(attributes)
    return int(found.group(1)) if found else 1


def check_compound(data: bytes, slots: int) -> None:
    """Check an .xls. Raises CannotRead: ``corrupt`` (absurd counts), ``encrypted``, ``too_large``."""
    import olefile  # noqa: PLC0415  # loaded only for the old Office formats

    sectors = len(data) // 512 + 1
    # Header of the compound file: directory, FAT, mini FAT and DIFAT sectors ([MS-CFB] 2.2).
    if any(int.from_bytes(data[at : at + 4], "little") > sectors for at in (0x28, 0x2C, 0x40, 0x48)):
        raise CannotRead("corrupt", "表格文件不完整或已损坏，请用 Excel 或 WPS 重新保存。")
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            whole = len(ole.directory_fp.getvalue()) % _ENTRY == 0  # type: ignore[attr-defined]  # missing in the stubs
            book = ole.openstream("Workbook" if ole.exists("Workbook") else "Book").read()
    except Exception as fault:  # olefile walks sector chains of a hostile file and fails in many ways
        raise CannotRead("corrupt", "表格文件不完整或已损坏，请用 Excel 或 WPS 重新保存。") from fault
    if not whole:  # cut within its directory: calamine panics, and Rust prints that on the user's terminal
        raise CannotRead("corrupt", "表格文件不完整或已损坏，请用 Excel 或 WPS 重新保存。")
    for kind, body in _records(book):
        if kind == 0x2F:  # FILEPASS
            raise CannotRead("encrypted", "表格文件有打开密码，请取消密码后重新保存。")
        if kind == 0xFC and int.from_bytes(body[4:8], "little") > len(book):  # SST: its strings
            raise CannotRead("corrupt", "表格文件的字符串表已损坏，请用 Excel 或 WPS 重新保存。")
        if kind == 0x200 and len(body) >= 12:  # DIMENSIONS: first and one past the last row, then column
            rows = int.from_bytes(body[4:8], "little") - int.from_bytes(body[0:4], "little")
            columns = int.from_bytes(body[10:12], "little") - int.from_bytes(body[8:10], "little")
            if rows < 0 or columns < 0:
                raise CannotRead("corrupt", "表格文件内部结构已损坏，请用 Excel 或 WPS 重新保存。")
            if rows * columns > slots:
                raise CannotRead("too_large", "工作表的使用区域过大，请删除表格外的多余内容后再读取。")


def _records(book: bytes) -> Iterator[tuple[int, bytes]]:
    """(type, content) of each record of a BIFF stream."""
    at = 0
    while at + 4 <= len(book):
        size = int.from_bytes(book[at + 2 : at + 4], "little")
        yield int.from_bytes(book[at : at + 2], "little"), book[at + 4 : at + 4 + size]
        at += 4 + size

