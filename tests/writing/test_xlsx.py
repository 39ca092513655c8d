import io
import zipfile
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from gongkai.forms import FORM_KEYS, form
from gongkai.report import Figure, Section
from gongkai.writing import CannotWrite, to_bytes
from tests.writing.samples import HOSTILE, hostile, sample


def book(report):
    return CalamineWorkbook.from_filelike(io.BytesIO(to_bytes(report, "xlsx")))


@pytest.mark.parametrize("key", FORM_KEYS)
def test_the_data_sheet_has_one_row_a_figure(key):
    report = sample(key)
    head, *rows = book(report).get_sheet_by_name("数据").to_python()
    assert head == ["地址", "表", "行", "列", "数值", "单位", "状态"]
    assert [r[0] for r in rows] == list(form(key).cells)
    states = {
        "数字": "number",
        "零": "zero",
        "空白": "blank",
        "不适用": "not_applicable",
        "读不清": "unreadable",
    }
    for row in rows:
        figure = report.figures[row[0]]
        assert states[row[6]] == figure.state.value
        marks = {"blank": "", "not_applicable": "/", "unreadable": "？"}
        assert row[4] == marks[figure.state] if figure.value is None else Decimal(str(row[4])) == figure.value


def test_the_form_sheet_is_laid_out_as_the_form():
    sheet = book(sample("2019")).get_sheet_by_name("年度报告")
    cells = sheet.to_python()
    assert cells[0][0] == sample("2019").title
    flat = [value for row in cells for value in row if value != ""]
    for label in ("信息内容", "三、本年度办理结果", "法人或其他组织", "未经复议直接起诉", "/", "？"):
        assert label in flat
    assert any(isinstance(v, str) and v.endswith("万元") for v in flat)
    spans = {(a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges}
    top = next(i for i, row in enumerate(cells) if row[0].startswith("三、本年度") if isinstance(row[0], str))
    assert (top, 0, top + 19, 1) in spans


def test_long_numbers_are_kept_as_text_rather_than_rounded():
    figures = {**sample().figures, "disclosure.fees.amount": Figure.of(Decimal("1234567890123456.78"))}
    rows = book(sample(figures=figures)).get_sheet_by_name("数据").to_python()
    assert next(r[4] for r in rows if r[0] == "disclosure.fees.amount") == "1234567890123456.78"


def test_nothing_becomes_a_formula_or_a_link():
    data = to_bytes(hostile(), "xlsx")
    package = zipfile.ZipFile(io.BytesIO(data))
    sheets = [package.read(n).decode() for n in package.namelist() if n.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 3 and not any("<f>" in s or "hyperlink" in s for s in sheets)
    assert book(hostile()).get_sheet_by_name("年度报告").to_python()[0][0] == HOSTILE


def test_a_text_longer_than_a_cell_is_refused_not_cut():
    with pytest.raises(CannotWrite, match="32767"):
        to_bytes(sample(sections=(Section(1, "总体情况", "长" * 32768),)), "xlsx")


def test_sections_have_their_own_sheet():
    rows = book(sample()).get_sheet_by_name("各部分文字").to_python()
    assert rows[2] == ["一、总体情况", 2.0, "（一）主动公开情况"]
    assert rows[-1] == ["六、其他需要报告的事项", 1.0, "没有其他需要报告的事项。"]
