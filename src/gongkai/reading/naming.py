"""Whether a file's name says what its content is. It is read by content either way, and the difference is told."""

from __future__ import annotations

from pathlib import PurePosixPath

from gongkai.report import Problem, Trace

_WORDS = {
    "pdf": "PDF文档",
    "image": "图片",
    "ofd": "OFD版式文件",
    "docx": "Word文档（docx）",
    "doc": "Word 97—2003文档（doc）",
    "sheet": "电子表格",
    "mht": "单文件网页（mht）",
    "html": "网页",
    "text": "纯文本",
}
_PROMISED = {
    "pdf": "pdf",
    "ofd": "ofd",
    "docx": "docx",
    "doc": "doc",
    "wps": "doc",
    "xlsx": "sheet",
    "xls": "sheet",
    "et": "sheet",
    "png": "image",
    "jpg": "image",
    "jpeg": "image",
    "tif": "image",
    "tiff": "image",
    "htm": "html",
    "html": "html",
    "mht": "mht",
    "mhtml": "mht",
    "txt": "text",
    "md": "text",
}


def misnamed(name: str, kind: str) -> Problem | None:
    """The problem when the extension of ``name`` promises another kind than ``kind`` (as ``detect`` tells it).

    A single-file page under .html, and text that happens to hold tags under .txt, are what they say they are.
    """
    extension = PurePosixPath(name).suffix[1:].lower()
    promised = _PROMISED.get(extension, kind)
    if promised == kind or {promised, kind} <= {"html", "mht", "text"}:
        return None
    message = f"文件名以“.{extension}”结尾，内容却是{_WORDS[kind]}，已按内容读取。请改正文件名，以免别人打不开。"
    return Problem("misnamed", message, trace=Trace("read", file=name))
