"""A form as a Word document, in the page and faces of gongkai.writing."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from gongkai.writing import docx_style
from gongkai.writing.page import clean

from .forms import Form

WIDTH = 156.0  # mm between the margins


def to_docx(form: Form, organ: str, facts: dict[str, str]) -> bytes:
    """The form filled in for `organ`."""
    document = docx.Document()
    docx_style.set_up(document)
    # The template brings its own author; a form that checks others for such things must not carry any.
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.title = form.title
    document.add_paragraph(form.title, style="Title")
    document.add_paragraph(f"机关：{clean(organ)}", style=docx_style.BYLINE)
    table = document.add_table(rows=len(form.rows), cols=form.columns, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for row, printed in zip(table.rows, form.rows, strict=True):
        row.height, row.height_rule = Mm(printed.tall), WD_ROW_HEIGHT_RULE.AT_LEAST
        at = 0
        for cell in printed.cells:
            place = row.cells[at].merge(row.cells[at + cell.span - 1])
            place.width = Mm(WIDTH / form.columns * cell.span)
            place.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            _fill(document, place, cell.label or facts[cell.value], centred=bool(cell.label), signed=cell.value.startswith("sign_"))
            at += cell.span
    document.add_paragraph(style=docx_style.TABLE)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _fill(document: Any, place: Any, text: str, *, centred: bool, signed: bool) -> None:
    lines = clean(text).split("\n")
    for number, line in enumerate(lines):
        paragraph = place.paragraphs[0] if number == 0 else place.add_paragraph()
        paragraph.style = document.styles[docx_style.TABLE]
        paragraph.add_run(line)
        last = signed and number and number == len(lines) - 1
        paragraph.alignment = (
            WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.RIGHT if last else WD_ALIGN_PARAGRAPH.LEFT
        )
