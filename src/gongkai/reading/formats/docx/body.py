"""The body of a .docx -> blocks, in reading order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from gongkai.reading.blocks import Block, Grid, Paragraph
from gongkai.reading.formats.docx.numbering import Lists
from gongkai.reading.formats.docx.styles import Style, outline
from gongkai.reading.formats.docx.xml import Node, attribute, child, local, number, switched_on, value
from gongkai.reading.formats.lattice import Merge, Room, Row, table_blocks
from gongkai.reading.limits import Limits

Embedded = Callable[[str], list[Block]]
"""Opens an embedded web page by its relationship id."""

_THROUGH = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple",
                      "body", "dir", "bdo", "ruby", "rubyBase", "oMath", "oMathPara", "r"})  # fmt: skip
"""Wrappers whose content is part of what they stand in."""
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_MOST_COLUMNS = 1024
_MARK = re.compile(r"[\[(（〔]?\s*(?:\d{1,2}|[①-⑳*※])\s*[\])）〕]?")


class Body:
    """Reads the body of one document; keeps the running numbers and the count of cells."""

    def __init__(self, styles: Mapping[str, Style], lists: Lists, limits: Limits, embedded: Embedded):
        self._styles, self._lists, self._room, self._embedded = styles, lists, Room(limits), embedded

    def read(self, root: Node) -> list[Block]:
        body = child(root, "body")
        found = [] if body is None else list(self._blocks(body))
        return [block for block in found if isinstance(block, Grid) or block.text.strip()]

    def _blocks(self, node: Node) -> Iterator[Block]:
        for below in node:
            name = local(below)
            if name == "p":
                yield from self._paragraph(below)
            elif name == "tbl":
                yield from self._table(below)
            elif name == "altChunk":
                yield from self._embedded(attribute(below, "id"))
            elif name == "AlternateContent":
                yield from self._blocks(_choice(below))
            elif name in _THROUGH:
                yield from self._blocks(below)

    def _paragraph(self, node: Node) -> Iterator[Block]:
        """The paragraph, then what floats over it: the text boxes anchored in it."""
        properties = child(node, "pPr")
        style_id = value(properties, "pStyle") or ""
        boxes: list[Node] = []
        text = "".join(_text(node, boxes))
        if text.strip():
            text = self._lists.label(properties, style_id, self._styles) + text
        level = outline(properties)
        if level is None:
            level = (self._styles.get(style_id) or self._styles.get("") or Style()).level
        yield Paragraph(text, level)
        for box in boxes:
            yield from self._blocks(box)

    def _table(self, node: Node) -> Iterator[Block]:
        yield from table_blocks([self._row(row) for row in _rows(node)])

    def _row(self, node: Node) -> Row:
        properties = child(node, "trPr")
        column = _span(value(properties, "gridBefore"), 0)
        row = Row()
        for cell in _children(node, "tc"):
            about = child(cell, "tcPr")
            if child(about, "cellDel") is not None:
                continue
            self._room.take(1)
            span = _span(value(about, "gridSpan"), 1)
            if row.pieces and _continues(value(about, "hMerge")):
                row.pieces[-1].right += span
                column += span
                continue
            row.add(column, column + span, list(self._blocks(cell)), _merge(about))
            column = min(column + span, _MOST_COLUMNS)
        return row


def _text(node: Node, boxes: list[Node]) -> Iterator[str]:
    """The printed text of a paragraph; text boxes met on the way go to ``boxes``."""
    for below in node:
        name = local(below)
        if name == "t":
            yield below.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name == "sym":
            yield _symbol(attribute(below, "char"))
        elif name == "AlternateContent":
            yield from _text(_choice(below), boxes)
        elif name in ("drawing", "pict", "object"):
            boxes.extend(_text_boxes(below))
        elif name in _THROUGH and not (name == "r" and (switched_on(child(below, "rPr"), "vanish") or _note(below))):
            yield from _text(below, boxes)


def _note(run: Node) -> bool:
    """Whether a run is the raised mark of a note (12¹ is 12); a raised text that is no such mark is text."""
    if value(child(run, "rPr"), "vertAlign") != "superscript":
        return False
    return _MARK.fullmatch("".join(_text(run, []))) is not None


def _text_boxes(node: Node) -> Iterator[Node]:
    for below in node:
        if local(below) == "txbxContent":
            yield below
        elif local(below) == "AlternateContent":
            yield from _text_boxes(_choice(below))
        else:
            yield from _text_boxes(below)


def _choice(node: Node) -> Node:
    """The branch of mc:AlternateContent that Word shows; the others repeat the same text for older programs."""
    found = child(node, "Choice")
    if found is None:
        found = child(node, "Fallback")
    return node if found is None else found


def _rows(node: Node) -> Iterator[Node]:
    for row in _children(node, "tr"):
        if child(row, "trPr", "del") is None:
            yield row


def _children(node: Node, wanted: str) -> Iterator[Node]:
    """Rows or cells, also inside content controls and insertions."""
    for below in node:
        if local(below) == wanted:
            yield below
        elif local(below) in _THROUGH:
            yield from _children(below, wanted)


def _merge(about: Node | None) -> Merge:
    text = value(about, "vMerge")
    if text is None:
        return "none"
    return "first" if text == "restart" else "more"


def _continues(text: str | None) -> bool:
    return text is not None and text != "restart"


def _span(text: str | None, least: int) -> int:
    return min(max(number(text, least), least), _MOST_COLUMNS)


def _symbol(code: str) -> str:
    """A character of a symbol font; those of the private area mean nothing outside their font."""
    try:
        sign = int(code, 16)
    except ValueError:
        return ""
    return chr(sign) if 0x20 <= sign < 0xD800 else ""
