"""PDF: words under boxes and pictures, invisible words, annotations, layers, scripts, embedded files, properties."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Any

from gongkai.web.review.checks.finding import Found

from . import pictures
from .covered import hidden_words
from .media import archive_behind
from .reach import Reach

PAGES = 400
_LAYERS = re.compile(rb"/OCProperties\b")
_ACTIONS = re.compile(rb"/(?:JavaScript|JS)\b|/S\s*/Launch\b|/OpenAction\s*<<[^>]*/S\s*/(?:JavaScript|Launch|SubmitForm)")
_PACKED = re.compile(rb"/Type\s*/ObjStm\b.{0,400}?stream\r?\n", re.S)
_PACKET = re.compile(rb"<x:xmpmeta\b.{0,65536}?</x:xmpmeta>", re.S)
_FACTS = (("Author", "作者"), ("Subject", "主题"), ("Keywords", "关键词"))
# What a reader sees anyway, or does not look at: links, form fields, pop-ups of other annotations.
_HARMLESS = {"LINK", "POPUP", "WIDGET", "PRINTERMARK"}


def inspect(content: bytes, _name: str, reach: Reach) -> Iterator[Found]:
    """Everything in a PDF beside what one sees."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(content)
    try:
        yield from _whole(document, content, reach)
        for number in range(min(len(document), PAGES)):
            page = document[number]
            yield from _annotations(page, f"第{number + 1}页")
            for message, words in hidden_words(page):
                told = words[:2] + "…" if len(words) > 2 else "…"
                yield Found("hidden_text", message, f"第{number + 1}页", told, words)
            page.close()
        if len(document) > PAGES:
            yield Found("unchecked", f"超过{PAGES}页，其余各页没有检查", value="pages")
    finally:
        document.close()


def _whole(document: Any, content: bytes, reach: Reach) -> Iterator[Found]:
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    loose = content + b"\n".join(_unpacked(content))
    if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0 or _ACTIONS.search(loose):
        yield Found("scripts", "含有脚本或自动动作", value="scripts")
    for place in range(document.count_attachments()):
        attached = document.get_attachment(place)
        name = attached.get_name()
        yield Found("embedded_files", f"嵌入了文件“{name}”", value=name)
        try:
            data = bytes(attached.get_data())
        except pdfium.PdfiumError:
            yield Found("unchecked", f"读不出嵌入的文件“{name}”", value=f"attached:{name}")
            continue
        yield from reach.within(data, name)
    if _LAYERS.search(loose):
        yield Found("hidden_layers", "含有可以显示或隐藏的图层", value="layers")
    if b"<script" in content[: max(0, content.find(b"%PDF-"))].lower():
        yield Found("disguised", "文件中夹带网页代码", value="page")
    yield from archive_behind(content, reach)
    yield from pictures.told_in_pdf(content)
    facts = document.get_metadata_dict(skip_empty=True)
    if packet := _PACKET.search(loose):
        facts["Author"] = facts.get("Author", "").strip() or pictures.creator_in(packet[0])
    told = "；".join(f"{label}：{facts[key][:40]}" for key, label in _FACTS if facts.get(key, "").strip())
    if told:
        yield Found("metadata", "文档属性中有信息", "", told, told)


def _unpacked(content: bytes) -> Iterator[bytes]:
    """The insides of object streams, where dictionaries of newer files lie."""
    for match in _PACKED.finditer(content):
        try:
            yield zlib.decompressobj().decompress(content[match.end() : match.end() + (8 << 20)], 32 << 20)
        except zlib.error:
            continue


def _annotations(page: Any, place: str) -> Iterator[Found]:
    from pypdfium2 import raw

    names = {getattr(raw, f"FPDF_ANNOT_{name}"): name for name in (*_KINDS, *_HARMLESS, "REDACT")}
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        kind = names.get(raw.FPDFAnnot_GetSubtype(annotation), "UNKNOWN")
        raw.FPDFPage_CloseAnnot(annotation)
        if kind == "REDACT":
            yield Found("hidden_text", "有没有执行的密文标记，下面的文字还在", place, value=f"redact{index}")
        elif kind not in _HARMLESS:
            yield Found("annotations", f"有批注（{_KINDS.get(kind, '其他')}）", place, value=f"{kind}{index}")


_KINDS = {
    "TEXT": "便笺", "FREETEXT": "文本框", "SQUARE": "矩形", "CIRCLE": "圆形", "HIGHLIGHT": "高亮", "UNDERLINE": "下划线",
    "STRIKEOUT": "删除线", "STAMP": "图章", "INK": "手写", "FILEATTACHMENT": "附件", "LINE": "直线", "CARET": "插入符",
}  # fmt: skip
