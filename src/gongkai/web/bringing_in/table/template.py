"""The empty table people fill in."""

from __future__ import annotations

import io

from gongkai.web.catalogue import taxonomy
from gongkai.web.catalogue.models import Attribute, Validity

from .columns import COLUMNS

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAME = "信息导入模板.xlsx"


def template() -> bytes:
    """A workbook: the columns with an example row, what they mean, and the values they may hold."""
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#EDF1F5", "border": 1}
    )
    plain = book.add_format({"num_format": "@"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    items = book.add_worksheet("信息")
    items.freeze_panes(1, 2)
    for place, column in enumerate(COLUMNS):
        items.set_column(place, place, 30 if column.name in {"title", "body"} else 16, plain)
        items.write(0, place, column.title + ("*" if column.required else ""), head)
        items.write(1, place, column.example)
    notes = book.add_worksheet("填写说明")
    notes.set_column(0, 0, 20)
    notes.set_column(1, 1, 90, wrapped)
    notes.write_row(0, 0, ("列名", "说明（带*的必填；示例行请删去）"), head)
    for line, column in enumerate(COLUMNS, start=1):
        notes.write_row(line, 0, (column.title, ("必填。" if column.required else "") + column.note))
    values = book.add_worksheet("取值")
    for place, (title, words) in enumerate(_values().items()):
        values.set_column(place, place, 24)
        values.write(0, place, title, head)
        values.write_column(1, place, words)
    book.close()
    return target.getvalue()


def _values() -> dict[str, list[str]]:
    lists = {
        "信息类别": taxonomy.KINDS, "法定主动公开内容": taxonomy.ART20, "第二十一条事项": taxonomy.ART21,
        "主题分类": taxonomy.THEMES, "体裁分类": taxonomy.GENRES, "不公开理由": taxonomy.REASONS,
    }  # fmt: skip
    found = {title: [term.title for term in terms] for title, terms in lists.items()}
    found["公开属性"] = [str(label) for _, label in Attribute.choices]
    found["有效性"] = [str(label) for value, label in Validity.choices if value]
    return found
