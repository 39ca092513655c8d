"""A report as one standalone page: no script, nothing fetched, readable on a phone and fit for the printer.

The statutory tables are real tables: headings with scope, and every figure names its headings (``headers``) and its
address (``data-address``). Page tags are those of 《政府网站发展指引》 (国办发〔2017〕47号).
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib.resources import files

from gongkai.report import Report
from gongkai.writing.layout import Box
from gongkai.writing.page import Heading, Page, Part, Printed, Text, compose

_NOTES = {"blank": "空白", "not_applicable": "不适用", "unreadable": "读不清"}


def to_html(report: Report) -> bytes:
    """The page in UTF-8. Raises CannotWrite as :func:`gongkai.writing.page.compose`."""
    page = compose(report)
    style = (files("gongkai.writing") / "data" / "report.css").read_text("utf-8")
    body = "\n".join(_body(page))
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        # nothing may be loaded or run, whatever a report's text tries
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(page.title)}</title>\n{''.join(_meta(page))}<style>\n{style}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    ).encode("utf-8", "replace")


def _meta(page: Page) -> Iterator[str]:
    tags = {
        "ArticleTitle": page.title,
        "PubDate": page.published.isoformat() if page.published else "",
        "ContentSource": page.organ,
        "Author": page.organ,
        "ColumnType": "政府信息公开年报",
        "Keywords": "政府信息公开,年度报告" + (f",{page.year}年" if page.year is not None else ""),
    }
    for name, content in tags.items():
        if content:
            yield f'<meta name="{name}" content="{escape(content)}">\n'


def _body(page: Page) -> Iterator[str]:
    yield f"<main>\n<article>\n<header>\n<h1>{'<wbr>'.join(map(escape, page.title_lines))}</h1>"
    if page.byline:
        items = "".join(f"<span>{escape(k)}：{escape(v)}</span>" for k, v in page.byline)
        yield f'<p class="byline">{items}</p>'
    yield "</header>"
    ids: set[str] = set()
    for part in page.parts:
        yield _part(part, ids)
    yield "</article>\n</main>"


def _part(part: Part, ids: set[str]) -> str:
    match part:
        case Heading():
            name = f"s{part.number}" + ("" if f"s{part.number}" not in ids else f"-{len(ids)}")
            ids.add(name)
            return f'<h2 id="{name}">{escape(part.text)}</h2>'
        case Text(lead, ""):
            return f"<h3>{escape(lead)}</h3>"
        case Text(lead, rest):
            return f"<p>{f'<b>{escape(lead)}</b>' if lead else ''}{escape(rest)}</p>"
    return _table(part)


def _table(part: Printed) -> str:
    layout = part.layout
    key = layout.table.key
    shown = "" if part.title else ' class="quiet"'
    out = [f'<table class="stat {key}" role="table">', f"<caption{shown}>{escape(layout.table.title)}</caption>",
           "<colgroup>" + "".join(f'<col style="width:{w:.2%}">' for w in layout.widths) + "</colgroup>"]  # fmt: skip
    rows = layout.rows()
    if layout.head:
        out += ['<thead role="rowgroup">', *(_row(part, row) for row in rows[: layout.head]), "</thead>"]
    band = -1
    for row in rows[layout.head :]:
        if row[0].band != band:
            out += ["</tbody>"] * (band >= 0) + ['<tbody role="rowgroup">']
            band = row[0].band
        out.append(_row(part, row))
    return "\n".join([*out, "</tbody>", "</table>"])


def _row(part: Printed, row: list[Box]) -> str:
    return '<tr role="row">' + "".join(_cell(part, box) for box in row) + "</tr>"


def _cell(part: Printed, box: Box) -> str:
    spans = (f' rowspan="{box.rowspan}"' if box.rowspan > 1 else "") + (
        f' colspan="{box.colspan}"' if box.colspan > 1 else "")  # fmt: skip
    text = escape(part.text(box))
    key = part.layout.table.key
    if box.address:
        state = part.state(box)
        heads = " ".join(_id(key, h) for h in part.layout.headings(box))
        note = f' title="{_NOTES[state]}"' if state in _NOTES else ""
        return (f'<td role="cell" class="{state}{_total(box)}" data-address="{box.address}" headers="{heads}"'
                f"{spans}{note}>{text}</td>")  # fmt: skip
    if box.role == "corner":
        if part.heads(box):
            return (
                f'<th role="columnheader" scope="col" id="{_id(key, box)}" class="corner"{spans}>{text}</th>'
            )
        return f'<td role="cell" class="corner"{spans}>{text}</td>'
    role = "rowheader" if box.role == "label" else "columnheader"
    step = f" step{box.column}" if box.role == "label" else ""
    # a narrow heading breaks after its number: （三）/不予公开
    text = f"{escape(box.number)}<wbr>{escape(box.text)}" if box.number and box.rowspan > 1 else text
    return (f'<th role="{role}" scope="{box.scope}" id="{_id(key, box)}" class="{box.role}{step}"'
            f"{spans}>{text}</th>")  # fmt: skip


def _id(key: str, box: Box) -> str:
    return f"{key}-{box.row}-{box.column}"


def _total(box: Box) -> str:
    _, row, column = box.address.split(".")
    return " total" if "total" in (column, row.rpartition("_")[2]) else ""
