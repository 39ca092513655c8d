"""A report as a Word document in the measures of GB/T 9704-2012 (see docx_style)."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import docx
from docx.shared import Pt

from gongkai.report import Report
from gongkai.writing import docx_style, docx_table
from gongkai.writing.page import Heading, Page, Part, Printed, Text, compose

NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)  # the first date a zip can hold: stands for "not published yet"
_TITLE_CHARACTERS = 20  # what fits in one line at 二号


def to_docx(report: Report) -> bytes:
    """The document; the same report gives the same bytes. Raises CannotWrite as ``compose``."""
    page = compose(report)
    document = docx.Document()
    docx_style.set_up(document)
    _properties(document.core_properties, page)
    lines = page.title_lines if len(page.title) > _TITLE_CHARACTERS else (page.title,)
    title = document.add_paragraph(style="Title")
    for i, line in enumerate(lines):
        if i:
            title.add_run().add_break()
        title.add_run(line)
    if page.byline:
        document.add_paragraph("　".join(f"{k}：{v}" for k, v in page.byline), style=docx_style.BYLINE)
    after_table = False
    for part in page.parts:
        _part(document, part, after_table)
        after_table = isinstance(part, Printed)
    if after_table:
        document.add_paragraph(style=docx_style.TABLE)  # a document may not end with a table
    buffer = io.BytesIO()
    document.save(buffer)
    return _still(buffer.getvalue(), page.published)


def _part(document: Any, part: Part, after_table: bool) -> None:
    match part:
        case Heading(_, text):
            heading = document.add_paragraph(text, style="Heading 1")
            if after_table:
                heading.paragraph_format.space_before = Pt(10)
        case Text(lead, ""):
            document.add_paragraph(lead, style="Heading 2")
        case Text(lead, rest):
            paragraph = document.add_paragraph()
            if lead:
                paragraph.add_run(lead, style=docx_style.LEAD)
            paragraph.add_run(rest)
        case Printed():
            if part.title:
                document.add_paragraph(part.title, style="Heading 1")
            style = document.styles[docx_style.TABLE].style_id
            document.element.body.insert_element_before(docx_table.table(part, style), "w:sectPr")


def _properties(properties: Any, page: Page) -> None:
    day = page.published
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else NO_DATE
    # the format holds 255 characters in each of these
    properties.title, properties.author = page.title[:255], page.organ[:255]
    properties.last_modified_by, properties.comments = page.organ[:255], ""
    properties.created = properties.modified = moment
    properties.language, properties.subject, properties.keywords = "zh-CN", "政府信息公开工作年度报告", ""
    properties.revision = 1


def _still(data: bytes, published: date | None) -> bytes:
    """The same package with every member dated by the report, not by the clock."""
    day = max(published, NO_DATE.date()) if published else NO_DATE.date()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return out.getvalue()
