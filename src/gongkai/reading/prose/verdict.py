"""Whether a document is a report at all: a page about reports is none, and a report can have lost its tables."""

from __future__ import annotations

import re
from typing import Literal

from gongkai.reading.blocks import Document
from gongkai.reading.prose.lines import Lines, lines_of
from gongkai.reading.prose.sections import Part, parts
from gongkai.reading.prose.titles import titles
from gongkai.report import Problem

Kind = Literal["report", "report_without_tables", "other"]

_ABOUT = re.compile(r"解读|图解|答记者问|问答|通报|推进会|培训|会议|的通知$|通知>|模板|格式|指南")
_MESSAGES = {
    "report_without_tables": ("no_table", "正文是政府信息公开工作年度报告，但没有可读的统计表（可能是图片，或在转载时丢失）。"
                              "请提供含表格的原件。"),
    "other": ("not_a_report", "这不是政府信息公开工作年度报告：没有报告的各部分标题，也没有统计表。请核对文件或网址。"),
}  # fmt: skip


def kind_of(lines: Lines, found: tuple[Part, ...], *, has_tables: bool) -> Kind:
    """What a document is, from its sections, its title, and whether any of the three tables was found in it.

    Three sections make a report, two if it is also titled as one.
    """
    if has_tables:
        return "report"
    numbers = {p.number for p in found if p.number}
    head = next((p.first for p in found if p.number), len(lines.items))
    given = titles(lines, head)
    titled = any(t.kind != "quoted" and not _ABOUT.search(t.text) for t in given)
    enough = len(numbers) >= 3 or (len(numbers) == 2 and titled)
    return "report_without_tables" if enough else "other"


def is_report(document: Document, has_tables: bool, lines: Lines | None = None) -> Problem | None:
    """None for a report with tables; else the problem: ``no_table`` for a report without, ``not_a_report``."""
    if has_tables:
        return None  # before the lines are read again for nothing
    lines = lines or lines_of(document)
    kind = kind_of(lines, parts(lines), has_tables=False)
    code, message = _MESSAGES[kind]
    return Problem(code, message)
