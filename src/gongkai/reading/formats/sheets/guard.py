"""Refuses packed workbooks that would unfold to huge grids, before the library builds them."""

from __future__ import annotations

import re

from gongkai.reading.archive import Archive
from gongkai.reading.limits import CannotRead

_REFERENCE = re.compile(rb'<(?:\w+:)?(?:c|row)\s[^>]*?\br="([A-Z]{0,3})(\d{1,7})"')
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d+)"')
_ROW = re.compile(rb"<table:table-row\b([^>]*)>(.*?)</table:table-row>", re.DOTALL)
_CELL = re.compile(rb"<table:table-cell\b([^>]*?)(/?)>")


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
