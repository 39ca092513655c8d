"""The empty table of organs people fill in: the columns, with the words a cell may hold to choose from."""

from __future__ import annotations

import io

from .columns import COLUMNS

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAME = "机关导入模板.xlsx"
_ROWS = 5000


def template() -> bytes:
    """A workbook with one sheet that `read_table` reads; its heads are the columns' own titles."""
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    head = {"bold": True, "bg_color": "#EDF1F5", "border": 1}
    wanted, may = book.add_format({**head, "font_color": "#1F4E8C"}), book.add_format(head)
    text = book.add_format({"num_format": "@"})
    sheet = book.add_worksheet("机关")
    sheet.freeze_panes(1, 2)
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, 24 if column.name in {"name", "address"} else 14, text)
        sheet.write(0, place, column.title, wanted if column.required else may)
        note = ("必填。" if column.required else "") + column.note
        if note:
            sheet.write_comment(0, place, note)
        if column.words:
            sheet.data_validation(1, place, _ROWS, place, {"validate": "list", "source": list(column.words)})
    book.close()
    return target.getvalue()
