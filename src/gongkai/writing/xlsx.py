"""A report as a workbook: 年度报告 laid out as the form, 数据 with one row a figure, 各部分文字 with one row a paragraph.

Text is written as text whatever it begins with: nothing a report says can become a formula or a link.
"""

from __future__ import annotations

import io
import math
from datetime import UTC, datetime
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from gongkai.forms import form
from gongkai.report import Report, State
from gongkai.writing.layout import Box, layouts
from gongkai.writing.page import CannotWrite, Heading, Page, Part, Printed, Text, compose, numeral
from gongkai.writing.printed import MARKS, number
from gongkai.writing.rows import figure_rows

_GRID = 15  # columns of the sheet, as many as table four has; the other tables span several
_SPANS = {4: (6, 3, 3, 3), 10: (2, 2, 4, 1, 1, 1, 1, 1, 1, 1), 15: (1,) * 15}
_CHARACTERS = 50  # Chinese characters that fit in a line across the sheet
_LINE = 20.0  # points
_TALLEST = 409.0  # points, the format's limit for a row
_LONGEST = 32767  # characters, the format's limit for a cell
_EXACT = 15  # significant digits a spreadsheet keeps
_STATES = {
    "number": "数字",
    "zero": "零",
    "blank": "空白",
    "not_applicable": "不适用",
    "unreadable": "读不清",
}
_BASE = {"font_name": "仿宋", "font_size": 11, "valign": "vcenter", "text_wrap": True}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_name": "方正小标宋简体", "font_size": 18, "align": "center"},
    "byline": {"font_name": "楷体", "align": "center"},
    "heading": {"font_name": "黑体", "font_size": 12},
    "lead": {"font_name": "楷体", "font_size": 12, "indent": 2},
    "text": {"font_size": 12, "indent": 2},
    "head": {"font_name": "黑体", "font_size": 10, "align": "center", "border": 1},
    "group": {"font_size": 10, "align": "center", "border": 1},
    "label": {"font_size": 10, "align": "left", "border": 1},
    "figure": {"align": "center", "border": 1},
    "plain": {"text_wrap": False},
    "column": {"font_name": "黑体", "bottom": 1, "text_wrap": False},
}


def to_xlsx(report: Report) -> bytes:
    """The workbook; the same report gives the same bytes. Raises CannotWrite as ``compose`` and for over-long texts."""
    page = compose(report)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    })  # fmt: skip
    day = page.published
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else datetime(1980, 1, 1, tzinfo=UTC)
    book.set_properties({"title": page.title[:255], "author": page.organ[:255], "created": moment})
    looks = {name: book.add_format({**_BASE, **look}) for name, look in _LOOKS.items()}
    _Printer(book, looks).page(page)
    _data(book, looks, report)
    _texts(book, looks, page)
    book.close()
    return buffer.getvalue()


class _Printer:
    """Writes the printed page from top to bottom; ``row`` is the next free row."""

    def __init__(self, book: Any, looks: dict[str, Any]) -> None:
        self.book, self.looks, self.row = book, looks, 0
        self.sheet = book.add_worksheet("年度报告")
        self.numbers: dict[int, Any] = {}
        self.sheet.set_column(0, _GRID - 1, 7)
        _paper(self.sheet)
        self.sheet.center_horizontally()
        self.sheet.set_footer("&C— &P —")
        self.sheet.hide_gridlines(2)

    def page(self, page: Page) -> None:
        self.line(page.title, "title", 34)
        if page.byline:
            self.line("　".join(f"{k}：{v}" for k, v in page.byline), "byline")
        for part in page.parts:
            self.part(part)

    def part(self, part: Part) -> None:
        match part:
            case Heading(_, text):
                self.line(text, "heading", 30)
            case Text(lead, ""):
                self.line(lead, "lead")
            case Text(lead, rest):
                self.line(lead + rest, "text")
            case Printed():
                if part.title:
                    self.line(part.title, "heading", 30)
                self.table(part)

    def line(self, text: str, look: str, height: float = _LINE) -> None:
        _bounded(text)
        self.sheet.merge_range(self.row, 0, self.row, _GRID - 1, "", self.looks[look])
        self.sheet.write_string(self.row, 0, text, self.looks[look])
        self.sheet.set_row(self.row, min(_TALLEST, height * math.ceil(len(text) / _CHARACTERS or 1)))
        self.row += 1

    def table(self, part: Printed) -> None:
        layout = part.layout
        spans = _SPANS[layout.width]
        left = [sum(spans[:i]) for i in range(layout.width + 1)]
        for box in layout.boxes:
            top, first = self.row + box.row, left[box.column]
            bottom, last = top + box.rowspan - 1, left[box.column + box.colspan] - 1
            look = self.looks[_look(box)]
            if (bottom, last) != (top, first):
                self.sheet.merge_range(top, first, bottom, last, "", look)
            self.cell(part, box, top, first, look)
        for row, boxes in enumerate(layout.rows()):
            self.sheet.set_row(
                self.row + row, 18.0 * max(_lines(part, b, left) for b in boxes if b.rowspan == 1)
            )
        self.row += layout.height + 1

    def cell(self, part: Printed, box: Box, row: int, column: int, look: Any) -> None:
        text = part.text(box)
        value = _number(text) if part.state(box) in ("number", "zero") else None
        if value is None:
            self.sheet.write_string(row, column, text, look)
        else:
            self.sheet.write_number(row, column, value, self.figure(text))

    def figure(self, text: str) -> Any:
        """The look of a number with as many decimals as it is recorded with."""
        places = len(text.partition(".")[2])
        if places not in self.numbers:
            pattern = "0." + "0" * places if places else "0"
            self.numbers[places] = self.book.add_format({**_BASE, **_LOOKS["figure"], "num_format": pattern})
        return self.numbers[places]


def _look(box: Box) -> str:
    if box.address:
        return "figure"
    if box.role == "label":
        return "group" if box.rowspan > 1 else "label"
    return "group" if box.role == "corner" else "head"


def _lines(part: Printed, box: Box, left: list[int]) -> int:
    """How many lines a cell needs at about 3.5 Chinese characters a column."""
    room = int(3.5 * (left[box.column + box.colspan] - left[box.column]))
    return max(1, math.ceil(len(part.text(box)) / room)) if not box.address else 1


def _number(text: str) -> float | None:
    """The number a spreadsheet may hold without changing it; None for a longer one or one with its unit."""
    digits = text.lstrip("-").replace(".", "")
    return float(text) if digits.isdecimal() and len(digits.lstrip("0")) <= _EXACT else None


def _data(book: Any, looks: dict[str, Any], report: Report) -> None:
    sheet = book.add_worksheet("数据")
    _paper(sheet)
    sheet.repeat_rows(0)
    for column, (name, width) in enumerate(
        (("地址", 44), ("表", 34), ("行", 60), ("列", 44), ("数值", 14), ("单位", 8), ("状态", 10))
    ):
        sheet.set_column(column, column, width, looks["plain"])
        sheet.write_string(0, column, name, looks["column"])
    sheet.freeze_panes(1, 0)
    paths = _paths(report.form) if report.form else {}
    for row, figure in enumerate(figure_rows(report), 1):
        for column, text in enumerate((figure.address, figure.table, *paths[figure.address])):
            sheet.write_string(row, column, text)
        text = MARKS[State(figure.state)] if figure.value is None else number(figure.value)
        value = None if figure.value is None else _number(text)
        if value is None:
            sheet.write_string(row, 4, text)
        else:
            sheet.write_number(row, 4, value)
        sheet.write_string(row, 5, figure.unit)
        sheet.write_string(row, 6, _STATES[figure.state])


def _paths(key: str) -> dict[str, tuple[str, str]]:
    """Row and column of each figure with all they stand under: 表三／三、本年度办理结果／（一）予以公开, 申请人情况／自然人.

    So a row of this sheet names its figure whole, and no reader can take the sheet for the printed form.
    """
    out = {}
    for layout in layouts(form(key)):
        for box in layout.boxes:
            heads = layout.headings(box) if box.address else []
            beside = [h.number + h.text for h in heads if h.role == "label"]
            above = [h.text for h in heads if h.role != "label"]
            out[box.address] = ("／".join([f"表{numeral(layout.table.section)}", *beside]), "／".join(above))
    return out


def _texts(book: Any, looks: dict[str, Any], page: Page) -> None:
    sheet = book.add_worksheet("各部分文字")
    _paper(sheet)
    for column, (name, width) in enumerate((("部分", 44), ("段", 6), ("文字", 110))):
        sheet.set_column(column, column, width, looks["text" if column == 2 else "plain"])
        sheet.write_string(0, column, name, looks["column"])
    sheet.freeze_panes(1, 0)
    row = count = 0
    heading = ""
    for part in page.parts:
        match part:
            case Heading(_, text):
                heading, count = text, 0
            case Text(lead, rest):
                row, count = row + 1, count + 1
                sheet.write_string(row, 0, heading)
                sheet.write_number(row, 1, count)
                sheet.write_string(row, 2, lead + rest)


def _paper(sheet: Any) -> None:
    """A4, as many pages long as it takes and one wide."""
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _bounded(text: str) -> None:
    if len(text) > _LONGEST:
        raise CannotWrite(
            f"有一段文字长{len(text)}字，超过Excel单元格{_LONGEST}字的上限：“{text[:20]}…”。请分段，或改用DOCX输出。"
        )
