"""Annual reports composed for these tests: an invented city, figures that add up or do not."""

from __future__ import annotations

from gongkai.forms import form
from gongkai.report import Figure, Report, Section
from gongkai.writing import to_bytes

TITLE = "临禾市水务局2023年政府信息公开工作年度报告"
_TEXTS = {
    1: "（一）主动公开。全年主动公开信息120条。（二）依申请公开。全年新收政府信息公开申请53件，上年结转5件。",
    5: "存在的主要问题是更新不够及时。下一步将加强培训。",
    6: "本年度没有发出收费通知，未收取信息处理费。",
}


def figures(broken: bool = False, year: int = 2023) -> dict[str, Figure]:
    """Every figure of the form of 2021: zeros, a few requests, and on request a total typed into the first cell."""
    values = dict.fromkeys(form("2021").cells, 0)
    row = {"natural_person": 42, "commercial_enterprise": 6, "legal_service_org": 1, "other_org": 4, "total": 53}
    for column, value in row.items():
        values[f"requests.new_received.{column}"] = value
    values["requests.carried_in.natural_person"] = values["requests.carried_in.total"] = 5
    done = {**row, "natural_person": 44, "total": 55}
    for column, value in done.items():
        values[f"requests.granted.{column}"] = values[f"requests.results_total.{column}"] = value
    values["requests.carried_forward.natural_person"] = values["requests.carried_forward.total"] = 3
    if broken:
        shifted = dict(zip(_COLUMNS, [53, 42, 6, 0, 0, 1, 53], strict=True))
        for column, value in shifted.items():
            values[f"requests.new_received.{column}"] = value
    return {address: Figure.of(value) for address, value in values.items()}


_COLUMNS = [column.key for column in form("2021").tables["requests"].columns]


def report(broken: bool = False, year: int = 2023) -> Report:
    """The whole report."""
    sections = tuple(
        Section(number, section.title, _TEXTS.get(number, "")) for number, section in enumerate(form("2021").sections, 1)
    )
    return Report("样本", "临禾市水务局", year, "2021", TITLE.replace("2023", str(year)), figures=figures(broken), sections=sections)


def document(to: str = "html", *, broken: bool = False, year: int = 2023) -> bytes:
    """The report as a document of some format."""
    return to_bytes(report(broken, year), to)


def text(*, broken: bool = False) -> bytes:
    """The report as a text whose tables are rows of pipes, as scrapers leave them."""
    the = report(broken)
    lines = [TITLE, ""]
    for section in the.sections:
        lines += [f"{'一二三四五六'[section.number - 1]}、{section.title}", section.text]
        table = form("2021").sections[section.number - 1].table
        lines += _rows(the, table) if table else []
    return "\n".join(lines).encode()


def _rows(the: Report, key: str) -> list[str]:
    from gongkai.writing.layout import layouts
    from gongkai.writing.page import compose

    part = next(p for p in compose(the).parts if hasattr(p, "layout") and p.layout.table.key == key)
    layout = next(one for one in layouts(form("2021")) if one.table.key == key)
    grid = [["" for _ in range(layout.width)] for _ in range(layout.height)]
    for box in layout.boxes:
        grid[box.row][box.column] = part.text(box)
    return ["| " + " | ".join(row) + " |" for row in grid]
