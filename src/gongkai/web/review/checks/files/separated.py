"""Tables as text: cells that a spreadsheet program would compute instead of showing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from gongkai.web.review.checks.finding import Found

from .reach import Reach

MOST = 20
"""Formulas named one by one."""
_BEGINS = re.compile(r'(?:^|[,;\t|"\r\n])[\t\r ]*[=+\-@＝＋－＠]', re.M)
# Amounts with their unit, signed numbers, telephone numbers, dates, dashes: nothing that is computed to anything else.
_NUMBER = re.compile(r"[+\-－＋][\s\d.,，()（）%％‰/:\-－—~～+*]*(?:[eE][+\-]?\d+)?[\u4e00-\u9fff%‰℃]{0,4}")
_BARE = re.compile(r"[+\-－＋]*")
# [MS-XLS] calls it a link of DDE: program|'topic'!item. Other programs start what is named so.
DDE = re.compile(r"""^[=+\-@\d\s(]*['"]?[A-Za-z][\w.\\: ]*['"]?\s*\|\s*(?:'[^']*'|"[^"]*"|[^!|]*)\s*!""")


def inspect(content: bytes, name: str, _reach: Reach) -> Iterator[Found]:
    """Formulas in a CSV; other text has none."""
    if not name.lower().endswith((".csv", ".tsv")):
        return
    text = _decoded(content)
    if not _BEGINS.search(text):
        return
    count = 0
    for place, cell in _cells(text):
        words = cell.strip()
        if not _is_formula(words):
            continue
        if DDE.match(words):
            yield Found("scripts", "单元格会运行命令（DDE）", place, words[:20], words)
            continue
        count += 1
        if count <= MOST:
            yield Found("formulas", "单元格是公式，用表格程序打开时会被计算", place, words[:20], words)
    if count > MOST:
        yield Found("formulas", f"另有{count - MOST}个单元格是公式", value=f"more:{count}")


def _is_formula(words: str) -> bool:
    if words[:1] in ("=", "@", "＝", "＠"):
        return bool(words.strip("=@＝＠ "))
    return words[:1] in ("+", "-", "＋", "－") and not _BARE.fullmatch(words) and not _NUMBER.fullmatch(words)


def _cells(text: str) -> Iterator[tuple[str, str]]:
    head = text[:4096].partition("\n")[0]
    delimiter = max(",;\t|", key=head.count)
    csv.field_size_limit(1 << 27)
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
        for column, cell in enumerate(row):
            if cell:
                yield f"{_letters(column)}{number}", cell


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", "replace")
