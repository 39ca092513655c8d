"""HTML pages: blocks as a reader sees them, tables with their spans, by selectolax.

Tables used for layout are walked through; tables inside cells of a statutory table are part of the cell. Tables made
of <div> come out as rows of cells in a grid that is not exact, pages whose cells are paragraphs as lines of text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.reading.blocks import NOWHERE, Block, Cell, Document, Grid, Paragraph, Spot
from gongkai.reading.formats.html_shown import only_shown
from gongkai.reading.formats.line_tables import blocks_of_lines
from gongkai.reading.formats.text import decode
from gongkai.reading.limits import CannotRead, Limits
from gongkai.reading.matching.labels import label

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_SKIPPED = frozenset({"script", "style", "noscript", "template", "select", "option", "button", "svg", "iframe", "head",
                      "object", "map", "-comment", "-doctype"})  # fmt: skip
_BLOCKS = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "section", "article",
                     "header", "footer", "nav", "aside", "main", "form", "blockquote", "pre", "center", "fieldset", "tr",
                     "td", "th", "tbody", "thead", "tfoot", "caption", "hr", "figure", "figcaption", "address"})  # fmt: skip
_LEVELS = {f"h{n}": n for n in range(1, 7)}
_WRAPPERS = frozenset({"a", "span", "b", "strong", "font", "i", "em", "u"})  # elements that only dress a text
_SPANNING = '[rowspan]:not([rowspan="1"]),[colspan]:not([colspan="1"])'
_SPACE = re.compile(r"[ \t\r\n\f]+")
_DEEP = 400  # elements inside elements; real pages stay below 60
_MANY = 40_000  # tags; fewer cannot nest deep enough to hurt
_PIECE = "\x1f"  # parts pieces of text; no text has it
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


def _collapsed(text: str) -> str:
    """The text with its white space as a browser shows it: runs of it as one space. Most texts have none."""
    return text if text.isprintable() and "  " not in text else _SPACE.sub(" ", text)


class _Walker:
    """Collects blocks in document order. ``stream`` is every piece of text with the block breaks between."""

    def __init__(self, apart: frozenset[int] = frozenset()) -> None:
        self._apart = apart  # elements that are blocks by their style
        self.blocks: list[Block] = []
        self.stream: list[str] = []
        self._inline: list[str] = []
        self._level = 0

    def walk(self, node: LexborNode, depth: int = 0) -> None:
        if depth > _DEEP:
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
            elif tag in _SKIPPED:
                if tag == "iframe" and (inner := _inside(child)) is not None:
                    self.close()
                    self.walk(inner, depth + 1)
                    self.close()
            elif tag == "table":
                self.close()
                self._table(child, depth)
            elif tag in _BLOCKS or (self._apart and child.mem_id in self._apart):
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
            text = _collapsed(raw).strip(" ")
            if bare := text.strip():
                self.blocks.append(Paragraph(bare, self._level, NOWHERE))
        else:
            text = "\n".join(_SPACE.sub(" ", part) for part in raw.split("\n")).strip(" \n")
            self.blocks += [Paragraph(line.strip(), self._level, NOWHERE) for line in text.split("\n") if line.strip()]
        if text.strip(" \n\u3000"):
            self.stream.append(text)
        elif always:
            self.stream.append(text if "\xa0" in text else "")

    def _table(self, table: LexborNode, depth: int) -> None:
        rows = _rows(table)
        if rows is None:
            nested = list(_own_rows(table))
            if not _is_statutory(nested):
                self.walk(table, depth + 1)
                return
            rows = [_cells(row) for row in nested]
        placed = _placed(rows, {node.mem_id for node in table.css(_SPANNING)})
        if any(c.text.strip() for row in placed for c in row):
            self.blocks += _without_prose(placed)


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


def _rows(table: LexborNode) -> list[list[LexborNode]] | None:
    """The cells of a table by rows; None when there are tables inside it."""
    rows: list[list[LexborNode]] = []
    for node in table.css("table,tr,td,th"):
        tag = node.tag
        if tag == "tr":
            rows.append([])
        elif tag != "table":
            if rows:
                rows[-1].append(node)
        elif node.mem_id != table.mem_id:
            return None
    return rows


def _own_rows(table: LexborNode) -> Iterator[LexborNode]:
    """The rows of a table itself, not of tables inside it."""
    child = table.child
    while child is not None:
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from _own_rows(child)
        child = child.next


def _cells(row: LexborNode) -> list[LexborNode]:
    out = []
    child = row.child
    while child is not None:
        if child.tag in ("td", "th"):
            out.append(child)
        child = child.next
    return out


def _is_statutory(rows: list[LexborNode]) -> bool:
    """Whether a table that has tables inside is itself one of the form: its own cells are labels of it."""
    labels = 0
    for row in rows:
        for cell in _cells(row):
            text = cell.text(deep=True) or ""
            labels += len(text) < 200 and label(text) is not None
            if labels >= 3:
                return True
    return False


def _span(node: LexborNode, name: str) -> int:
    """A span as browsers take it: what is no number above 0 is 1."""
    raw = (node.attrs.sget(name) or "").strip()
    return min(int(raw), 1000) if raw.isdecimal() and int(raw) else 1


def _placed(rows: list[list[LexborNode]], spanning: set[int]) -> list[list[Cell]]:
    """Cells with their slots, as browsers place them: a cell goes to the first slot no cell above spans into."""
    out: list[list[Cell]] = []
    taken: dict[int, int] = {}  # column -> rows it is still taken for
    reach = 0
    for i, row in enumerate(rows):
        column, cells, free = 0, [], reach <= i
        for node in row:
            while not free and taken.get(column, 0) > i:
                column += 1
            rowspan = colspan = 1
            if node.mem_id in spanning:
                rowspan, colspan = _span(node, "rowspan"), _span(node, "colspan")
                if rowspan > 1:
                    rowspan = min(rowspan, len(rows) - i)
                    reach = max(reach, i + rowspan)
                    for j in range(column, column + colspan):
                        taken[j] = i + rowspan
            text = node.text(True, _PIECE)
            if len(text) > 1 and not (text.isprintable() and "  " not in text):
                text = _cell_text(node, text)
            cells.append(Cell(text, i, column, rowspan, colspan, NOWHERE))
            column += colspan
        out.append(cells)
    return out


def _cell_text(node: LexborNode, text: str) -> str:
    """The text of a cell as a browser shows it; ``text`` is it with its pieces apart."""
    if _PIECE not in text:
        return _collapsed(text)
    if _PIECE not in text.strip(" \t\r\n\f\x1f"):  # one piece of text: no breaks to find
        return _SPACE.sub(" ", text.replace(_PIECE, ""))
    parts: list[str] = []
    _inner_text(node, parts, 0)
    return "\n".join(part for line in "".join(parts).split("\n") if (part := _SPACE.sub(" ", line).strip(" "))) or (
        "\xa0" if any("\xa0" in p for p in parts) else "")  # fmt: skip


def _inner_text(node: LexborNode, parts: list[str], depth: int) -> None:
    child = node.child
    while child is not None:
        tag = child.tag
        if tag == "-text":
            parts.append(_SPACE.sub(" ", child.text_content or ""))
        elif tag == "br":
            parts.append("\n")
        elif tag not in _SKIPPED:
            if tag in _BLOCKS and parts:
                parts.append("\n")
            if depth < _DEEP:
                _inner_text(child, parts, depth + 1)
        child = child.next


def _without_prose(rows: list[list[Cell]]) -> list[Block]:
    """A grid, with rows that hold only one long text or a section title taken out as paragraphs.

    Some pages are one table whole, prose in rows that span it; and layout tables hold an article in one cell.
    """
    width = max(row[-1].column + row[-1].colspan for row in rows if row)
    out: list[Block] = []
    open_cells: list[Cell] = []
    for cells in rows:
        alone = _alone(cells, width)
        if alone is None:
            open_cells += cells
            continue
        if open_cells:
            out.append(Grid(open_cells))
            open_cells = []
        out += [Paragraph(line.strip(), 0, NOWHERE) for line in alone.text.split("\n") if line.strip()]
    if open_cells:
        out.append(Grid(open_cells))
    return out


def _alone(cells: list[Cell], width: int) -> Cell | None:
    """The one cell of a row that prints anything, when it is prose and no part of a table."""
    if len(cells) > 1 and cells[0].text.strip() and cells[1].text.strip():
        return None  # as most rows are
    printed = [c for c in cells if c.text and not c.text.isspace()]
    if len(printed) != 1:
        return None
    only = printed[0]
    fills = only.colspan >= width or len(cells) == 1 or len(only.text) > 60
    return only if fills and only.rowspan == 1 and label(only.text) is None and not only.text.strip().isdigit() else None


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
