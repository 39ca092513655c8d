"""What hides in files, each built here; and clean files that must not be blamed."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from gongkai.web.review.checks.files import inspect
from gongkai.web.review.checks.inspection import LIMITS, inspect_apart, look

from . import files
from .files import BOX, TEXT, W, form_with, hidden_run, image, pdf, plain_docx, run_xml, saved, with_parts


def found(content, family="docx"):
    return {one.check for one in inspect(content, family)}


def test_a_clean_document_has_no_finding():
    assert found(saved(plain_docx())) == set()


@pytest.mark.parametrize(
    "xml",
    [
        f'<w:ins {W} w:id="1" w:author="某甲"><w:r><w:t>新增</w:t></w:r></w:ins>',
        f'<w:del {W} w:id="1" w:author="某甲"><w:r><w:delText>删去</w:delText></w:r></w:del>',
        f'<w:moveTo {W} w:id="1" w:author="某甲"><w:r><w:t>移</w:t></w:r></w:moveTo>',
        f'<w:r {W}><w:rPr><w:b/><w:rPrChange w:id="1" w:author="某甲"><w:rPr/></w:rPrChange></w:rPr><w:t>粗</w:t></w:r>',
    ],
)
def test_tracked_changes(xml):
    one = next(one for one in inspect(run_xml(plain_docx(), xml), "docx") if one.check == "tracked_changes")
    assert one.place == "第1段"


def test_comments():
    part = f'<w:comments {W}><w:comment w:id="0" w:author="某甲"><w:p><w:r><w:t>这句再斟酌一下</w:t></w:r></w:p></w:comment></w:comments>'
    content = with_parts(saved(plain_docx()), **{"word/comments.xml": part})
    one = next(one for one in inspect(content, "docx") if one.check == "comments")
    assert one.excerpt == "这句再斟…"


@pytest.mark.parametrize("look", [{"vanish": ""}, {"color": "FFFFFF"}, {"sz": "2"}])
def test_hidden_words(look):
    assert found(hidden_run(plain_docx(), **look)) == {"hidden_text"}


@pytest.mark.parametrize("look", [{"vanish": "0"}, {"color": "FFFFFF", "highlight": "black"}, {"color": "FF0000"}, {"sz": "21"}])
def test_words_one_can_see(look):
    assert found(hidden_run(plain_docx(), **look)) == set()


def test_white_words_in_a_dark_cell_are_a_heading():
    document = plain_docx()
    cell = document.add_table(1, 1).cell(0, 0)
    run = cell.paragraphs[0].add_run("表头")
    run.font.color.rgb = files.docx.shared.RGBColor(255, 255, 255)
    assert found(saved(document)) == set()


def test_properties_macros_embedded_and_outside_parts():
    document = plain_docx()
    document.core_properties.author = "王某"
    content = saved(document)
    assert found(content) == {"metadata"}
    content = with_parts(saved(plain_docx()), **{"word/vbaProject.bin": "x", "word/embeddings/oleObject1.bin": "x"})
    assert found(content) == {"macros", "embedded_files"}
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://x/attachedTemplate" Target="file:///C:/Users/wang/x.dotx" TargetMode="External"/><Relationship Id="r2" '
        'Type="http://x/hyperlink" Target="https://example.com/" TargetMode="External"/></Relationships>'
    )
    content = with_parts(saved(plain_docx()), **{"word/_rels/settings.xml.rels": rels})
    assert [one.check for one in inspect(content, "docx")] == ["external_parts"]


def test_a_watermark_is_read():
    header = (
        f'<w:hdr {W} xmlns:v="urn:schemas-microsoft-com:vml"><w:p><w:r><w:pict><v:shape><v:textpath string="内部资料"/></v:shape>'
        "</w:pict></w:r></w:p></w:hdr>"
    )
    one = next(inspect(with_parts(saved(plain_docx()), **{"word/header9.xml": header}), "docx"))
    assert (one.check, one.place) == ("internal_mark", "水印")


def workbook(*, hidden_sheet=False, hidden_row=False, comment=False):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet, other = book.add_worksheet("公开"), book.add_worksheet("底稿")
    sheet.write(0, 0, "项目")
    other.write(0, 0, "底数")
    if hidden_sheet:
        other.hide()
    if hidden_row:
        sheet.set_row(3, None, None, {"hidden": True})
    if comment:
        sheet.write_comment(0, 0, "再核")
    book.close()
    return buffer.getvalue()


def test_workbooks():
    assert found(workbook(), "xlsx") == set()
    assert found(workbook(hidden_sheet=True), "xlsx") == {"hidden_parts"}
    assert found(workbook(hidden_row=True), "xlsx") == {"hidden_parts"}
    assert "comments" in found(workbook(comment=True), "xlsx")


def test_presentations():
    base = with_parts(workbook(), **{"ppt/slides/slide1.xml": '<p:sld xmlns:p="p" show="0"/>'})
    assert found(base, "pptx") == {"hidden_parts"}
    notes = '<p:notes xmlns:p="p" xmlns:a="a"><a:t>讲到这里停一下</a:t><a:t>3</a:t></p:notes>'
    assert "comments" in found(with_parts(workbook(), **{"ppt/notesSlides/notesSlide1.xml": notes}), "pptx")


@pytest.mark.parametrize(
    "stream",
    [
        TEXT + b"\n" + BOX,
        b"0 0 1 rg " + TEXT + b"\n1 1 1 rg 95 695 120 20 re f",
        TEXT + b"\nq 120 0 0 20 95 695 cm /X1 Do Q",
        b"BT /F1 12 Tf 3 Tr 100 700 Td (Wang Xiaoming) Tj ET",
        b"1 1 1 rg " + TEXT,
        b"BT /F1 0.5 Tf 100 700 Td (Wang Xiaoming) Tj ET",
    ],
)
def test_words_hidden_on_a_page(stream):
    content = pdf([stream], objects=(image(),))
    (one,) = [one for one in inspect(content, "pdf") if one.check == "hidden_text"]
    assert (one.place, one.value) == ("第1页", "Wang Xiaoming")
    assert "Xiaoming" not in one.excerpt


def test_a_box_over_words_inside_a_form_is_told_by_its_place_on_the_page():
    over = b"q 1 0 0 1 0 0 cm /X1 Do Q\n0 0 0 rg 145 595 120 20 re f"
    aside = b"/X1 Do\n" + BOX
    assert found(pdf([over], objects=(form_with(TEXT),)), "pdf") == {"hidden_text"}
    assert found(pdf([aside], objects=(form_with(TEXT),)), "pdf") == set()


@pytest.mark.parametrize(
    "stream",
    [
        TEXT,
        b"0 0 0 rg 95 600 120 20 re f " + TEXT,
        b"0 0 0.5 rg 95 695 120 20 re f 1 1 1 rg " + TEXT,
        b"595 0 0 842 0 0 cm /X1 Do Q q " + b"BT /F1 12 Tf 3 Tr 0.1 0.8 Td (x) Tj ET",
    ],
)
def test_words_one_can_see_or_a_scan_has_below(stream):
    assert found(pdf([stream], objects=(image(),)), "pdf") == set()


def test_annotations_layers_scripts_files_and_properties():
    note = b"/Annots [<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (see) >>]"
    link = b"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] >>]"
    redact = b"/Annots [<< /Type /Annot /Subtype /Redact /Rect [0 0 9 9] >>]"
    assert found(pdf([TEXT], page=note), "pdf") == {"annotations"}
    assert found(pdf([TEXT], page=link), "pdf") == set()
    assert found(pdf([TEXT], page=redact), "pdf") == {"hidden_text"}
    assert found(pdf([TEXT], catalog=b"/OCProperties << /OCGs [] /D << >> >>"), "pdf") == {"hidden_layers"}
    assert found(pdf([TEXT], catalog=b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"), "pdf") == {"scripts"}
    tree = b"/Names << /EmbeddedFiles << /Names [(a.txt) 100 0 R] >> >>"
    spec = b"<< /Type /Filespec /F (a.txt) /UF (a.txt) /EF << /F 101 0 R >> >>"
    stream = b"<< /Type /EmbeddedFile /Length 1 >>\nstream\nx\nendstream"
    assert found(pdf([TEXT], catalog=tree, objects=(spec, stream)), "pdf") == {"embedded_files"}
    assert found(pdf([TEXT], info=b"/Author (Wang)"), "pdf") == {"metadata"}
    assert found(pdf([TEXT], info=b"/Producer (x)"), "pdf") == set()


def test_pages_are_told():
    assert [one.place for one in inspect(pdf([TEXT, TEXT + b"\n" + BOX]), "pdf")] == ["第2页"]


def test_words_of_a_file_are_checked_with_their_place(tmp_path):
    document = plain_docx()
    document.add_paragraph("联系人身份证号11010519491231002X。")
    table = document.add_table(2, 2)
    for cell, words in zip(table._cells, ("姓名", "手机", "王某", "13912345678"), strict=True):
        cell.text = words
    path = tmp_path / "file.docx"
    path.write_bytes(saved(document))
    got = {one.check: one for one in look(str(path), "file.docx", "docx", LIMITS).found}
    assert set(got) == {"id_card", "mobile"}
    assert got["id_card"].place == "第2段"
    assert "表格第2行" in got["mobile"].place


@pytest.mark.parametrize(("family", "content"), [("docx", b"PK\x03\x04rubbish"), ("pdf", b"%PDF-1.7 rubbish"), ("mp4", b"x"), ("doc", b"x")])
def test_what_cannot_be_checked_says_so(tmp_path, family, content):
    path = tmp_path / f"file.{family}"
    path.write_bytes(content)
    assert {one.check for one in look(str(path), path.name, family, LIMITS).found} == {"unchecked"}


def test_a_file_is_looked_at_in_a_process_of_its_own(tmp_path):
    path = tmp_path / "file.pdf"
    path.write_bytes(pdf([TEXT + b"\n" + BOX]))
    assert "hidden_text" in {one.check for one in inspect_apart(path, "file.pdf", "pdf").found}
