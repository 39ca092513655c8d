"""Reports that the tests of writing share: every figure state, both forms, and texts that mean harm."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import cycle

import msgspec

from gongkai.forms import form
from gongkai.report import Figure, Report, Section, State

HOSTILE = '<script>alert(1)</script>&amp;"\' #panic("x") $x$ *b* `r` =1+1 ]]> {{7*7}}'


def sample(key: str = "2021", **changes: object) -> Report:
    """A report with every figure state; its numbers differ from cell to cell so that a swap is seen."""
    figures: dict[str, Figure] = {}
    numbers = cycle(range(1, 400))
    for address, cell in form(key).cells.items():
        value = next(numbers)
        figures[address] = Figure.of(
            Decimal(value) + Decimal("0.0350") if cell.column.kind == "decimal" else value
        )
    figures["requests.granted.natural_person"] = Figure.of(0)
    figures["requests.granted.other_org"] = Figure(State.BLANK)
    figures["requests.granted.research_institution"] = Figure(State.NOT_APPLICABLE)
    figures["remedies.review.pending"] = Figure(State.UNREADABLE)
    if key == "2019":
        figures["disclosure.licensing.items_change"] = Figure.of(-7)
    year = 2020 if key == "2019" else 2024
    titles = [section.title for section in form(key).sections]
    texts = ("本年度工作有序开展。\n（一）主动公开情况\n更新目录12次。\n（二）依申请公开情况。答复及时。", "", "", "",
             "解读形式不多。\n下一步改进。", "没有其他需要报告的事项。")  # fmt: skip
    report = Report(
        source="sample",
        organ="东屏县水利局",
        year=year,
        form=key,
        title=f"东屏县水利局{year}年政府信息公开工作年度报告",
        published=date(year + 1, 1, 20),
        figures=figures,
        sections=tuple(
            Section(n, title, text) for n, (title, text) in enumerate(zip(titles, texts, strict=True), 1)
        ),
    )
    return msgspec.structs.replace(report, **changes)


def hostile() -> Report:
    """A report whose every text tries to be markup, a formula or code."""
    return sample(
        title=HOSTILE,
        organ='=HYPERLINK("http://example.invalid")',
        source="@SUM(A1)",
        sections=(
            Section(1, HOSTILE, HOSTILE + "\n（一）" + HOSTILE[:20] + "\n=cmd|' /C calc'!A0"),
            Section(6, "+1", "-2"),
        ),
    )
