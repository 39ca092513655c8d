"""The catalogue as a workbook in its official columns, one sheet a field."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from gongkai.web.catalogue.models import CatalogueEntry
from gongkai.web.catalogue.taxonomy import FIELDS

from .columns import COLUMNS, OPTIONAL, Column
from .marks import TICK, boxes

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LOOK = {"font_name": "仿宋", "font_size": 10, "border": 1, "text_wrap": True, "valign": "vcenter"}


def write_catalogue(title: str, entries: Iterable[CatalogueEntry]) -> bytes:
    """The workbook. `title` is the region or organ; each sheet reads back to the same entries."""
    import xlsxwriter

    rows = list(entries)
    columns = [column for column in COLUMNS if column.key not in OPTIONAL or _used(column.key, rows)]
    store = io.BytesIO()
    with xlsxwriter.Workbook(store, {"in_memory": True, "strings_to_formulas": False}) as book:
        looks = {
            "title": book.add_format({"font_name": "方正小标宋简体", "font_size": 16, "align": "center"}),
            "head": book.add_format({**_LOOK, "font_name": "黑体", "align": "center"}),
            "cell": book.add_format(_LOOK),
            "tick": book.add_format({**_LOOK, "align": "center"}),
        }
        order = {term.key: place for place, term in enumerate(FIELDS)}
        rows.sort(key=lambda one: (order.get(one.field, len(order)), one.seq, one.pk))
        for key, group in groupby(rows, key=lambda one: one.field):
            _sheet(book, looks, columns, title, key, list(group))
        if not rows:
            _sheet(book, looks, columns, title, "", [])
    return store.getvalue()


def _used(key: str, rows: Sequence[CatalogueEntry]) -> bool:
    return key != "field" and any(getattr(row, key) for row in rows)


def _sheet(
    book: Any, looks: dict[str, Any], columns: list[Column], title: str, key: str, rows: list[CatalogueEntry]
) -> None:
    name = FIELDS.title(key) if key else "标准目录"
    sheet = book.add_worksheet(name[:31])
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 2)
    sheet.freeze_panes(3, 0)
    last = len(columns) - 1
    sheet.merge_range(0, 0, 0, last, f"{title}{name}领域基层政务公开标准目录", looks["title"])
    _heads(sheet, columns, looks["head"])
    for number, row in enumerate(rows, start=3):
        for place, column in enumerate(columns):
            look = looks["tick" if column.width < 8 else "cell"]
            value = _value(column.key, row)
            if isinstance(value, int):
                sheet.write_number(number, place, value, look)
            else:
                sheet.write_string(number, place, value, look)


def _heads(sheet: Any, columns: list[Column], look: Any) -> None:
    place = 0
    for top, group in groupby(columns, key=lambda column: column.top):
        members = list(group)
        if not members[0].below:
            sheet.merge_range(1, place, 2, place, top, look)
        else:
            end = place + len(members) - 1
            if end > place:
                sheet.merge_range(1, place, 1, end, top, look)
            else:
                sheet.write_string(1, place, top, look)
            for offset, column in enumerate(members):
                sheet.write_string(2, place + offset, column.below, look)
        for offset, column in enumerate(members):
            sheet.set_column(place + offset, place + offset, column.width)
        place += len(members)


def _value(key: str, row: CatalogueEntry) -> str | int:
    value = getattr(row, key)
    if key == "carriers":
        return boxes(value)
    if isinstance(value, bool):
        return TICK if value else ""
    if value is None:
        return ""
    if key == "audience_specific" and value:
        return f"{TICK}{value}" if value != "特定群体" else TICK
    return value if isinstance(value, int) else str(value)
