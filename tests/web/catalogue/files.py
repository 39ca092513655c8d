"""Small files for the tests, made here."""

from __future__ import annotations

import io
import zipfile

import docx
import xlsxwriter


def text_file(text: str) -> tuple[io.BytesIO, int]:
    """A text file and its size."""
    data = text.encode()
    return io.BytesIO(data), len(data)


def docx_bytes(*lines: str) -> bytes:
    """A DOCX of these paragraphs."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    store = io.BytesIO()
    document.save(store)
    return store.getvalue()


def macro_docx() -> bytes:
    """A DOCX with a VBA project in it."""
    store = io.BytesIO(docx_bytes("甲"))
    with zipfile.ZipFile(store, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return store.getvalue()


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    """An XLSX of these sheets."""
    store = io.BytesIO()
    with xlsxwriter.Workbook(store, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return store.getvalue()
