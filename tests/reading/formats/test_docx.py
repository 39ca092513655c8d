"""Word .docx: what is printed, and exact grids."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from drawing import texts
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.blocks import Document, Paragraph
from gongkai.reading.formats.docx import open_docx
from gongkai.reading.limits import CannotRead, Limits

W = nsdecls("w")
NUMBERING = (
    f'<w:abstractNum {W} w:abstractNumId="90">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl></w:abstractNum>'
)


def packed(document: docx.Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def opened(document: docx.Document, limits: Limits = Limits()) -> Document:  # noqa: B008
    return open_docx(packed(document), "a.docx", limits)


def bare(body: str, **parts: str) -> bytes:
    """A minimal package around the XML of a body."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f'<w:document {W} xmlns:mc="urn:mc" xmlns:r="urn:r"><w:body>{body}</w:body></w:document>')
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def read(body: str) -> list[str | list[list[str]]]:
    return texts(open_docx(bare(body), "a.docx", Limits()))


def para(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, about: str = "") -> str:
    return f"<w:tc><w:tcPr>{about}</w:tcPr>{para(text)}</w:tc>"


def row(*cells: str, about: str = "") -> str:
    return f"<w:tr><w:trPr>{about}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def test_merged_cells_become_spans() -> None:
    document = docx.Document()
    grid = document.add_table(3, 3)
    for index, text in enumerate("abcdefghi"):
        grid.cell(index // 3, index % 3).text = text
    grid.cell(0, 0).merge(grid.cell(1, 0)).text = "A"
    grid.cell(0, 1).merge(grid.cell(0, 2)).text = "B"
    grid.cell(1, 1).merge(grid.cell(2, 1)).text = "C"
    assert texts(opened(document)) == [[["A", "B", "<"], ["^", "C", "f"], ["g", "^", "i"]]]


def test_grid_before_shifts_a_row() -> None:
    body = table(row(cell("a"), cell("b"), cell("c")), row(cell("d"), cell("e"), about='<w:gridBefore w:val="1"/>'))
    assert read(body) == [[["a", "b", "c"], ["?", "d", "e"]]]


def test_vertical_merge_ends_where_a_new_one_starts() -> None:
    first, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(row(cell("a", first), cell("1")), row(cell("", more), cell("2")), row(cell("b", first), cell("3")),
                 row(cell("", '<w:vMerge w:val="continue"/>'), cell("4")))  # fmt: skip
    assert read(body) == [[["a", "1"], ["^", "2"], ["b", "3"], ["^", "4"]]]


def test_old_horizontal_merges() -> None:
    body = table(row(cell("a", '<w:hMerge w:val="restart"/>'), cell("", '<w:hMerge w:val="continue"/>')), row(cell("1"), cell("2")))
    assert read(body) == [[["a", "<"], ["1", "2"]]]


def test_a_nested_table_follows_the_grid_that_holds_it() -> None:
    inner = table(row(cell("x"), cell("y")))
    body = table(row(cell("a"), cell("b"), cell("c")), row(cell("d"), f"<w:tc>{para('e')}{inner}{para('f')}</w:tc>", cell("g")))
    assert read(body) == [[["a", "b", "c"], ["d", "e\nf", "g"]], [["x", "y"]]]


def test_a_layout_table_is_only_its_content_in_order() -> None:
    inner = table(row(cell("规章"), cell("0"), cell("3")), row(cell("规范性文件"), cell("1"), cell("2")))
    body = table(row(f"<w:tc>{para('一、总体情况')}{para('正文。')}{inner}{para('二、其他')}</w:tc>"))
    assert read(body) == ["一、总体情况", "正文。", [["规章", "0", "3"], ["规范性文件", "1", "2"]], "二、其他"]


def test_rows_and_cells_in_content_controls_and_insertions() -> None:
    body = table(row(cell("a"), f"<w:sdt><w:sdtContent>{cell('b')}</w:sdtContent></w:sdt>"),
                 f"<w:sdt><w:sdtContent>{row(cell('c'), cell('d'))}</w:sdtContent></w:sdt>",
                 row(cell("x"), cell("y"), about='<w:del w:id="1"/>'))  # fmt: skip
    assert read(f"<w:sdt><w:sdtContent>{para('p')}{body}</w:sdtContent></w:sdt>") == ["p", [["a", "b"], ["c", "d"]]]


@pytest.mark.parametrize(("runs", "text"), [
    ("<w:ins><w:r><w:t>17</w:t></w:r></w:ins><w:del><w:r><w:delText>99</w:delText><w:t>99</w:t></w:r></w:del>", "17"),
    ("<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新</w:t></w:r></w:moveTo>", "新"),
    ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>8</w:t></w:r>", "a\tb\nc-8"),
    ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>显</w:t></w:r>", "显"),
    ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>3</w:t></w:r>', "3"),
    ("<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink><w:fldSimple><w:r><w:t>域</w:t></w:r></w:fldSimple>", "链接域"),
    ("<w:r><w:ruby><w:rt><w:r><w:t>pīn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase></w:ruby></w:r>", "拼"),
    ('<w:r><w:sym w:font="a" w:char="221A"/><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:char="zz"/></w:r><w:r><w:t>!</w:t></w:r>', "√!"),
])  # fmt: skip
def test_what_a_paragraph_prints(runs: str, text: str) -> None:
    assert read(f"<w:p>{runs}</w:p>") == [text]


def test_a_text_box_follows_its_paragraph_once() -> None:
    box = f"<w:txbxContent>{para('框内')}</w:txbxContent>"
    run = f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><x>{box}</x></w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    assert read(f"<w:p><w:r><w:t>正文</w:t></w:r>{run}</w:p>{para('后')}") == ["正文", "框内", "后"]


def test_headings_from_styles_and_outline() -> None:
    document = docx.Document()
    document.add_heading("题", 0)
    document.add_heading("一级", 1)
    document.add_heading("三级", 3)
    plain = document.add_paragraph("大纲")
    plain._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {W} w:val="1"/>'))
    document.add_paragraph("正文")
    found = [(block.text, block.level) for block in opened(document).blocks if isinstance(block, Paragraph)]
    assert found == [("题", 1), ("一级", 1), ("三级", 3), ("大纲", 2), ("正文", 0)]


def test_automatic_numbers_are_printed() -> None:
    document = docx.Document()
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(NUMBERING))
    root.append(parse_xml(f'<w:num {W} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
    root.append(parse_xml(f'<w:num {W} w:numId="92"><w:abstractNumId w:val="90"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'))
    for text, number, depth in [("总体情况", 91, 0), ("主动公开", 91, 1), ("平台", 91, 1), ("2023年", 91, 2), ("主动公开情况", 91, 0),
                                ("依申请", 91, 1), ("重新起算", 92, 0), ("接着", 92, 0), ("不编号", 0, 0)]:  # fmt: skip
        p = document.add_paragraph(text)._p
        p.get_or_add_pPr().append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'))
    assert texts(opened(document)) == ["一、总体情况", "（一）主动公开", "（二）平台", "1. 2023年", "二、主动公开情况", "（一）依申请",
                                       "一、重新起算", "二、接着", "不编号"]  # fmt: skip


def test_numbers_from_a_style_and_inside_cells() -> None:
    document = docx.Document()
    for text in ("甲", "乙"):
        document.add_paragraph(text, style="List Number")
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].paragraphs[0].text, cells[0].paragraphs[0].style = "丙", document.styles["List Number"]
    assert texts(opened(document)) == ["1. 甲", "2. 乙", [["3. 丙", ""]]]


def test_strict_documents_read_alike() -> None:
    data = bare(para("严格") + table(row(cell("a"), cell("b"))))
    strict = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(strict, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                                                      b"http://purl.oclc.org/ooxml/wordprocessingml/main"))  # fmt: skip
    assert texts(open_docx(strict.getvalue(), "a.docx", Limits())) == ["严格", [["a", "b"]]]


def test_an_embedded_web_page_is_read() -> None:
    page = "<html><body><p>一、总体情况</p><table><tr><td>规章</td><td>0</td></tr></table></body></html>"
    for kind, content in (("html", page), ("mht", "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
                                           f"Content-Type: text/html; charset=utf-8\n\n{page}\n--b--\n")):  # fmt: skip
        data = bare('<w:altChunk r:id="c1"/>', **{
            "word/_rels/document.xml.rels": f'<Relationships><Relationship Id="c1" Type="http://x/aFChunk" Target="/word/a.{kind}"/></Relationships>',
            f"word/a.{kind}": content})  # fmt: skip
        found = [text.strip() if isinstance(text, str) else text for text in texts(open_docx(data, "a.docx", Limits()))]
        assert found == ["一、总体情况", [["规章", "0"]]]


def refused(data: bytes, limits: Limits = Limits()) -> str:  # noqa: B008
    with pytest.raises(CannotRead) as caught:
        open_docx(data, "a.docx", limits)
    return caught.value.code


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", f"{bomb}<w:document {W}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>")
    assert refused(stream.getvalue()) == "corrupt"


def test_limits_are_held() -> None:
    document = docx.Document()
    document.add_table(10, 10)
    assert refused(packed(document), Limits(cells=99)) == "too_large"
    assert len(opened(document, Limits(cells=100)).blocks) == 1
    assert refused(packed(document), Limits(unpacked=2000)) == "too_large"
    assert refused(bare("<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000)) == "corrupt"


def test_a_package_without_a_body_is_corrupt() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/other.xml", "<a/>")
    assert refused(stream.getvalue()) == "corrupt"
    assert refused(bare("")[:-40]) == "corrupt"


SAMPLE = bare(para("一、总体情况") + table(row(cell("a", '<w:gridSpan w:val="2"/>')), row(cell("b"), cell("1"))))


@given(st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)), max_size=8), st.integers(0, len(SAMPLE)))
def test_damage_gives_a_document_or_a_verdict(flips: list[tuple[int, int]], keep: int) -> None:
    data = bytearray(SAMPLE)
    for at, byte in flips:
        data[at] = byte
    try:
        assert open_docx(bytes(data if keep % 3 else data[:keep]), "a.docx", Limits()).kind == "docx"
    except CannotRead as error:
        assert error.code in ("corrupt", "encrypted", "too_large")


@given(st.text("<>/ab ='\"wptcr:", max_size=60), st.integers(0, 400))
def test_damaged_xml_inside_a_sound_package(noise: str, at: int) -> None:
    body = para("x") + table(row(cell("a"), cell("b")))
    try:
        open_docx(bare(body[:at] + noise + body[at:]), "a.docx", Limits())
    except CannotRead as error:
        assert error.code == "corrupt"


def test_a_raised_mark_of_a_note_is_no_part_of_the_figure() -> None:
    document = docx.Document()
    for mark, expected in (("1", "12"), ("①", "12"), ("km", "12km")):
        paragraph = document.add_paragraph("12")
        paragraph.add_run(mark).font.superscript = True
        assert texts(open_docx(packed(document), "x.docx", Limits()))[-1] == expected


def test_rows_behind_tabs_are_a_table_where_there_is_no_other() -> None:
    document = docx.Document()
    document.add_paragraph("二、主动公开政府信息情况")
    for row in ("信息内容\t本年处理决定数量", "行政许可\t12", "行政处罚\t3", "行政强制\t0"):
        document.add_paragraph(row)
    found = open_docx(packed(document), "x.docx", Limits()).blocks
    assert [c.text for c in found[-1].cells][-4:] == ["行政处罚", "3", "行政强制", "0"]
