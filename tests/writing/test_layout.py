import pytest

from gongkai.forms import FORM_KEYS, form
from gongkai.writing.layout import Layout, layouts

KEYS = pytest.mark.parametrize("key", FORM_KEYS)


def named(key: str, table: str) -> Layout:
    return next(layout for layout in layouts(form(key)) if layout.table.key == table)


def box(layout: Layout, text: str):
    (found,) = (b for b in layout.boxes if b.number + b.text == text)
    return found


@KEYS
def test_boxes_cover_every_slot_once(key):
    for layout in layouts(form(key)):
        slots = [
            (r, c)
            for b in layout.boxes
            for r in range(b.row, b.row + b.rowspan)
            for c in range(b.column, b.column + b.colspan)
        ]
        assert len(slots) == len(set(slots))
        assert set(slots) == {(r, c) for r in range(layout.height) for c in range(layout.width)}
        assert sum(layout.widths) == pytest.approx(1)


@KEYS
def test_every_figure_of_the_form_stands_once_and_in_printing_order(key):
    addresses = [
        b.address for layout in layouts(form(key)) for row in layout.rows() for b in row if b.address
    ]
    assert addresses == list(form(key).cells)


@KEYS
def test_every_figure_has_headings_that_tell_it_from_every_other(key):
    for layout in layouts(form(key)):
        names = {tuple(h.number + h.text for h in layout.headings(b)) for b in layout.boxes if b.address}
        assert len(names) == sum(1 for b in layout.boxes if b.address)


def test_table_two_spreads_the_last_column_of_a_short_block():
    layout = named("2019", "disclosure")
    assert [b.colspan for b in layout.rows()[0]] == [4]
    assert [(b.text, b.colspan) for b in layout.rows()[13]] == [
        ("信息内容", 1),
        ("上一年项目数量", 1),
        ("本年增/减", 2),
    ]
    assert [b.colspan for b in named("2021", "disclosure").rows()[5]] == [1, 3]


def test_table_three_merges_its_labels_as_on_the_form():
    layout = named("2019", "requests")
    assert (box(layout, "三、本年度办理结果").rowspan, box(layout, "三、本年度办理结果").column) == (20, 0)
    assert (box(layout, "（三）不予公开").rowspan, box(layout, "（三）不予公开").column) == (8, 1)
    assert box(layout, "（六）其他处理").colspan == 2
    assert box(layout, "四、结转下年度继续办理").colspan == 3
    assert box(layout, "法人或其他组织").colspan == 5
    assert (box(layout, "申请人情况").colspan, box(layout, "自然人").rowspan) == (7, 2)
    assert "勾稽关系" in layout.boxes[0].text and (layout.boxes[0].rowspan, layout.boxes[0].colspan) == (3, 3)
    newer = named("2021", "requests")
    assert (box(newer, "（六）其他处理").rowspan, box(newer, "三、本年度办理结果").rowspan) == (3, 22)


def test_table_four_is_one_row_of_fifteen_under_two_groups():
    layout = named("2021", "remedies")
    rows = layout.rows()
    assert [(b.text, b.colspan) for b in rows[0]] == [("行政复议", 5), ("行政诉讼", 10)]
    assert [(b.text, b.rowspan) for b in rows[1]][4:] == [
        ("总计", 2),
        ("未经复议直接起诉", 1),
        ("复议后起诉", 1),
    ]
    assert len(rows[2]) == 10 and len(rows[3]) == 15
