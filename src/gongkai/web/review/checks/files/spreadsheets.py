"""Workbooks: hidden sheets, rows and columns, comments."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.web.review.checks.finding import Found

from .packed import Pack, attribute, named, shared


def inspect(content: bytes) -> Iterator[Found]:
    """Everything in an XLSX that its printed sheets do not show."""
    pack = Pack(content)
    book = pack.tree("xl/workbook.xml")
    for sheet in named(book, "sheet") if book is not None else ():
        if attribute(sheet, "state") in {"hidden", "veryHidden"}:
            name = attribute(sheet, "name")
            yield Found("hidden_parts", f"有隐藏的工作表“{name}”", value=name)
    for part, tree in pack.trees("xl/worksheets/"):
        rows = sum(attribute(one, "hidden") in {"1", "true"} for one in named(tree, "row"))
        columns = sum(attribute(one, "hidden") in {"1", "true"} for one in named(tree, "col"))
        if rows or columns:
            number = "".join(filter(str.isdigit, part.rsplit("/", 1)[-1]))
            yield Found(
                "hidden_parts", f"有隐藏的行{rows}处、列{columns}处", f"第{number}个工作表", value=f"{part}|{rows}|{columns}"
            )
    for part, tree in pack.trees("xl/"):
        if "omments" in part.rsplit("/", 1)[-1] or "/threadedComments/" in part:
            count = sum(1 for _ in named(tree, "comment", "threadedComment"))
            if count:
                yield Found("comments", f"有批注{count}处", value=f"{part}|{count}")
    yield from shared(pack)
