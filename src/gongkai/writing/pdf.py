"""A report as a tagged PDF (PDF/UA-1), typeset by typst from a template that takes its text as data.

Fonts are the two that come with the package, so that every machine makes the same file; folders with the official
faces (方正小标宋简体, 仿宋_GB2312, 楷体_GB2312, 黑体) may be named and are then preferred.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
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
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')


def to_pdf(report: Report, *, fonts: Sequence[Path] = ()) -> bytes:
    """The PDF. ``fonts`` are folders of preferred fonts.

    A character that neither these nor the package's fonts hold is looked for in the fonts of the machine. Raises
    CannotWrite when none has it (a PDF would lose it without a word), and as ``compose``.
    """
    page = compose(report)
    data = json.dumps(_data(page, not fonts), ensure_ascii=False)
    try:
        return _typeset(page, data, fonts, machine=False)
    except typst.TypstError:
        try:
            return _typeset(page, data, fonts, machine=True)
        except typst.TypstError as error:
            raise CannotWrite(_reason(error)) from error


def _typeset(page: Page, data: str, fonts: Sequence[Path], *, machine: bool) -> bytes:
    day = page.published
    made = typst.compile(
        (files("gongkai.writing") / "data" / "report.typ").read_bytes(),
        format="pdf",
        pdf_standards="ua-1",
        sys_inputs={"report": data},
        font_paths=_fonts(tuple(fonts), machine),
        timestamp=int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) if day else 0,
    )
    return bytes(made)


@cache  # font files are opened once a process
def _fonts(folders: tuple[Path, ...], machine: bool) -> typst.Fonts:
    paths = [*(str(folder) for folder in folders), str(serif_path().parent)]
    return typst.Fonts(include_system_fonts=machine, include_embedded_fonts=False, font_paths=paths)


def _reason(error: typst.TypstError) -> str:
    missing = "、".join(dict.fromkeys(_MISSING.findall(error.diagnostic)))
    if missing:
        return f"PDF用的字体里没有这些字：{missing}。请改正文字，或用fonts指定含有这些字的字体文件夹，或改用DOCX输出。"
    return f"PDF排版没有成功：{error.message}。请改用DOCX输出。"


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
             "lines": part.lines(b), "heading": part.heads(b),
             "left": b.role == "label" and b.rowspan == 1 and narrow,
             "room": (5 if narrow else 16) if b.address else 0}
            for row in layout.rows() for b in row
        ],
    }  # fmt: skip
