"""Tables of a page: their rows and cells with their slots, and the text of a cell, as browsers show them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from gongkai.reading.blocks import NOWHERE, Block, Cell, Grid, Paragraph
from gongkai.reading.matching.labels import label

# Elements that show no text of the page, and those that stand on lines of their own.
SKIPPED = frozenset({"script", "style", "noscript", "template", "select", "option", "button", "svg", "iframe", "head",
                     "object", "map", "-comment", "-doctype"})  # fmt: skip
BLOCKS = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "section", "article",
                    "header", "footer", "nav", "aside", "main", "form", "blockquote", "pre", "center", "fieldset", "tr",
                    "td", "th", "tbody", "thead", "tfoot", "caption", "hr", "figure", "figcaption", "address"})  # fmt: skip
_SPANNING = '[rowspan]:not([rowspan="1"]),[colspan]:not([colspan="1"])'
SPACE = re.compile(r"[ \t\r\n\f]+")
DEEP = 400  # elements inside elements; real pages stay below 60
_PIECE = "\x1f"  # parts pieces of text; no text has it


def blocks_of_table(table: LexborNode) -> list[Block] | None:
    """What a table prints, prose in it as paragraphs; None for one that only lays out the page."""
    rows = _rows(table)
    if rows is None:
        nested = list(_own_rows(table))
        if not _is_statutory(nested):
            return None
        rows = [_cells(row) for row in nested]
    placed = _placed(rows, {node.mem_id for node in table.css(_SPANNING)})
    return _without_prose(placed) if any(c.text.strip() for row in placed for c in row) else []


def collapsed(text: str) -> str:
    """The text with its white space as a browser shows it: runs of it as one space. Most texts have none."""
    return text if text.isprintable() and "  " not in text else SPACE.sub(" ", text)


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
        return collapsed(text)
    if _PIECE not in text.strip(" \t\r\n\f\x1f"):  # one piece of text: no breaks to find
        return SPACE.sub(" ", text.replace(_PIECE, ""))
    parts: list[str] = []
    _inner_text(node, parts, 0)
    return "\n".join(part for line in "".join(parts).split("\n") if (part := SPACE.sub(" ", line).strip(" "))) or (
        "\xa0" if any("\xa0" in p for p in parts) else "")  # fmt: skip


def _inner_text(node: LexborNode, parts: list[str], depth: int) -> None:
    child = node.child
    while child is not None:
        tag = child.tag
        if tag == "-text":
            parts.append(SPACE.sub(" ", child.text_content or ""))
        elif tag == "br":
            parts.append("\n")
        elif tag not in SKIPPED:
            if tag in BLOCKS and parts:
                parts.append("\n")
            if depth < DEEP:
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
