"""Links in files: what a reader of the file can click on, with its words and its place. Not followed here."""

from __future__ import annotations

import ctypes
import posixpath
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from lxml import etree

from gongkai.web.review.checks.finding import Link

from .packed import Pack, attribute, local, named

MOST = 200
"""Links kept of one file."""
_LONGEST = 2000
_PAGES = 400
_FIELD = re.compile(r'HYPERLINK\s+(?!\\l)"?([^"\s\\][^"\s]*)"?', re.I)
_FORMULA = re.compile(r'HYPERLINK\s*\(\s*"([^"]+)"', re.I)
_NUMBER = re.compile(r"(\d+)\.xml$")


def links_in(content: bytes, family: str) -> tuple[list[Link], bool]:
    """The links of a content of this family, each address once, and whether there were more than MOST."""
    look = _LOOK.get(family)
    found: dict[str, Link] = {}
    for link in islice(look(content) if look is not None else (), MOST * 20):
        address = link.address.strip()[:_LONGEST]
        if address and not address.startswith("#"):
            found.setdefault(address, Link(address, " ".join(link.words.split())[:60], link.place))
    return list(found.values())[:MOST], len(found) > MOST


def _targets(pack: Pack, part: str) -> dict[str, str]:
    """The addresses that a part refers to by id."""
    folder, name = posixpath.split(part)
    tree = pack.tree(f"{folder}/_rels/{name}.rels")
    return {
        one.get("Id", ""): one.get("Target", "")
        for one in (tree if tree is not None else ())
        if isinstance(one.tag, str) and one.get("Type", "").endswith("/hyperlink") and one.get("TargetMode") == "External"
    }


def _text(element: etree._Element) -> str:
    return "".join(one.text or "" for one in named(element, "t"))


def _marked(element: etree._Element, targets: dict[str, str], place: str) -> Iterator[Link]:
    """Links made with a reference: words, pictures and shapes."""
    for one in named(element, "hyperlink", "hlinkClick", "hlinkHover", "hlinkMouseOver"):
        if address := targets.get(attribute(one, "id"), ""):
            yield Link(address, _text(one) or attribute(one, "display") or attribute(one, "tooltip"), place)


def _words(content: bytes) -> Iterator[Link]:
    pack = Pack(content)
    for part, tree in pack.parts("document", "footnotes", "endnotes", "hdr", "ftr", "comments", "glossaryDocument"):
        targets = _targets(pack, part)
        where = _PARTS.get(local(tree), "")
        for number, paragraph in enumerate(named(tree, "p"), 1):
            place = where or f"第{number}段"
            yield from _marked(paragraph, targets, place)
            fields = "".join(one.text or "" for one in named(paragraph, "instrText"))
            fields += "".join(f" {attribute(one, 'instr')}" for one in named(paragraph, "fldSimple"))
            yield from (Link(found[1], _text(paragraph), place) for found in _FIELD.finditer(fields))


_PARTS = {"footnotes": "脚注", "endnotes": "尾注", "hdr": "页眉", "ftr": "页脚"}


def _sheets(content: bytes) -> Iterator[Link]:
    pack = Pack(content)
    for part, tree in pack.parts("worksheet"):
        targets, where = _targets(pack, part), f"第{_number(part)}个工作表"
        for one in named(tree, "hyperlink"):
            if address := targets.get(attribute(one, "id"), ""):
                yield Link(address, attribute(one, "display"), f"{where}{attribute(one, 'ref')}")
        for cell in named(tree, "c"):
            for formula in named(cell, "f"):
                for found in _FORMULA.finditer(formula.text or ""):
                    yield Link(found[1], "", f"{where}{attribute(cell, 'r')}")
    for part, tree in pack.parts("wsDr"):
        yield from _marked(tree, _targets(pack, part), "图形")


def _slides(content: bytes) -> Iterator[Link]:
    pack = Pack(content)
    for part, tree in pack.parts("sld"):
        targets, place = _targets(pack, part), f"第{_number(part)}张幻灯片"
        for run in named(tree, "r"):
            yield from (Link(one.address, _text(run), place) for one in _marked(run, targets, place))
        yield from _marked(tree, targets, place)


def _number(part: str) -> str:
    found = _NUMBER.search(part)
    return found[1] if found else ""


def _ofd(content: bytes) -> Iterator[Link]:
    for _, tree in Pack(content).parts("Page", "PageAnnot", "Document"):
        for one in named(tree, "URI"):
            yield Link(f"{attribute(one, 'Base')}{attribute(one, 'URI')}")


def _pdf(content: bytes) -> Iterator[Link]:
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    document = pdfium.PdfDocument(content)
    try:
        for number in range(min(len(document), _PAGES)):
            page = document[number]
            yield from _of_page(raw, document, page, f"第{number + 1}页")
            page.close()
    finally:
        document.close()


def _of_page(raw: Any, document: Any, page: Any, place: str) -> Iterator[Link]:
    words = page.get_textpage()
    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page, position, link):
        action = raw.FPDFLink_GetAction(link)
        if not action:
            continue
        if address := _address(raw, document, action):
            yield Link(address, _under(raw, words, link), place)
    words.close()


def _address(raw: Any, document: Any, action: Any) -> str:
    """Where the action leads: an ordinary link names an address, one to another file (GoToR, Launch) a path."""
    if raw.FPDFAction_GetType(action) == raw.PDFACTION_URI:
        buffer = ctypes.create_string_buffer(max(1, raw.FPDFAction_GetURIPath(document, action, None, 0)))
        raw.FPDFAction_GetURIPath(document, action, buffer, len(buffer))
        return buffer.value.decode("utf-8", "replace")
    buffer = ctypes.create_string_buffer(max(1, raw.FPDFAction_GetFilePath(action, None, 0)))
    raw.FPDFAction_GetFilePath(action, buffer, len(buffer))
    path = buffer.value.decode("utf-8", "replace")
    return f"file:{path}" if path else ""


def _under(raw: Any, words: Any, link: Any) -> str:
    box = raw.FS_RECTF()
    if not raw.FPDFLink_GetAnnotRect(link, box):
        return ""
    text: str = words.get_text_bounded(box.left, box.bottom, box.right, box.top)
    return text


_LOOK: dict[str, Callable[[bytes], Iterator[Link]]] = {
    "docx": _words, "xlsx": _sheets, "pptx": _slides, "pdf": _pdf, "ofd": _ofd,
}  # fmt: skip
