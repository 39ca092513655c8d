"""What a file carries that could run: said to whoever sent it, and never run or passed on."""

from __future__ import annotations

import re
from importlib import import_module

from gongkai.reading.archive import Archive
from gongkai.reading.limits import CannotRead, Limits
from gongkai.web.house import macros

MACRO = "文件中含有宏。本站只读取文字和表格，没有运行宏。"
SCRIPT = "PDF中含有脚本。本站只读取文字和表格，没有运行脚本。"


def hazards(data: bytes) -> list[str]:
    """A sentence for each; [] when nothing in the file can run (or it cannot be opened: then the reader says so)."""
    if data[:2] == b"PK":
        return [MACRO] if _has_macros(data) else []
    if data[:8] == macros.OLE:
        return [MACRO] if macros.in_compound(data) else []
    if data[:1024].lstrip().startswith(b"%PDF"):
        return [SCRIPT] if _has_script(data) else []
    return []


def _has_macros(data: bytes) -> bool:
    try:
        with Archive(data, Limits()) as archive:
            return macros.in_package(archive)
    except CannotRead:  # the reader will say so
        return False


def _has_script(data: bytes) -> bool:
    if re.search(rb"/JavaScript|/JS[\s(/<]", data):
        return True
    pdfium, raw = import_module("pypdfium2"), import_module("pypdfium2.raw")
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        return False
    try:
        # catches scripts inside compressed object streams, which the plain bytes do not show
        return int(raw.FPDFDoc_GetJavaScriptActionCount(pdf)) > 0
    finally:
        pdf.close()
