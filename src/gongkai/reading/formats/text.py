"""Plain text and Markdown: charset, then lines into paragraphs and tables (``line_tables``)."""

from __future__ import annotations

import codecs
import re

from gongkai.reading.blocks import Document
from gongkai.reading.formats.line_tables import blocks_of_lines
from gongkai.reading.formats.separated import as_tables
from gongkai.reading.limits import CannotRead, Limits

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of a file: BOM, then the declared charset, then UTF-8, then GB 18030, then Big5.

    Raises CannotRead("corrupt") for bytes that are text in none of them.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data.decode(name, "replace")
    names = ["utf-8", "gb18030", "big5"]
    if declared:
        # pages that say gb2312 use characters beyond it: GB 18030 holds them all
        name = "gb18030" if declared.lower() in ("gb2312", "gbk", "gb_2312-80", "x-gbk") else declared
        names = [name, *names]
    for name in names:
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    text = data.decode("utf-8", "replace")
    if text.count("�") * 20 > len(text):
        raise CannotRead("corrupt", "文件不是文本，或编码无法识别。请用UTF-8编码另存后再试。")
    return text


def open_text(data: bytes, name: str, limits: Limits) -> Document:
    """A text or Markdown file. Offsets of spots count characters of ``Document.text``."""
    text = decode(data)
    if not text.strip():
        raise CannotRead("corrupt", "文件是空的。请核对上传的文件。")
    if len(_CONTROL.findall(text[:4096])) * 10 > len(text[:4096]):
        raise CannotRead("corrupt", "文件是二进制内容，不是文本。请核对文件格式。")
    if text.count("|") + text.count("\n") > limits.cells:
        raise CannotRead("too_large", f"文本行数与单元格数超过上限{limits.cells}。请拆分后再试。")
    document = Document(name, "text", text=text)
    document.blocks = blocks_of_lines(as_tables(text))
    return document
