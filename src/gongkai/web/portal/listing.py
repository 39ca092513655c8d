"""A list as data: the columns of the official catalogue (Art. 12: index, name, summary, date) as CSV, XLSX and JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import IO

from django.db.models import QuerySet

from gongkai.web.catalogue.models import Item
from gongkai.web.catalogue.taxonomy import ART20, GENRES, KINDS, THEMES
from gongkai.web.house import table_files
from gongkai.web.house.templatetags.house import day, moment

AT_ONCE = 2000
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


def rows(items: QuerySet[Item], base: str) -> Iterator[list[str]]:
    """One row an item, its address last."""
    for item in items.iterator(chunk_size=AT_ONCE):
        yield [*(value(item) for _, _, value in COLUMNS), base + item.get_absolute_url()]


def heads() -> list[str]:
    """The titles of the columns."""
    return [*(title for _, title, _ in COLUMNS), "网址"]


def as_csv(items: QuerySet[Item], base: str) -> Iterator[str]:
    """For spreadsheets."""
    return table_files.as_csv(heads(), rows(items, base))


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
    return table_files.as_xlsx(heads(), rows(items[: table_files.SHEET_ROWS], base), "信息目录", {1: 60}, title)
