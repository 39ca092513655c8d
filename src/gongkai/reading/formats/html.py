"""HTML pages: blocks as a reader sees them, tables with their spans, by selectolax.

Tables used for layout are walked through; tables inside cells of a statutory table are part of the cell. Tables made
of <div> come out as rows of cells in a grid that is not exact, pages whose cells are paragraphs as lines of text.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.reading.blocks import NOWHERE, Block, Document, Grid, Paragraph, Spot
from gongkai.reading.formats.html_shown import only_shown
from gongkai.reading.formats.html_tables import BLOCKS, DEEP, SKIPPED, SPACE, blocks_of_table, collapsed
from gongkai.reading.formats.line_tables import blocks_of_lines
from gongkai.reading.formats.text import decode
from gongkai.reading.limits import CannotRead, Limits

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_LEVELS = {f"h{n}": n for n in range(1, 7)}
_WRAPPERS = frozenset({"a", "span", "b", "strong", "font", "i", "em", "u"})  # elements that only dress a text
_MANY = 40_000  # tags; fewer cannot nest deep enough to hurt
_SHORTEST_TAG = len("<b>")
_TAG = re.compile(rb"<(/?)([a-zA-Z]+)")


def open_html(data: bytes, name: str, limits: Limits) -> Document:
    """A page. ``Document.text`` is its text as rendered, which paragraph spots count in."""
    if len(data) > 3 * limits.cells and sum(map(data.count, (b"<td", b"<th", b"<TD", b"<TH"))) > limits.cells:
        raise CannotRead("too_large", f"网页的表格超过{limits.cells}格。请核对网页，或只保存正文再试。")
    declared = _CHARSET.search(data[:4096])
    source = decode(data, declared[1].decode("ascii", "replace") if declared else None)
    _check_depth(data)
    tree = LexborHTMLParser(source)
    walker = _Walker(only_shown(tree, source))
    body = tree.body or tree.root
    if body is not None:
        walker.walk(body)
    walker.close()
    document = Document(name, "html", walker.blocks, meta=_meta(tree))
    if not any(isinstance(b, Grid) for b in document.blocks):
        _tables_from_lines(document, walker.stream)
    _number(document)
    if not document.blocks:
        raise CannotRead("corrupt", "网页没有任何文字。请核对网页是否保存完整。")
    return document


def _check_depth(data: bytes) -> None:
    """Refuse nesting no page has, before a tree of it is built and walked."""
    if len(data) < _MANY * _SHORTEST_TAG or data.count(b"<") < _MANY:
        return
    depth = deepest = 0
    for match in _TAG.finditer(data):
        if match[2].lower() in (b"div", b"table", b"span", b"b", b"i", b"font", b"ul", b"p", b"a", b"td", b"tr"):
            depth += -1 if match[1] else 1
            deepest = max(deepest, depth)
    if deepest > 20_000:
        raise CannotRead("too_large", "网页的标签嵌套过深，不是正常网页。请重新保存网页再试。")


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    out: dict[str, str] = {}
    title = tree.css_first("title")
    if title is not None and title.text(strip=True):
        out["title"] = title.text(strip=True)
    for node in tree.css("meta[name]"):
        attributes = node.attributes
        if attributes.get("content") and attributes.get("name"):
            out[str(attributes["name"])] = str(attributes["content"])
    return out


class _Walker:
    """Collects blocks in document order. ``stream`` is every piece of text with the block breaks between."""

    def __init__(self, apart: frozenset[int] = frozenset()) -> None:
        self._apart = apart  # elements that are blocks by their style
        self.blocks: list[Block] = []
        self.stream: list[str] = []
        self._inline: list[str] = []
        self._level = 0

    def walk(self, node: LexborNode, depth: int = 0) -> None:
        if depth > DEEP:
            self._inline.append(node.text(deep=True) or "")
            return
        child = node.child
        while child is not None:
            tag = child.tag
            if tag == "-text":
                text = child.text_content or ""
                if self._inline or not text.isspace() or "\xa0" in text:  # else the indentation of the source
                    self._inline.append(text)
            elif tag == "br":
                self._inline.append("\n")
            elif tag in SKIPPED:
                if tag == "iframe" and (inner := _inside(child)) is not None:
                    self.close()
                    self.walk(inner, depth + 1)
                    self.close()
            elif tag == "table":
                self.close()
                self._table(child, depth)
            elif tag in BLOCKS or (self._apart and child.mem_id in self._apart):
                self.close()
                self._level = _LEVELS.get(tag or "", self._level)
                if text := _only_text(child):
                    self.blocks.append(Paragraph(text, self._level, NOWHERE))
                    self.stream.append(text)
                else:
                    before = len(self.stream)
                    self.walk(child, depth + 1)
                    self.close(always=len(self.stream) == before)
                self._level = 0
            else:
                self.walk(child, depth + 1)
            child = child.next

    def close(self, *, always: bool = False) -> None:
        """End the open paragraph; ``always`` leaves a blank line in the stream for one without text."""
        if not self._inline:
            if always:
                self.stream.append("")
            return
        raw = "".join(self._inline)
        self._inline = []
        if "\n" not in raw:
            text = collapsed(raw).strip(" ")
            if bare := text.strip():
                self.blocks.append(Paragraph(bare, self._level, NOWHERE))
        else:
            text = "\n".join(SPACE.sub(" ", part) for part in raw.split("\n")).strip(" \n")
            self.blocks += [Paragraph(line.strip(), self._level, NOWHERE) for line in text.split("\n") if line.strip()]
        if text.strip(" \n\u3000"):
            self.stream.append(text)
        elif always:
            self.stream.append(text if "\xa0" in text else "")

    def _table(self, table: LexborNode, depth: int) -> None:
        found = blocks_of_table(table)
        if found is None:
            self.walk(table, depth + 1)
        else:
            self.blocks += found


def _inside(frame: LexborNode) -> LexborNode | None:
    """The page a frame carries in itself."""
    carried = frame.attributes.get("srcdoc")
    return LexborHTMLParser(carried).body if carried else None


def _only_text(block: LexborNode) -> str:
    """The text of a block that holds one plain text and nothing else, as a menu's entries do; "" for any other."""
    node = block.child
    while node is not None and node.next is None:
        tag = node.tag
        if tag == "-text":
            text = node.text_content or ""
            plain = text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]
            return text if plain else ""
        if tag not in _WRAPPERS:
            return ""
        node = node.child
    return ""


def _tables_from_lines(document: Document, stream: list[str]) -> None:
    """For a page without tables: its paragraphs as lines, in which tables may stand one cell a paragraph."""
    blocks = blocks_of_lines("\n".join(piece.replace("\n", " ") for piece in stream))
    if any(isinstance(b, Grid) for b in blocks):
        document.blocks = blocks


def _number(document: Document) -> None:
    """Give paragraphs their offsets in the page's text as rendered."""
    parts: list[str] = []
    place = 0
    for block in document.blocks:
        text = block.text if isinstance(block, Paragraph) else "\t".join([c.text for c in block.cells])
        if isinstance(block, Paragraph):
            block.spot = Spot(None, None, place, place + len(text))
        parts.append(text)
        place += len(text) + 1
    document.text = "\n".join(parts)
