"""A report, a report without its tables, and pages that only speak of reports."""

from tests.reading.prose.pages import TITLES, document

from gongkai.reading.prose.lines import lines_of
from gongkai.reading.prose.sections import parts
from gongkai.reading.prose.verdict import is_report, kind_of


def code(*lines: str, tables: bool = False) -> str | None:
    problem = is_report(document(*lines), tables)
    return problem.code if problem else None


def test_with_tables_it_is_a_report() -> None:
    assert code("无标题", tables=True) is None


def test_sections_without_tables() -> None:
    assert code("己县水利局2021年政府信息公开工作年度报告", *TITLES) == "no_table"
    assert code(*TITLES[3:]) == "no_table"
    assert code("己县水利局2021年政府信息公开工作年度报告", *TITLES[:2]) == "no_table"
    assert kind_of(lines_of(d := document(*TITLES)), parts(lines_of(d)), has_tables=False) == "report_without_tables"


def test_pages_about_reports() -> None:
    news = ["己县召开政务公开工作推进会", "会议通报了2021年政府信息公开工作年度报告的编制情况，“收到和处理政府信息公开申请情况”表格勾稽关系不对。"]
    reading = ["【图解】己县2021年政府信息公开工作年度报告解读", "一、编制依据", "条例第四十九条。", "二、主要内容",
               "报告分六个部分：总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况。", "三、数读年报", "新收申请127件。"]  # fmt: skip
    letter = ["关于报送2021年政府信息公开工作年度报告的函", "县政府办公室：", "现报送我局年度报告，请审阅。", "己县水利局"]
    assert [code(*page) for page in (news, reading, letter, [])] == ["not_a_report"] * 4


def test_a_letter_around_a_report_is_one() -> None:
    assert code("关于报送年度报告的函", "县政府办公室：", "现将报告报送如下。", *TITLES) == "no_table"
