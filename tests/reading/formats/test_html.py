"""HTML tables: rows and columns as printed, whatever stands inside a cell."""

from __future__ import annotations

from gongkai.reading.blocks import Grid, Paragraph
from gongkai.reading.formats.html import open_html
from gongkai.reading.limits import Limits

HEADS = "<tr><td>信息内容</td><td>本年处理决定数量</td></tr><tr><td>行政许可</td><td>24</td></tr>"


def blocks(body: str) -> list[Grid | Paragraph]:
    return open_html(f"<html><body>{body}</body></html>".encode(), "x.html", Limits()).blocks


def slots(grid: Grid) -> dict[str, tuple[int, int, int, int]]:
    return {c.text: (c.row, c.column, c.rowspan, c.colspan) for c in grid.cells}


def test_a_table_inside_a_cell_adds_no_row() -> None:
    inner = "<tr><td>行政强制</td><td><table><tr><td>7</td></tr></table></td></tr>"
    (grid,) = blocks(f"<table><tbody>{HEADS}{inner}<tr><td>行政处罚</td><td>9</td></tr></tbody></table>")
    assert slots(grid)["7"] == (2, 1, 1, 1)
    assert slots(grid)["行政处罚"] == (3, 0, 1, 1)


def test_spans_as_browsers_take_them() -> None:
    (grid,) = blocks("<table><tr><td rowspan=2 colspan='1'>甲</td><td colspan= 2 >乙</td></tr><tr><td rowspan=9>丙</td>"
                     "<td colspan=0>丁</td></tr><tr><td rowspan='x' colspan=''>戊</td><td>己</td></tr></table>")  # fmt: skip
    assert slots(grid) == {"甲": (0, 0, 2, 1), "乙": (0, 1, 1, 2), "丙": (1, 1, 2, 1), "丁": (1, 2, 1, 1), "戊": (2, 0, 1, 1), "己": (2, 2, 1, 1)}


def test_menus_and_dressed_texts_are_lines_of_their_own() -> None:
    found = blocks("<ul><li><a href=x>首页</a></li><li><span><b>政务公开</b></span></li><li> 年报 <i>全部</i></li></ul>"
                   "<h2>一、总体情况</h2><p>甲<br>乙</p><p><span>丙 </span></p><div>丁<p>戊</p>己</div>")  # fmt: skip
    assert [(b.text, b.level) for b in found] == [
        ("首页", 0), ("政务公开", 0), ("年报 全部", 0), ("一、总体情况", 2), ("甲", 0), ("乙", 0), ("丙", 0), ("丁", 0), ("戊", 0), ("己", 0),
    ]  # fmt: skip


def test_cells_of_several_pieces() -> None:
    (grid,) = blocks("<table><tr><td>信息<br>内容</td><td><span>本年</span><span>增/减</span></td><td><p>1</p><p>2</p></td>"
                     "<td>\n 12 \n</td><td>&nbsp;</td></tr><tr><td>甲</td><td>乙</td><td>丙</td><td>丁</td><td>戊</td></tr></table>")  # fmt: skip
    assert [c.text for c in grid.cells[:5]] == ["信息\n内容", "本年增/减", "1\n2", " 12 ", "\xa0"]
