from collections import Counter

import pypdfium2
import pytest

from gongkai.forms import FORM_KEYS
from gongkai.report import Figure, Section
from gongkai.writing import CannotWrite, to_bytes
from gongkai.writing.page import Printed, Text, compose
from tests.writing.samples import hostile, sample


def text(data: bytes) -> str:
    pdf = pypdfium2.PdfDocument(data)
    return "".join("".join(pdf[i].get_textpage().get_text_range().split()) for i in range(len(pdf)))


@pytest.mark.parametrize("key", FORM_KEYS)
def test_every_text_of_the_tables_and_sections_is_printed(key):
    report = sample(key)
    data = to_bytes(report, "pdf")
    found = text(data)
    tables = [p for p in compose(report).parts if isinstance(p, Printed)]
    # the text layer of neighbouring cells is woven line by line: labels are counted, figures found in their order
    want = Counter("".join(part.text(box) for part in tables for box in part.layout.boxes))
    assert not want - Counter(found)
    for part in tables:
        for row in part.layout.rows():
            assert "".join(part.text(box) for box in row if box.address) in found
    for part in compose(report).parts:
        if isinstance(part, Text):
            assert part.lead + part.rest in found


def test_tagged_titled_with_bookmarks():
    data = to_bytes(sample(), "pdf")
    pdf = pypdfium2.PdfDocument(data)
    assert pdf.get_metadata_value("Title") == sample().title
    assert pdf.get_metadata_value("Author") == "东屏县水利局"
    assert [b.get_title() for b in pdf.get_toc()][:2] == ["一、总体情况", "（一）主动公开情况"]
    assert b"/StructTreeRoot" in data and b"pdfuaid" in data and b"zh-CN" in data
    assert [round(n) for n in pdf[0].get_size()] == [595, 842]
    assert "—1—" in text(data)


def test_text_that_looks_like_typst_is_only_text():
    found = text(to_bytes(hostile(), "pdf"))
    assert '#panic("x")$x$*b*`r`' in found


def test_a_character_no_font_has_is_named_instead_of_lost():
    with pytest.raises(CannotWrite, match="e000"):
        to_bytes(sample(sections=(Section(1, "总体情况", "某\ue000某"),)), "pdf")


def test_a_number_longer_than_its_column_stays_in_it():
    figures = {**sample().figures, "requests.granted.total": Figure.of(123456789012)}
    assert "123456789012" in text(to_bytes(sample(figures=figures), "pdf"))


def test_named_fonts_are_preferred_and_the_text_is_the_same(tmp_path):
    plain = to_bytes(sample(), "pdf")
    named = to_bytes(sample(), "pdf", fonts=[tmp_path])
    # with faces of their own weight nothing is thickened; without any in the folder the package's faces still serve
    assert text(named) == text(plain) and named != plain


@pytest.mark.parametrize("key", FORM_KEYS)
@pytest.mark.parametrize("lines", [0, 9, 17])
def test_a_statutory_table_stands_whole_on_one_page_under_its_heading(key, lines):
    long = Section(1, "一、总体情况", "\n".join(["本年度工作有序开展。"] * (lines + 1)))
    report = sample(key, sections=(long, *sample(key).sections[1:]))
    pdf = pypdfium2.PdfDocument(to_bytes(report, "pdf"))
    pages = ["".join(page.get_textpage().get_text_range().split()) for page in pdf]
    (where,) = [page for page in pages if "三、收到和处理政府信息公开申请情况" in page]
    assert "一、本年新收" in where and "四、结转下年度继续办理" in where
