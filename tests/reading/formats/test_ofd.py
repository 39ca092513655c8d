"""OFD packages, composed here: where every letter and line stands is in the test."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from drawing import texts
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.reading.blocks import Document, Grid
from gongkai.reading.formats import ocr
from gongkai.reading.formats.ofd import open_ofd
from gongkai.reading.limits import CannotRead, Limits

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def package(pages: list[str], more: dict[str, bytes | str] | None = None, common: str = "") -> bytes:
    """An OFD of these page contents (the objects of a layer)."""
    listing = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    parts: dict[str, bytes | str] = {
        "OFD.xml": f"<ofd:OFD {NS}><ofd:DocBody><ofd:DocInfo><ofd:Title>年报</ofd:Title></ofd:DocInfo>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NS}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        f"</ofd:PhysicalBox></ofd:PageArea>{common}</ofd:CommonData><ofd:Pages>{listing}</ofd:Pages></ofd:Document>",
    }
    for n, content in enumerate(pages):
        parts[f"Doc_0/Pages/Page_{n}/Content.xml"] = page(content)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (parts | (more or {})).items():
            archive.writestr(name, data)
    return out.getvalue()


def page(content: str, head: str = "") -> str:
    layer = f'<ofd:Content><ofd:Layer ID="9">{content}</ofd:Layer></ofd:Content>'
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page {NS}>{head}{layer}</ofd:Page>'


def text(words: str, x: float, y: float, delta: str | None = None, size: float = 4, ctm: str = "") -> str:
    """A line of text whose top left is at x, y millimetres."""
    delta = f"g {len(words) - 1} {size}" if delta is None else delta
    turn = f' CTM="{ctm}"' if ctm else ""
    return (
        f'<ofd:TextObject ID="1" Font="2" Size="{size}" Boundary="{x} {y} 150 6"{turn}>'
        f'<ofd:TextCode X="0" Y="{size}" DeltaX="{delta}">{words}</ofd:TextCode></ofd:TextObject>'
    )


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    return (
        f'<ofd:PathObject ID="1" Boundary="{x0} {y0} {x1 - x0} {y1 - y0}" LineWidth="0.2"><ofd:AbbreviatedData>'
        f"M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>"
    )


LATTICE = "".join(line(20, y, 100, y) for y in (40, 50, 60)) + "".join(
    line(x, 40, x, 60) for x in (20, 60, 100)
)


def read(data: bytes) -> Document:
    return open_ofd(data, "a.ofd", Limits())


def test_letters_and_lines_make_a_table() -> None:
    content = text("年度报告", 20, 20) + LATTICE
    content += text("规章", 25, 42) + text("12", 65, 42, "g 1 2.2") + text("文件", 25, 52)
    found = read(package([content]))
    assert found.kind == "ofd"
    assert found.meta["title"] == "年报"
    assert texts(found) == ["年度报告", [["规章", "12"], ["文件", ""]]]
    grid = next(b for b in found.blocks if isinstance(b, Grid))
    assert grid.exact
    # Millimetres become points: the first cell is 20-60 mm across and 40-50 mm down.
    assert grid.cells[0].spot.box == pytest.approx((56.7, 113.4, 170.1, 141.7), abs=0.2)
    assert grid.cells[0].spot.page == 1


def test_steps_one_by_one_and_repeated_and_a_second_text_code() -> None:
    mixed = (
        '<ofd:TextObject ID="1" Font="2" Size="4" Boundary="20 20 150 6"><ofd:TextCode X="0" Y="4" DeltaX="4 g 2 4 2">'
        '共收到1件</ofd:TextCode><ofd:TextCode X="18">，办结</ofd:TextCode></ofd:TextObject>'
    )
    assert texts(read(package([mixed]))) == ["共收到1件，办结"]


def test_templates_composites_matrices_and_filled_lines() -> None:
    """The lattice comes from a template, drawn as thin rectangles in a composite; the text is scaled by its CTM."""
    bars = "".join(
        f'<ofd:PathObject ID="1" Boundary="{x} {y} {w} {h}" Stroke="false" Fill="true"><ofd:AbbreviatedData>'
        f"M 0 0 L {w} 0 L {w} {h} L 0 {h} C</ofd:AbbreviatedData></ofd:PathObject>"
        for x, y, w, h in [(0, y, 80, 0.3) for y in (0, 10, 20)] + [(x, 0, 0.3, 20) for x in (0, 40, 80)]
    )
    resource = (
        f'<ofd:Res {NS} BaseLoc="Res"><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="77" Width="90" Height="30">'
        f"<ofd:Content>{bars}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>"
    )
    under = page('<ofd:CompositeObject ID="3" Boundary="20 40 90 30" ResourceID="77"/>')
    head = '<ofd:Template TemplateID="5" ZOrder="Background"/>'
    content = (
        text("甲", 25, 42, size=2, ctm="2 0 0 2 0 0") + text("34", 65, 42, "g 1 2.2") + text("乙", 25, 52)
    )
    found = read(
        package(
            [""],
            {
                "Doc_0/Res.xml": resource,
                "Doc_0/Tpls/T.xml": under,
                "Doc_0/Pages/Page_0/Content.xml": page(content, head),
            },
            '<ofd:PublicRes>Res.xml</ofd:PublicRes><ofd:TemplatePage ID="5" BaseLoc="/Doc_0/Tpls/T.xml"/>',
        )
    )
    assert texts(found) == [[["甲", "34"], ["乙", ""]]]


def test_a_table_over_two_pages_is_one() -> None:
    first = LATTICE + text("甲", 25, 42) + text("1", 65, 42) + text("乙", 25, 52) + text("2", 65, 52)
    second = LATTICE + text("丙", 25, 42) + text("3", 65, 42) + text("丁", 25, 52) + text("4", 65, 52)
    second += text("— 2 —", 100, 285, "g 4 3")
    assert texts(read(package([first, second]))) == [[["甲", "1"], ["乙", "2"], ["丙", "3"], ["丁", "4"]]]


def test_a_picture_page_without_the_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    resource = (
        f'<ofd:Res {NS} BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="8" Type="Image"><ofd:MediaFile>a.png'
        "</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"
    )
    content = '<ofd:ImageObject ID="1" ResourceID="8" Boundary="0 0 210 297" CTM="210 0 0 297 0 0"/>'
    more: dict[str, bytes | str] = {"Doc_0/Res.xml": resource, "Doc_0/Res/a.png": b"\x89PNG"}
    found = read(package([content], more, "<ofd:DocumentRes>Res.xml</ofd:DocumentRes>"))
    assert [p.code for p in found.problems] == ["ocr_missing"]


def test_encrypted() -> None:
    with pytest.raises(CannotRead) as verdict:
        read(package([""], {"Doc_0/Encryptions.xml": "<a/>"}))
    assert verdict.value.code == "encrypted"


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04nothing",
        package([""], {"OFD.xml": "<ofd"}),
        package([""], {"OFD.xml": '<!DOCTYPE a [<!ENTITY b "c">]><OFD>&b;</OFD>'}),
        package([]),
    ],
)
def test_corrupt(data: bytes) -> None:
    with pytest.raises(CannotRead) as verdict:
        read(data)
    assert verdict.value.code == "corrupt"


def test_no_entry_part() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("Doc_0/Document.xml", "<a/>")
    with pytest.raises(CannotRead) as verdict:
        read(out.getvalue())
    assert verdict.value.code == "corrupt"
    assert "OFD.xml" in verdict.value.message


def test_limits() -> None:
    with pytest.raises(CannotRead) as verdict:
        open_ofd(package(["", ""]), "a.ofd", replace(Limits(), pages=1))
    assert verdict.value.code == "too_large"
    with pytest.raises(CannotRead) as verdict:
        open_ofd(package([" " * 4000]), "a.ofd", replace(Limits(), unpacked=1000))
    assert verdict.value.code == "too_large"


def test_a_greedy_repeat_stops_at_the_text() -> None:
    assert texts(read(package([text("甲乙", 20, 20, "g 999999999 4")]))) == ["甲乙"]


@settings(max_examples=80)
@given(st.data())
def test_damaged_pages_are_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(page(LATTICE + text("甲乙", 25, 42)).encode())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(whole) - 1))
        swap = data.draw(
            st.sampled_from([b"nan ", b"1e9 ", b"-5 ", b"g 9", b'"', b"<", b"inf", b"M", b"L", b"", b"\xff"])
        )
        whole[at : at + data.draw(st.integers(0, 6))] = swap
    try:
        assert isinstance(read(package([""], {"Doc_0/Pages/Page_0/Content.xml": bytes(whole)})), Document)
    except CannotRead as verdict:
        assert verdict.code in {"corrupt", "too_large"}
