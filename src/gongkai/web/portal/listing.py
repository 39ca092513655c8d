"""A list as data: the columns of the official catalogue (Art. 12: index, name, summary, date) as CSV, XLSX and JSON."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Callable, Iterator
from typing import IO, Any

from django.db.models import QuerySet

from gongkai.web.catalogue.models import Item
from gongkai.web.catalogue.taxonomy import ART20, GENRES, KINDS, THEMES
from gongkai.web.house.templatetags.house import day, moment

AT_ONCE = 2000
SHEET_ROWS = 1_048_575
COLUMNS: tuple[tuple[str, str, Callable[[Item], str]], ...] = (
    ("index_number", "索引号", lambda item: item.index_number),
    ("title", "名称", lambda item: item.title),
    ("organ", "发布机构", lambda item: item.organ.name),
    ("document_number", "文号", lambda item: item.document_number),
    ("kind", "信息类别", lambda item: KINDS.title(item.kind)),
    ("art20", "法定主动公开内容", lambda item: ART20.title(item.art20)),
    ("theme", "主题分类", lambda item: THEMES.title(item.theme)),
    ("genre", "体裁分类", lambda item: GENRES.title(item.genre)),
    ("written_on", "成文日期", lambda item: day(item.written_on)),
    ("published_at", "发布日期", lambda item: moment(item.published_at)),
    ("validity", "有效性", lambda item: str(item.validity_on().label) if item.validity else ""),
    ("keywords", "关键词", lambda item: item.keywords),
    ("summary", "内容概述", lambda item: item.summary),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows(items: QuerySet[Item], base: str) -> Iterator[list[str]]:
    """One row an item, its address last."""
    for item in items.iterator(chunk_size=AT_ONCE):
        yield [*(value(item) for _, _, value in COLUMNS), base + item.get_absolute_url()]


def heads() -> list[str]:
    """The titles of the columns."""
    return [*(title for _, title, _ in COLUMNS), "网址"]


class _Line:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def as_csv(items: QuerySet[Item], base: str) -> Iterator[str]:
    """UTF-8 with its mark, which spreadsheets need. No cell starts a formula."""
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(heads())
    for row in rows(items, base):
        yield writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])


def as_json(items: QuerySet[Item], base: str) -> Iterator[str]:
    """An array of objects, one a line."""
    names = [*(name for name, _, _ in COLUMNS), "url"]
    yield "["
    start = "\n"
    for row in rows(items, base):
        yield start + json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False)
        start = ",\n"
    yield "\n]\n"


def as_xlsx(items: QuerySet[Item], base: str, title: str) -> IO[bytes]:
    """A workbook in a temporary file, written row by row (memory stays flat), ready to be read."""
    import xlsxwriter

    store = tempfile.TemporaryFile()  # noqa: SIM115 - the answer that sends it closes it
    options: dict[str, Any] = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(store, options) as book:
        sheet = book.add_worksheet("信息目录")
        bold = book.add_format({"bold": True})
        sheet.set_column(1, 1, 60)
        sheet.freeze_panes(1, 0)
        for place, head in enumerate(heads()):
            sheet.write_string(0, place, head, bold)
        for number, row in enumerate(rows(items[:SHEET_ROWS], base), start=1):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell)
        book.set_properties({"title": title})
    store.seek(0)
    return store
