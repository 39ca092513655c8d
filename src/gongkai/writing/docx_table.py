"""A statutory table as a Word table: cells merged as on the form, head rows that repeat, rows that don't break."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from gongkai.writing.docx_style import FILE, HEI, LATIN
from gongkai.writing.layout import Box, Layout
from gongkai.writing.page import Printed

_WIDTH = 8844  # 156 mm, the width of the text, in twentieths of a point
_ONE_PAGE = 40  # tables up to this many rows fit on one page and stay on it: all statutory tables do


def table(part: Printed, style_id: str) -> Any:
    """The ``w:tbl`` element."""
    layout = part.layout
    widths = [round(share * _WIDTH) for share in layout.widths]
    slots = {(box.row + r, box.column): box for box in layout.boxes for r in range(box.rowspan)}
    out = _node("w:tbl", None, _properties(layout.table.title))
    grid = _node("w:tblGrid", out)
    for width in widths:
        _node("w:gridCol", grid, w=str(width))
    for row in range(layout.height):
        line = _node("w:tr", out)
        pr = _node("w:trPr", line)
        _node("w:cantSplit", pr)
        if row < layout.head:
            _node("w:tblHeader", pr)
        column = 0
        while column < layout.width:
            box = slots[row, column]
            cell = _cell(box, sum(widths[column : column + box.colspan]), row == box.row)
            line.append(cell)
            _paragraph(cell, part, box if row == box.row else None, style_id, _together(layout, row))
            column += box.colspan
    return out


def _properties(caption: str) -> Any:
    pr = _node("w:tblPr", None)
    _node("w:tblW", pr, w=str(_WIDTH), type="dxa")
    _node("w:jc", pr, val="center")
    borders = _node("w:tblBorders", pr)
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _node(f"w:{side}", borders, val="single", sz="4", space="0", color="000000")
    _node("w:tblLayout", pr, type="fixed")
    margins = _node("w:tblCellMar", pr)
    for side, width in (("top", "30"), ("left", "40"), ("bottom", "30"), ("right", "40")):
        _node(f"w:{side}", margins, w=width, type="dxa")
    _node("w:tblLook", pr, val="0020", firstRow="1")
    _node("w:tblCaption", pr, val=caption)
    return pr


def _together(layout: Layout, row: int) -> bool:
    """Whether a row stays with the next: where the table fits on a page always, else inside a group as （三）不予公开."""
    if layout.height <= _ONE_PAGE:
        return row + 1 < layout.height
    return any(
        box.role == "label" and box.column > 0 and box.row <= row < box.row + box.rowspan - 1
        for box in layout.boxes
    )


def _cell(box: Box, width: int, first: bool) -> Any:
    cell = _node("w:tc", None)
    pr = _node("w:tcPr", cell)
    _node("w:tcW", pr, w=str(width), type="dxa")
    if box.colspan > 1:
        _node("w:gridSpan", pr, val=str(box.colspan))
    if box.rowspan > 1:
        _node("w:vMerge", pr, **({"val": "restart"} if first else {}))
    _node("w:vAlign", pr, val="center")
    return cell


def _paragraph(cell: Any, part: Printed, box: Box | None, style_id: str, together: bool) -> None:
    """The one paragraph of a cell; without a box the cell continues a merged one and is empty."""
    paragraph = _node("w:p", cell)
    form = _node("w:pPr", paragraph)
    _node("w:pStyle", form, val=style_id)
    if together:
        _node("w:keepNext", form)
    if box is None:
        return
    narrow = part.layout.narrow
    if narrow and (box.role == "corner" or (box.role == "label" and box.rowspan == 1)):
        _node("w:jc", form, val="left")
    if text := part.text(box):
        face = HEI if part.heads(box) else FILE
        _run(paragraph, part.lines(box), face, _size(box, text, narrow))


def _size(box: Box, text: str, narrow: bool) -> int:
    """Half points: 小五 in the wide tables, 五号 else; a long number in a narrow column is set smaller."""
    size, room = (18, 6) if narrow else (21, 16)
    return max(8, size * room // len(text)) if box.address and len(text) > room else size


def _run(paragraph: Any, lines: list[str], face: str, size: int) -> None:
    run = _node("w:r", paragraph)
    pr = _node("w:rPr", run)
    _node("w:rFonts", pr, ascii=LATIN, hAnsi=LATIN, eastAsia=face)
    _node("w:sz", pr, val=str(size))
    _node("w:szCs", pr, val=str(size))
    for i, line in enumerate(lines):
        if i:
            _node("w:br", run)
        _node("w:t", run).text = line


def _node(name: str, parent: Any, child: Any = None, /, **attributes: str) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    if child is not None:
        element.append(child)
    if parent is not None:
        parent.append(element)
    return element
