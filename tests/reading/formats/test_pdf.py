"""PDF pages: text by geometry, whatever program drew the lines, and what is no readable PDF."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from drawing import matrix, texts
from hypothesis import given, settings
from hypothesis import strategies as st
from printing import pdf, table

from gongkai.reading.blocks import Document, Grid, Paragraph
from gongkai.reading.formats import ocr
from gongkai.reading.formats.pdf import open_pdf
from gongkai.reading.limits import CannotRead, Limits

DATA = Path(__file__).parent / "data"


def read(data: bytes) -> Document:
    return open_pdf(data, "a.pdf", Limits())


def grids(document: Document) -> list[Grid]:
    return [b for b in document.blocks if isinstance(b, Grid)]


def test_spans_and_blank_cells_keep_their_places() -> None:
    body = """#table(columns: (3cm, 3cm, 2cm, 2cm), stroke: 0.5pt,
      table.cell(rowspan: 2)[办理结果], [予以公开], [12], [],
      [部分公开], [], [3],
      table.cell(colspan: 2)[总计], [12], [3])"""
    (grid,) = grids(read(pdf(body)))
    assert grid.exact
    assert matrix(grid) == [
        ["办理结果", "予以公开", "12", ""],
        ["^", "部分公开", "", "3"],
        ["总计", "<", "12", "3"],
    ]
    cell = next(c for c in grid.cells if c.text == "部分公开")
    assert cell.spot.page == 1
    left, top, right, bottom = cell.spot.box or (0, 0, 0, 0)
    # 2 cm margin and a column of 3 cm: points from the top left.
    assert left == pytest.approx((2 + 3) / 2.54 * 72, abs=1)
    assert right == pytest.approx((2 + 6) / 2.54 * 72, abs=1)
    assert 60 < top < bottom < 130


def test_lines_of_a_paragraph_run_on_and_wrapped_cells_too() -> None:
    prose = (
        "本年度共收到政府信息公开申请十八件，全部按期答复，没有延期，也没有发生行政复议和行政诉讼的情形，" * 3
    )
    body = f"{prose}\n\n第二段。\n\n#table(columns: (2.2cm, 2cm), stroke: 0.5pt, [其他法律行政法规禁止公开], [1234567])"
    first, second, grid = texts(read(pdf(body)))
    assert "".join(str(first).split()) == prose
    assert second == "第二段。"
    assert grid == [["其他法律行政法规禁止公开", "1234567"]]


def test_a_row_broken_by_the_page_end_is_one_row_and_repeated_heads_go() -> None:
    found = read((DATA / "libreoffice.pdf").read_bytes())
    (grid,) = grids(found)
    rows = matrix(grid)
    assert rows[0] == ["申请人情况", "<", "数量", "<", "<"]
    assert len(rows) == 41
    for n, row in enumerate(rows[1:], 1):
        assert row[0] == ("办理结果" if n == 1 else "^")
        assert "".join(row[1].split()) == f"{n}.申请人逾期未按要求补正、行政机关不再处理其第{n}项申请"
        assert row[2:] == [str(2 * n), str(3 * n), str(4 * n)]
    assert {c.spot.page for c in grid.cells} == {1, 2, 3, 4, 5, 6}
    said = [b.text for b in found.blocks if isinstance(b, Paragraph)]
    assert said[-1] == "以上为全部情况。"
    assert not [t for t in said if t.strip("— ").isdigit()], "page numbers are no paragraphs"


@pytest.mark.parametrize("program", ["chromium", "weasyprint"])
def test_dotted_doubled_and_filled_borders(program: str) -> None:
    found = read((DATA / f"{program}.pdf").read_bytes())
    dotted, doubled, filled, upright, long = (matrix(g) for g in grids(found))
    assert dotted == [["甲", "1", "2"], ["乙", "3", "4"]]
    assert doubled == [["甲", "5", ""], ["乙", "7", "8"]]
    assert filled == [["甲", "9", "10"], ["乙", "11", "12"]]
    assert upright == [["双点竖线", "甲", "16"], ["^", "乙", "2"]]
    assert long[:2] == [["页", "线", "<"], ["^", "点", "双"]]
    assert long[2:] == [[f"甲{n}", str(n), str(7 * n)] for n in range(1, 46)]
    assert [b.text for b in found.blocks if isinstance(b, Paragraph)][-1] == "一二"


def test_a_table_without_lines_is_a_grid_that_is_not_exact() -> None:
    rows = [
        ["信息内容", "本年制发件数", "本年废止件数"],
        ["规章", "1", "0"],
        ["规范性文件", "12", "3"],
        ["其他", "7", "6"],
    ]
    (grid,) = grids(read(pdf("二、主动公开情况\n\n" + table(rows, "(6cm, 5cm, 5cm)", stroke="none"))))
    assert not grid.exact
    assert matrix(grid) == rows


def test_three_line_tables_are_not_taken_for_exact() -> None:
    body = """#line(length: 100%) #table(columns: (6cm, 5cm, 5cm), stroke: none, [项目], [甲], [乙], [规章], [1], [2],
      [文件], [3], [4]) #line(length: 100%)"""
    assert not any(g.exact for g in grids(read(pdf(body))))


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_rotated_page_reads_the_same(turn: int) -> None:
    rows = [["甲", "1", "2"], ["乙", "3", "4"]]
    document = pdfium.PdfDocument(pdf("标题在上\n\n" + table(rows)))
    document[0].set_rotation(turn)
    found = read(_saved(document))
    assert texts(found) == ["标题在上", rows]
    page_width, page_height = (842, 595) if turn != 180 else (595, 842)
    for cell in grids(found)[0].cells:
        left, top, right, bottom = cell.spot.box or (-1, -1, -1, -1)
        assert 0 < left < right < page_width
        assert 0 < top < bottom < page_height


def test_boxes_of_a_rotated_page_are_on_the_page_as_shown() -> None:
    document = pdfium.PdfDocument(pdf(table([["甲", "1"], ["乙", "2"]])))
    document[0].set_rotation(90)
    (grid,) = grids(read(_saved(document)))
    # Turned clockwise, the top left of the sheet is at the top right, and rows run from right to left.
    first, last = grid.cells[0].spot.box, grid.cells[-1].spot.box
    assert first and last and first[0] > 700 and last[0] < first[0] and first[1] < last[1]


def _saved(document: pdfium.PdfDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_page_numbers_go_but_figures_stay() -> None:
    body = '#set page(numbering: "— 1 —")\n甲\n#pagebreak()\n乙\n\n5\n#pagebreak()\n丙'
    assert texts(read(pdf(body))) == ["甲", "乙", "5", "丙"]


def test_a_cut_off_file_is_corrupt() -> None:
    whole = pdf("甲")
    with pytest.raises(CannotRead) as verdict:
        read(b"%PDF-1.7\n" + whole[len(whole) // 2 :][:200])
    assert verdict.value.code == "corrupt"
    assert "重新" in verdict.value.message


def test_too_many_pages() -> None:
    data = pdf("甲\n#pagebreak()\n乙")
    with pytest.raises(CannotRead) as verdict:
        open_pdf(data, "a.pdf", replace(Limits(), pages=1))
    assert verdict.value.code == "too_large"


def test_too_many_cells() -> None:
    data = pdf(table([["甲", "1"], ["乙", "2"]]))
    with pytest.raises(CannotRead) as verdict:
        open_pdf(data, "a.pdf", replace(Limits(), cells=3))
    assert verdict.value.code == "too_large"


def test_encrypted_with_a_password_or_only_with_rights() -> None:
    with pytest.raises(CannotRead) as verdict:
        read((DATA / "password.pdf").read_bytes())
    assert verdict.value.code == "encrypted"
    assert texts(read((DATA / "rights.pdf").read_bytes())) == [[["1", "2"], ["3", "4"]]]


def test_a_scan_without_the_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    sheet = pdfium.PdfDocument.new()
    page = sheet.new_page(595, 842)
    image = pdfium.PdfImage.new(sheet)
    image.set_bitmap(pdfium.PdfDocument(pdf("甲"))[0].render(scale=1))
    image.set_matrix(pdfium.PdfMatrix().scale(595, 842))
    page.insert_obj(image)
    page.gen_content()
    found = read(_saved(sheet))
    (problem,) = found.problems
    assert problem.code == "ocr_missing"
    assert "gongkai[ocr]" in problem.message
    assert found.kind == "scan"
    assert not found.blocks


@settings(max_examples=50)
@given(st.data())
def test_damaged_files_are_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(
        (DATA / "weasyprint.pdf").read_bytes() if data.draw(st.booleans()) else pdf(table([["甲", "1"]]))
    )
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 12))] = data.draw(st.binary(max_size=12))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ocr, "available", lambda: False)  # what OCR makes of damage is no matter here
        try:
            assert isinstance(read(bytes(whole)), Document)
        except CannotRead as verdict:
            assert verdict.code in {"corrupt", "encrypted", "too_large"}


def test_words_in_white_on_white_and_struck_figures_are_not_read() -> None:
    body = """#table(columns: (3cm, 3cm), stroke: 0.5pt,
      [行政许可], [12#text(fill: white)[55]], [行政处罚], [#strike[31]7],
      table.cell(fill: navy)[#text(fill: white)[总计]], [#underline[19]])"""
    (grid,) = grids(read(pdf(body)))
    assert matrix(grid) == [["行政许可", "12"], ["行政处罚", "7"], ["总计", "19"]]


def test_a_slanting_watermark_is_no_text() -> None:
    body = """#place(center + horizon, rotate(-30deg, text(size: 40pt, fill: luma(220))[征求意见2019]))
      #table(columns: (3cm, 3cm), stroke: 0.5pt, [行政许可], [12], [行政处罚], [7])"""
    assert [matrix(b) if isinstance(b, Grid) else b.text for b in read(pdf(body)).blocks] == [[["行政许可", "12"], ["行政处罚", "7"]]]
