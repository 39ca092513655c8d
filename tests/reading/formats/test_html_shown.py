"""What of a page is seen: hidden, struck-out and raised words in cells, hidden tables, fields, frames, cells by style."""

from __future__ import annotations

import pytest

from gongkai.reading.blocks import Grid, Paragraph
from gongkai.reading.formats.html import open_html
from gongkai.reading.limits import Limits

LABELS = ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（一）予以公开", "2.重复申请", "（七）总计", "四、结转下年度继续办理")


def blocks(body: str, head: str = "") -> list[Grid | Paragraph]:
    return open_html(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "x.html", Limits()).blocks


def table(figure: int, attributes: str = "") -> str:
    return f"<table {attributes}>" + "".join(f"<tr><td>{label}</td><td>{figure}</td></tr>" for label in LABELS) + "</table>"


def figures(found: list[Grid | Paragraph]) -> set[str]:
    return {c.text for b in found if isinstance(b, Grid) for c in b.cells if c.text.isdigit()}


@pytest.mark.parametrize(("cell", "text"), [
    ('<span style="display: none;">9</span>12', "12"),
    ('<span style="color:red;DISPLAY:NONE">9</span>12', "12"),
    ('<i style="visibility:hidden">9</i>12', "12"),
    ("<b hidden>9</b>12", "12"),
    ('<i class="hd">9</i>12', "12"),
    ('<i class="wide">9</i>12', "912"),
    ('<i class="printed">9</i>12', "912"),
    ("<del>9</del>12", "12"),
    ("<s>9</s><u>12</u>", "12"),
    ('<span style="text-decoration:line-through">9</span>12', "12"),
    ("12<sup>1</sup>", "12"),
    ("12<SUP>1</SUP>", "12"),
    ("12<sup>[1]</sup>", "12"),
    ("12<sup>①</sup>", "12"),
    ('12<span style="vertical-align:super">2</span>', "12"),
    ("<sup>12</sup>", "12"),
    ("12<sup>345</sup>", "12345"),
    ('<input type="text" value="12" readonly>', "12"),
    ('<input type="hidden" value="9">12', "12"),
])  # fmt: skip
def test_a_figure_is_what_its_cell_shows(cell: str, text: str) -> None:
    style = "<style>@media print{.printed{display:none}} .hd , .other{ display : none } .wide{width:9px}</style>"
    (grid,) = blocks(f"<table><tr><td>行政许可</td><td>{cell}</td></tr></table>", style)
    assert isinstance(grid, Grid)
    assert grid.cells[1].text == text


def test_hidden_rows_and_cells_are_left_out() -> None:
    (grid,) = blocks("<table><tr hidden><td>行政许可</td><td>9</td></tr><tr style='display:none'><td>行政处罚</td><td>8</td></tr>"
                     "<tr><td>行政强制</td><td style='display:none'>7</td><td>6</td></tr>"
                     "<tr><td>规章</td><td style='visibility:hidden'>5</td><td>4</td></tr></table>")  # fmt: skip
    assert isinstance(grid, Grid)
    assert [(c.text, c.row, c.column) for c in grid.cells] == [
        ("行政强制", 0, 0), ("6", 0, 1), ("规章", 1, 0), ("", 1, 1), ("4", 1, 2),
    ]  # fmt: skip


def test_a_hidden_table_gives_way_to_the_one_that_is_shown() -> None:
    assert figures(blocks(f"<div style='display:none'>{table(9)}</div>{table(12)}")) == {"12"}
    assert figures(blocks(table(9, "style='display:none'") + table(12))) == {"12"}


def test_a_table_only_a_script_would_show_is_read_where_there_is_no_other() -> None:
    menu = "<table><tr><td>首页</td></tr></table>"
    assert figures(blocks(f"{menu}<div style='display:none'>{table(12)}</div>")) == {"12"}


def test_hidden_prose_stays_for_it_tells_of_a_hijack() -> None:
    (words, _) = blocks(f"<div style='display:none'>某某彩票</div>{table(1)}")
    assert isinstance(words, Paragraph)
    assert words.text == "某某彩票"


def test_the_page_in_a_frame_is_part_of_the_page() -> None:
    assert figures(blocks(f"""<p>甲</p><iframe srcdoc="{table(12).replace('"', '&quot;')}"></iframe><iframe src=x></iframe>""")) == {"12"}


def test_cells_made_by_style_are_cells() -> None:
    rows = "".join(f"<div class=r><span class=c>{label}</span><span class=c>{n}</span></div>" for n, label in enumerate(LABELS))
    found = blocks(rows, "<style>.r{display:table-row}.c{display:table-cell}</style>")
    assert figures(found) == {"0", "1", "2", "3", "4", "5"}
