from datetime import date
from decimal import Decimal

import pytest

from gongkai.forms import form
from gongkai.report import Figure, Section, State
from gongkai.writing.page import CannotWrite, Heading, Printed, Text, compose, numeral
from gongkai.writing.printed import printed
from tests.writing.samples import sample

AMOUNT_2019 = form("2019").cells["disclosure.procurement.amount"].column
AMOUNT_2021 = form("2021").cells["disclosure.fees.amount"].column
COUNT = form("2021").cells["requests.granted.total"].column


@pytest.mark.parametrize(
    ("figure", "column", "text"),
    [
        (Figure.of(0), COUNT, "0"),
        (Figure.of(-7), COUNT, "-7"),
        (Figure.of(10**7), COUNT, "10000000"),
        (Figure(State.BLANK), COUNT, ""),
        (Figure(State.NOT_APPLICABLE), COUNT, "/"),
        (Figure(State.UNREADABLE), COUNT, "？"),
        (Figure.of(Decimal("34435.86")), AMOUNT_2019, "34435.86万元"),
        (Figure.of(Decimal("1E+3")), AMOUNT_2019, "1000万元"),
        (Figure.of(Decimal("0.00")), AMOUNT_2019, "0"),
        (Figure.of(Decimal("0.0920")), AMOUNT_2021, "0.0920"),
        (None, COUNT, ""),
    ],
)
def test_a_figure_is_printed_exactly_and_each_state_as_itself(figure, column, text):
    assert printed(figure, column) == text


def test_parts_stand_in_order_with_tables_at_the_end_of_their_sections():
    kinds = [
        type(p).__name__ + (p.layout.table.key if isinstance(p, Printed) else "")
        for p in compose(sample()).parts
    ]
    assert kinds == ["Heading", "Text", "Text", "Text", "Text", "Heading", "Printeddisclosure", "Heading",
                     "Printedrequests", "Heading", "Printedremedies", "Heading", "Text", "Text", "Heading", "Text"]  # fmt: skip


def test_sub_headings_are_told_from_the_body_and_nothing_is_lost():
    texts = [p for p in compose(sample()).parts if isinstance(p, Text)]
    assert texts[1] == Text("（一）主动公开情况", "")
    assert texts[3] == Text("（二）依申请公开情况。", "答复及时。")
    assert texts[0] == Text("", "本年度工作有序开展。")


def test_missing_sections_are_not_invented_but_their_tables_are_printed():
    parts = compose(sample(sections=(Section(1, "总体情况", "文"), Section(4, "复议诉讼情况")))).parts
    assert [p.text for p in parts if isinstance(p, Heading)] == ["一、总体情况", "四、复议诉讼情况"]
    assert [p.title for p in parts if isinstance(p, Printed)] == [
        "主动公开政府信息情况",
        "收到和处理政府信息公开申请情况",
        "",
    ]


def test_a_report_without_title_gets_the_official_one_and_the_byline_says_what_the_title_does_not():
    page = compose(sample(title=None))
    assert page.title == "东屏县水利局2024年政府信息公开工作年度报告"
    assert page.byline == (("发布机构", "东屏县水利局"), ("发布日期", "2025年1月20日"))
    odd = compose(sample(title="年报", period=(date(2024, 1, 1), date(2024, 11, 30)), published=None))
    assert odd.byline[1:] == (("报告年度", "2024年"), ("统计期限", "2024年1月1日至2024年11月30日"))


def test_a_report_without_form_has_no_tables():
    assert not any(isinstance(p, Printed) for p in compose(sample(form=None, figures={})).parts)


def test_a_figure_the_form_does_not_have_is_refused_by_name():
    figures = {**sample().figures, "disclosure.procurement.amount": Figure.of(Decimal(1))}
    with pytest.raises(CannotWrite, match=r"disclosure\.procurement\.amount"):
        compose(sample(figures=figures))


def test_numerals():
    assert [numeral(n) for n in (1, 10, 11, 20, 21, 99, 100, 0)] == [
        "一",
        "十",
        "十一",
        "二十",
        "二十一",
        "九十九",
        "100",
        "0",
    ]


def test_characters_no_document_can_hold_are_dropped():
    assert compose(sample(title="甲\x00乙\x0b丙\ud800")).title == "甲乙丙"
