"""Prints Chinese pages to PDF with typst, and pictures of them, for tests of the page formats."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import typst
from pylopdf_fonts_zh_cn import serif_path

HEAD = '#set page(paper: "a4", margin: 2cm)\n#set text(font: "Noto Serif SC", size: 10.5pt, lang: "zh")\n'


@cache
def pdf(body: str) -> bytes:
    """The PDF of typst markup, A4, serif Chinese."""
    return typst.compile((HEAD + body).encode(), font_paths=[str(Path(serif_path()).parent)])


def table(rows: list[list[str]], columns: str | None = None, stroke: str = "0.5pt") -> str:
    """Typst markup of a plain table of texts."""
    cells = ",\n".join(", ".join(f"[{c}]" for c in row) for row in rows)
    return f"#table(columns: {columns or len(rows[0])}, stroke: {stroke}, align: center + horizon, {cells})\n"
