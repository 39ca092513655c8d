"""What was decided about one document and why, in words: for ``gongkai read --explain``."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.forms import form
from gongkai.reading.blocks import Grid, Paragraph
from gongkai.reading.pipeline import Steps
from gongkai.report import Figure, Report, State, Trace

_FIELDS = {"organ": "机关", "year": "年度", "title": "标题", "period": "统计期限", "published": "发布日期", "form": "格式"}
_STATES = {State.NUMBER: "数字", State.ZERO: "0", State.BLANK: "空白", State.NOT_APPLICABLE: "不适用", State.UNREADABLE: "读不清"}
_STATUS = {"read": "两种读法相符或一种读法确定", "inferred": "推断", "unreadable": "读不出"}


def explain(steps: Steps | Report) -> str:
    """The whole story of one document: how it opened, which form and why, every figure that is not simply read."""
    report = steps if isinstance(steps, Report) else steps.report
    lines = [f"文件：{report.source}"]
    if isinstance(steps, Steps):
        lines += _opened(steps)
    lines += _identity(report)
    if isinstance(steps, Steps) and steps.form is not None:
        lines += _tables(steps)
    lines += _claims(report)
    lines += ["问题："] + [f"  [{p.code}] {p.message}{_where(p.trace)}" for p in report.problems] if report.problems else ["问题：无"]
    return "\n".join(lines)


def _opened(steps: Steps) -> Iterator[str]:
    blocks = steps.document.blocks
    grids = [b for b in blocks if isinstance(b, Grid)]
    paragraphs = sum(isinstance(b, Paragraph) for b in blocks)
    yield f"打开：{steps.document.kind}，段落{paragraphs}个，表格{len(grids)}个"
    for number, grid in enumerate(grids, 1):
        rows = max((c.row + c.rowspan for c in grid.cells), default=0)
        columns = max((c.column + c.colspan for c in grid.cells), default=0)
        how = f"{rows}行{columns}列" if grid.exact else f"{len(grid.cells)}格依次排列，没有可靠的列"
        yield f"  表格{number}：{how}{_page(grid)}"
    yield "格式：" + "，".join(f"{key}年格式特有的表头与行名{count}个" for key, count in steps.votes.items()) + (
        f"，按{steps.form.key}年格式读" if steps.form else "，无法判定"
    )


def _page(grid: Grid) -> str:
    return f"（第{grid.spot.page}页）" if grid.spot.page else f"（工作表“{grid.spot.sheet}”）" if grid.spot.sheet else ""


def _identity(report: Report) -> Iterator[str]:
    yield f"机关：{report.organ or '未能判定'}；年度：{report.year or '未能判定'}；标题：{report.title or '无'}"
    for one in report.evidence:
        yield f"  {_FIELDS.get(one.field, one.field)}→{one.value or '？'}：{one.evidence}{_where(one.trace)}"


def _tables(steps: Steps) -> Iterator[str]:
    report, geometry, sequence = steps.report, steps.geometry, steps.sequence
    for table in steps.form.tables.values() if steps.form else ():
        cells = [a for a in report.figures if a.startswith(table.key + ".")]
        both = sum(a in geometry.figures and a in sequence.figures for a in cells)
        only = [sum(a in x.figures and a not in y.figures for a in cells) for x, y in ((geometry, sequence), (sequence, geometry))]
        yield f"{table.title}：{len(cells)}格，表头与顺序都读到{both}格，只凭表头{only[0]}格，只凭顺序{only[1]}格"
        for address in cells:
            figure = report.figures[address]
            if figure.trace is None or figure.trace.status != "read" or figure.trace.uncertain:
                yield f"  {_label(report, address)}：{_shown(figure)}{_reason(figure.trace)}{_where(figure.trace)}"


def _label(report: Report, address: str) -> str:
    return form(str(report.form)).cells[address].label


def _shown(figure: Figure) -> str:
    return str(figure.value) if figure.value is not None else _STATES[figure.state]


def _reason(trace: Trace | None) -> str:
    if trace is None:
        return ""
    return f"（{_STATUS[trace.status]}：{trace.reason}）" if trace.reason else f"（{_STATUS[trace.status]}）"


def _claims(report: Report) -> Iterator[str]:
    yield "正文所述：" if report.claims else "正文所述：没有可核对的数字"
    for claim in report.claims:
        raw = f"“{claim.trace.raw}”" if claim.trace and claim.trace.raw else ""
        yield f"  {claim.name} = {claim.value} {raw}{_where(claim.trace)}"


def _where(trace: Trace | None) -> str:
    """A place in words: page, sheet, table, row and cell, or characters."""
    if trace is None:
        return ""
    parts = [
        f"第{trace.page}页" if trace.page else "",
        f"工作表“{trace.sheet}”" if trace.sheet else "",
        f"表格{trace.table}第{trace.row}行第{trace.column}格" if trace.table and trace.row else "",
        f"第{trace.start}—{trace.end}字" if trace.start is not None and not trace.table else "",
    ]
    place = "".join(parts)
    return f"［{place}］" if place else ""
