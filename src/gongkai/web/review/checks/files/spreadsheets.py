"""Workbooks: hidden sheets, rows and columns, comments, links to other programs."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from gongkai.web.review.checks.finding import Found

from .packed import Pack, attribute, has, local, named, shared
from .reach import Reach
from .separated import DDE


def inspect(content: bytes, _name: str, reach: Reach) -> Iterator[Found]:
    """Everything in an XLSX that its printed sheets do not show."""
    pack = Pack(content, reach)
    for part, tree in pack.parts("workbook", "worksheet", "comments", "ThreadedComments", "externalLink"):
        if local(tree) == "workbook":
            yield from _sheets(tree)
        elif local(tree) == "worksheet":
            yield from _sheet(part, tree)
        elif local(tree) == "externalLink":
            if has(tree, "ddeLink"):
                yield Found("scripts", "含有会运行命令的链接（DDE）", value=part)
        elif count := sum(1 for _ in named(tree, "comment", "threadedComment")):
            yield Found("comments", f"有批注{count}处", value=f"{part}|{count}")
    yield from shared(pack, reach)


def _sheets(book: etree._Element) -> Iterator[Found]:
    for sheet in named(book, "sheet"):
        if attribute(sheet, "state") in {"hidden", "veryHidden"}:
            name = attribute(sheet, "name")
            yield Found("hidden_parts", f"有隐藏的工作表“{name}”", value=name)


def _sheet(part: str, tree: etree._Element) -> Iterator[Found]:
    rows = sum(attribute(one, "hidden") in {"1", "true"} for one in named(tree, "row"))
    columns = sum(attribute(one, "hidden") in {"1", "true"} for one in named(tree, "col"))
    place = f"第{''.join(filter(str.isdigit, part.rsplit('/', 1)[-1]))}个工作表"
    if rows or columns:
        yield Found("hidden_parts", f"有隐藏的行{rows}处、列{columns}处", place, value=f"{part}|{rows}|{columns}")
    for formula in named(tree, "f"):
        words = formula.text or ""
        if "|" in words and DDE.match(words):
            cell = formula.getparent()
            where = attribute(cell, "r") if cell is not None else ""
            yield Found("scripts", "单元格会运行命令（DDE）", place + where, words[:20], f"{part}|{where}|{words}")
