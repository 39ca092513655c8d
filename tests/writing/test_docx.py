import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from gongkai.forms import FORM_KEYS
from gongkai.writing import to_bytes
from gongkai.writing.page import Printed, compose
from tests.writing.samples import HOSTILE, hostile, sample


def opened(report):
    return docx.Document(io.BytesIO(to_bytes(report, "docx")))


@pytest.mark.parametrize("key", FORM_KEYS)
def test_tables_are_merged_as_on_the_form_and_hold_every_figure(key):
    document = opened(sample(key))
    printed = [p for p in compose(sample(key)).parts if isinstance(p, Printed)]
    assert len(document.tables) == 3
    for table, part in zip(document.tables, printed, strict=True):
        for box in part.layout.boxes:
            cell = table.cell(box.row, box.column)
            corner = table.cell(box.row + box.rowspan - 1, box.column + box.colspan - 1)
            assert cell._tc is corner._tc, box
            assert cell.text.replace("\n", "") == part.text(box)


def test_head_rows_repeat_and_no_row_breaks():
    for table, heads in zip(opened(sample()).tables, (0, 3, 3), strict=True):
        rows = table._tbl.tr_lst
        assert all(tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for tr in rows)
        repeated = [tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for tr in rows]
        assert repeated == [i < heads for i in range(len(rows))]


def test_the_page_and_faces_are_those_of_the_standard():
    document = opened(sample())
    page = document.sections[0]
    measures = (
        page.page_width,
        page.page_height,
        page.top_margin,
        page.bottom_margin,
        page.left_margin,
        page.right_margin,
    )
    for measure, mm in zip(measures, (210, 297, 37, 35, 28, 26), strict=True):
        assert abs(measure - Mm(mm)) < Mm(0.1)
    for style, face, size in (("Normal", "仿宋_GB2312", 16), ("Title", "方正小标宋简体", 22), ("Heading 1", "黑体", 16),
                              ("Heading 2", "楷体_GB2312", 16)):  # fmt: skip
        found = document.styles[style]
        assert found.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) == face
        assert found.font.size == Pt(size)
    assert document.styles["Normal"].paragraph_format.line_spacing == Pt(28)
    assert document.settings.odd_and_even_pages_header_footer
    assert "PAGE" in page.footer._element.xml and "PAGE" in page.even_page_footer._element.xml
    fonts = zipfile.ZipFile(io.BytesIO(to_bytes(sample(), "docx"))).read("word/fontTable.xml").decode()
    assert 'w:altName w:val="FangSong_GB2312,FangSong,STFangsong' in fonts


def test_text_and_properties():
    document = opened(sample())
    texts = [(p.style.name, p.text) for p in document.paragraphs]
    assert texts[0] == ("Title", "东屏县水利局\n2024年政府信息公开工作年度报告")
    assert ("Heading 1", "一、总体情况") in texts and ("Heading 2", "（一）主动公开情况") in texts
    assert ("Normal", "（二）依申请公开情况。答复及时。") in texts
    properties = document.core_properties
    assert (properties.title, properties.author) == (sample().title, "东屏县水利局")
    assert properties.created.date() == sample().published


def test_hostile_text_stays_text():
    document = opened(hostile())
    assert document.paragraphs[0].text == HOSTILE
    assert any(p.text == HOSTILE for p in document.paragraphs[1:])


def test_a_report_without_sections_ends_with_a_paragraph_not_a_table():
    body = opened(sample(sections=())).element.body
    assert [child.tag.rpartition("}")[2] for child in body][-3:] == ["tbl", "p", "sectPr"]
