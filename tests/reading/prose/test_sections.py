"""The six sections: their titles as printed and misprinted, what is no title, and what is no text of a section."""

import pytest
from tests.reading.prose.pages import TITLES, read, report

from gongkai.reading.blocks import Cell, Document, Grid, Paragraph
from gongkai.reading.prose import read_prose

BODY = ["甲段。", "乙段。", "丙段。", "丁段。", "戊段。", "己段。"]


def page(titles: list[str], bodies: list[str] | None = None) -> list[str]:
    return [line for pair in zip(titles, bodies or BODY, strict=True) for line in pair]


def found(*lines: str) -> list[tuple[int, str, str]]:
    return [(s.number, s.title, s.text) for s in read(*lines).sections]


def test_all_six_with_their_text() -> None:
    assert found(*page(list(TITLES))) == [(n, t[2:], b) for n, (t, b) in enumerate(zip(TITLES, BODY, strict=True), 1)]


@pytest.mark.parametrize(("number", "title"), [
    (1, "一、本年度政府信息公开总体情况"), (1, "一、概述"), (1, "第一部分 总体情况"), (1, "总体情况"), (2, "二、行政机关主动公开政府信息情况"),
    (2, "二、主动公开政府政府情况"), (3, "三、收到和处理某老虎机申请情况"), (3, "三、收到和处理政府信息公开申请的情况"),
    (4, "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"), (4, "四、因政府信息公开工作被申请行政复议和提起行政诉讼情况"),
    (5, "五、政府信息公开工作存在的主要问题及改进情况"), (5, "五、存在问题及改进情况"), (5, "五、政府信息公开工作存在的主要问题及改进措施"),
    (6, "六、需要报告的其他事项"), (6, "六、其他需要报告的事项："), (6, "六、 其他需要 报告的事项"),
])  # fmt: skip
def test_title_variants(number: int, title: str) -> None:
    titles = list(TITLES)
    titles[number - 1] = title
    assert [n for n, _, _ in found(*page(titles))] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("style", ["{n}.{t}", "（{c}）{t}", "{t}", "第{c}部分 {t}"])
def test_number_styles(style: str) -> None:
    titles = [style.format(n=n, c="一二三四五六"[n - 1], t=t[2:]) for n, t in enumerate(TITLES, 1)]
    assert [s[0] for s in found(*page(titles))] == [1, 2, 3, 4, 5, 6]


def test_a_missing_section_stays_missing() -> None:
    assert [s[0] for s in found(*page(list(TITLES))[:10])] == [1, 2, 3, 4, 5]
    assert [s[0] for s in found(*page(list(TITLES))[2:])] == [2, 3, 4, 5, 6]


def test_the_list_in_the_preamble_and_rows_of_tables_are_no_titles() -> None:
    lines = page(list(TITLES))
    lines[5:5] = ["一、本年新收政府信息公开申请数量", "0", "二、上年结转政府信息公开申请数量", "三、本年度办理结果", "四、结转下年度继续办理", "0"]
    lines.insert(0, "全文包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、"
                    "存在的主要问题及改进情况、其他需要报告的事项六个部分。")  # fmt: skip
    sections = read(*lines).sections
    assert [s.number for s in sections] == [1, 2, 3, 4, 5, 6]
    assert [s.text for s in sections] == BODY


def test_a_sub_head_with_a_section_s_words_is_none() -> None:
    lines = page(list(TITLES))
    lines[1:1] = ["（一）主动公开政府信息情况。", "全年公开信息3条。"]
    sections = read(*lines).sections
    assert sections[0].text == "（一）主动公开政府信息情况。\n全年公开信息3条。\n甲段。"
    assert sections[1].text == "乙段。"


def test_text_on_the_title_s_own_line() -> None:
    assert found(*page(list(TITLES))[:10], "六、其他需要报告的事项：无。")[5] == (6, "其他需要报告的事项", "无。")


def test_a_page_on_one_line() -> None:
    line = " ".join(f"{t} 　　{b}" for t, b in zip(TITLES, BODY, strict=True))
    assert [(s[0], s[2]) for s in found("丙县水务局2022年政府信息公开工作年度报告 " + line)] == list(enumerate(BODY, 1))


@pytest.mark.parametrize("tail", [
    "相关阅读：", "扫一扫在手机打开当前页", "上一篇：丙县水务局2021年政府信息公开工作年度报告", "附件：年度报告.pdf",
    "主办单位：丙县水务局 备案序号：皖ICP备05000000号", "主站蜘蛛池模板: 甲县| 乙县|", "版权所有：丙县人民政府", "丙县水务局年度报告.doc",
    "丙县水务局", "2023年1月20日",
])  # fmt: skip
def test_page_furniture_and_signature_are_no_text(tail: str) -> None:
    assert found(*page(list(TITLES)), tail)[5][2] == "己段。"


def test_page_numbers_are_no_text() -> None:
    assert found(*page(list(TITLES))[:9], "- 3 -", "戊段。", "第4页 共5页", *page(list(TITLES))[10:])[4][2] == "戊段。"


def test_a_traditional_page_reads_simplified_without_glosses() -> None:
    titles = ["一、總體情況", "二、主動公開政府信息情況", "三、收到和處理政府信息公開申請情況", "四、政府信息公開行政復議、行政訴訟情況",
              "五、存在的主要問題及改進情況", "六、其他需要報告的事項"]  # fmt: skip
    sections = found(*page(titles, ["依法發(fā)布信息，開(kāi)展工作。", *BODY[1:5], "沒有收取信息處理費。"]))
    assert sections[0] == (1, "总体情况", "依法发布信息，开展工作。")
    assert sections[5][2] == "没有收取信息处理费。"


def test_a_page_laid_out_as_one_table() -> None:
    cells = [Cell(text, n, 0, 1, 7) for n, text in enumerate(page(list(TITLES)))]
    cells += [Cell("规章", 20, 0), Cell("0", 20, 1)]
    prose = read_prose(Document("page.html", "html", [Grid(cells)]))
    assert [(s.number, s.text) for s in prose.sections] == list(enumerate(BODY, 1))


def test_an_unknown_seventh_section_is_not_part_of_the_sixth() -> None:
    assert found(*page(list(TITLES)), "七、附表", "庚段。")[5][2] == "己段。"


def test_text_without_sections_has_none() -> None:
    assert read("今天天气很好。", "会议指出，收到和处理政府信息公开申请情况表格有误。").sections == ()


def test_a_document_without_anything() -> None:
    prose = read_prose(Document("empty.txt", "text", [Paragraph("   ")]))
    assert (prose.organ, prose.year, prose.sections, prose.claims, prose.problems) == (None, None, (), (), ())


def test_inside_sections_four_the_context_is_remedies() -> None:
    assert [c.name for c in read_prose(report("全年行政复议2件。", section=4)).claims] == ["review_cases"]
    assert read_prose(report("全年行政复议2件。", section=5)).claims == ()
