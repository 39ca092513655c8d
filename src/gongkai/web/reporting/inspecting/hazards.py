"""What a file carries that could run: said to whoever sent it, and never run or passed on."""

from __future__ import annotations

import io
import re
import zipfile
from importlib import import_module

MACRO = "文件中含有宏。本站只读取文字和表格，没有运行宏。"
SCRIPT = "PDF中含有脚本。本站只读取文字和表格，没有运行脚本。"
_OLE = b"\xd0\xcf\x11\xe0"


def hazards(data: bytes) -> list[str]:
    """A sentence for each; [] when nothing in the file can run (or it cannot be opened: then the reader says so)."""
    if data[:2] == b"PK":
        return [MACRO] if _has_macros(data) else []
    if data[:4] == _OLE:
        return [MACRO] if _has_ole_macros(data) else []
    if data[:1024].lstrip().startswith(b"%PDF"):
        return [SCRIPT] if _has_script(data) else []
    return []


def _has_macros(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(name.lower().endswith("vbaproject.bin") for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def _has_ole_macros(data: bytes) -> bool:
    olefile = import_module("olefile")
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            return any(part.upper() in ("VBA", "MACROS") for path in file.listdir() for part in path)
    except Exception:  # a made-up OLE file may break olefile anywhere; the reader will say that it is corrupt
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
