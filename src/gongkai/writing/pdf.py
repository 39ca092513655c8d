"""A report as a tagged PDF (PDF/UA-1), typeset by typst from a template that takes its text as data.

Fonts are the two that come with the package, so that every machine makes the same file; folders with the official
faces (方正小标宋简体, 仿宋_GB2312, 楷体_GB2312, 黑体) may be named and are then preferred.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst
from pylopdf_fonts_zh_cn import serif_path

from gongkai.report import Report
from gongkai.writing.page import CannotWrite, Heading, Page, Part, Printed, Text, compose

_FONTS = {
    "song": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "Noto Serif SC"),
    "file": ("FangSong_GB2312", "FangSong", "STFangsong", "Noto Serif SC"),
    "kai": ("KaiTi_GB2312", "KaiTi", "STKaiti", "Noto Serif SC"),
    "hei": ("SimHei", "STHeiti", "Noto Sans SC"),
}


def to_pdf(report: Report, *, fonts: Sequence[Path] = ()) -> bytes:
    """The PDF. ``fonts`` are folders of preferred fonts. Raises CannotWrite as ``compose``, or when typesetting fails."""
    page = compose(report)
    template = (files("gongkai.writing") / "data" / "report.typ").read_bytes()
    data = json.dumps(_data(page, not fonts), ensure_ascii=False)
    day = page.published
    stamp = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) if day else 0
    options: dict[str, Any] = {
        "format": "pdf",
        "sys_inputs": {"report": data},
        "font_paths": [*(str(f) for f in fonts), str(serif_path().parent)],
        "ignore_system_fonts": True,
        "timestamp": stamp,
    }
    try:
        return bytes(typst.compile(template, pdf_standards="ua-1", **options))
    except typst.TypstError as error:
        if "could not be displayed with" not in str(error) and "does not map to any glyph" not in str(error):
            raise CannotWrite(f"PDF排版没有成功：{error}。请改用DOCX或HTML输出。") from error
    # A character that no font holds is printed as an empty box; PDF/UA forbids it, so the file can't claim PDF/UA.
    return bytes(typst.compile(template, **options))


def _data(page: Page, heavy: bool) -> dict[str, Any]:
    return {
        "title": page.title,
        "author": page.organ,
        "keywords": ["政府信息公开", "年度报告"],
        "title-lines": page.title_lines,
        "byline": [f"{k}：{v}" for k, v in page.byline],
        "fonts": _FONTS,
        "heavy": heavy,
        "parts": [part for p in page.parts for part in _part(p)],
    }


def _part(part: Part) -> Iterator[dict[str, Any]]:
    match part:
        case Heading(_, text):
            yield {"kind": "heading", "text": text}
        case Text(lead, ""):
            yield {"kind": "subhead", "text": lead}
        case Text(lead, rest):
            yield {"kind": "text", "lead": lead, "text": rest}
        case Printed():
            yield _table(part)


def _table(part: Printed) -> dict[str, Any]:
    layout = part.layout
    narrow = layout.narrow
    return {
        "kind": "table",
        "title": part.title,
        "alt": layout.table.title,
        "head": layout.head,
        "size": 9 if narrow else 10.5,  # 小五, 五号
        "widths": layout.widths,
        "cells": [
            {"x": b.column, "y": b.row, "rowspan": b.rowspan, "colspan": b.colspan, "text": part.text(b),
             "lines": part.lines(b), "heading": b.role in ("caption", "group", "column"),
             "left": b.role == "label" and b.rowspan == 1 and narrow,
             "room": (5 if narrow else 16) if b.address else 0}
            for row in layout.rows() for b in row
        ],
    }  # fmt: skip
