"""Word 97-2003 .doc. The fixtures were written by LibreOffice from documents made in data/build.py."""

import io
import random
import struct
from pathlib import Path

import olefile
import pytest
from drawing import matrix, texts
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.blocks import Block, Paragraph
from gongkai.reading.formats.doc import open_doc
from gongkai.reading.formats.doc.body import _Fields, _row
from gongkai.reading.formats.doc.fib import Fib
from gongkai.reading.formats.doc.pieces import joined, read_text
from gongkai.reading.formats.doc.properties import Layout, _layout, changes
from gongkai.reading.formats.doc.properties import Paragraph as Properties
from gongkai.reading.formats.lattice import table_blocks
from gongkai.reading.limits import CannotRead, Limits

DATA = Path(__file__).parent / "data"
REPORT = (DATA / "report.doc").read_bytes()


def changed(at: int, new: bytes) -> bytes:
    """report.doc with bytes of its WordDocument stream replaced."""
    stream = io.BytesIO(REPORT)
    with olefile.OleFileIO(stream, write_mode=True) as ole:
        main = bytearray(ole.openstream("WordDocument").read())
        main[at : at + len(new)] = new
        ole.write_stream("WordDocument", bytes(main))
        ole.fp = None
    return stream.getvalue()


def test_a_report_with_numbers_changes_and_merges() -> None:
    document = open_doc(REPORT, "report.doc", Limits())
    assert document.kind == "doc"
    assert document.meta == {"author": "python-docx", "created": "2013-12-23T23:15:00", "modified": "2013-12-23T23:15:00"}
    assert texts(document) == [
        "青禾县水务局2023年政府信息公开工作年度报告", "一、总体情况", "（一）主动公开", "全年收到申请17件。",
        "（二）依申请公开", "二、收到和处理申请情况",
        [["（说明）", "<", "申请人情况", "<"],
         ["^", "<", "自然人", "总计"],
         ["一、新收", "<", "17", "17"],
         ["三、办理结果", "（一）予以公开", "11", "11"],
         ["^", "（二）部分公开\n（区分处理）", "6", "6"],
         ["四、结转", "<", "", ""]],
        "三、其他需要报告的事项",
    ]  # fmt: skip
    assert [block.level for block in document.blocks if isinstance(block, Paragraph)] == [1, 0, 0, 0, 0, 0, 0]


def test_a_table_within_a_layout_table() -> None:
    document = open_doc((DATA / "nested.doc").read_bytes(), "nested.doc", Limits())
    assert texts(document) == ["青禾县水务局2023年政府信息公开工作年度报告", [["信息内容", "制发件数", "废止件数"], ["规章", "0", "3"]],
                               "表后文字。", "联系电话见网站。"]  # fmt: skip


@pytest.mark.parametrize(("data", "code"), [
    (changed(0x0A, struct.pack("<H", 0x0100)), "encrypted"),
    (changed(0, b"\xdc\xa5"), "unsupported"),
    (changed(0x1A2, struct.pack("<II", 0x7FFFFFF0, 40)), "corrupt"),
    (changed(0x1A2, struct.pack("<II", 0, 0)), "corrupt"),
    (REPORT[:4096], "corrupt"),
    (REPORT[:600], "corrupt"),
])  # fmt: skip
def test_refusals(data: bytes, code: str) -> None:
    with pytest.raises(CannotRead) as caught:
        open_doc(data, "a.doc", Limits())
    assert caught.value.code == code


def test_the_number_of_cells_is_limited() -> None:
    with pytest.raises(CannotRead, match="too_large"):
        open_doc(REPORT, "a.doc", Limits(cells=16))
    assert open_doc(REPORT, "a.doc", Limits(cells=30)).blocks


def test_packed_and_wide_pieces_in_one_text() -> None:
    wide = "公开".encode("utf-16-le")
    main = b"\x00" * 100 + b"No.1\x96" + wide
    plc = struct.pack("<III", 0, 5, 7) + struct.pack("<HIH", 0, 0x40000000 | 200, 0) + struct.pack("<HIH", 0, 105, 1)
    table = b"\x01" + struct.pack("<H", 3) + b"\x16\x24\x01" + b"\x02" + struct.pack("<I", len(plc)) + plc
    text = read_text(main, table, fib(len(table)))
    assert text.characters == "No.1–公开"
    assert [text.offset(position) for position in (0, 4, 5, 6, 7)] == [100, 104, 105, 107, None]
    assert text.stretches[1].changes == b"\x16\x24\x01"


def fib(size: int) -> Fib:
    none = (0, 0)
    return Fib(0, (0, 7), none, (0, size), none, none, none, none, none)


def test_rare_characters_count_as_two_units() -> None:
    raw = "𠮷a".encode("utf-16-le")
    plc = struct.pack("<II", 0, 3) + struct.pack("<HIH", 0, 0, 0)
    text = read_text(raw, b"\x02" + struct.pack("<I", len(plc)) + plc, fib(5 + len(plc)))
    assert len(text.characters) == 3
    assert joined(text.characters) == "𠮷a"


def test_property_runs_with_every_operand_size() -> None:
    definition = b"\x08\xd6" + struct.pack("<H", 1 + 1 + 6 + 40) + b"\x02" + struct.pack("<3h", -10, 90, 300) + bytes(40)
    run = b"\x16\x24\x01" + b"\x0b\x46\x02\x00" + b"\x49\x66\x01\x00\x00\x00" + b"\x2b\xd6\x02\x01\x03" + definition + b"\x17\x24\x01"
    found = dict(changes(run))
    assert list(found) == [0x2416, 0x460B, 0x6649, 0xD62B, 0xD608, 0x2417]
    assert _layout(found[0xD608]) == Layout((-10, 90, 300), (0, 0))
    assert list(changes(run[:-1]))[-1][0] == 0xD608


@pytest.mark.parametrize("flags", [(1, 2, 2, 0), (2, 1, 1, 0)])
def test_horizontal_merges_in_either_convention(flags: tuple[int, ...]) -> None:
    rows = [row(["A", "", "", "d"], (0, 100, 200, 300, 400), flags), row(["1", "2", "3", "4"], (0, 101, 199, 300, 402), (0,) * 4)]
    assert drawn(rows) == [[["A", "<", "<", "d"], ["1", "2", "3", "4"]]]


def test_two_merged_runs_side_by_side_and_a_merge_by_hand() -> None:
    rows = [row(["A", "", "B", ""], (0, 100, 200, 300, 400), (1, 2, 1, 2)), row(list("1234"), (0, 100, 200, 300, 400), (0,) * 4)]
    assert drawn(rows)[0][0] == ["A", "<", "B", "<"]
    rows[0] = row(["A", "", "", "B"], (0, 100, 200, 300, 400), (0,) * 4, joins=[(0, 3)])
    assert drawn(rows)[0][0] == ["A", "<", "<", "B"]


def test_cells_without_a_definition_count_columns() -> None:
    rows = [row(["a", "b"], (0, 100), (0,)), row(["c", "d"], (0, 100), (0,))]
    assert drawn(rows) == [[["a", "b"], ["c", "d"]]]


def row(cells: list[str], edges: tuple[int, ...], flags: tuple[int, ...], joins: list[tuple[int, int]] | None = None) -> object:
    contents: list[list[Block]] = [[Paragraph(text)] for text in cells]
    return _row(contents, Properties(layout=Layout(edges, flags), joins=joins or []))


def drawn(rows: list) -> list[list[list[str]]]:
    return [matrix(block) for block in table_blocks(rows, 57)]


def test_fields_show_their_result_even_across_paragraphs() -> None:
    fields = _Fields()
    assert fields.results("见\x13HYPERLINK \"x\"\x14网站\x15。") == "见网站。"
    assert fields.results("a\x13TOC \x13PAGE\x14 1\x15") == "a"
    assert fields.results("\\o\x14目录\x15b") == "目录b"
    assert fields.results("\x15c\x14") == "\x15c\x14"


@given(st.lists(st.tuples(st.integers(512, len(REPORT) - 1), st.integers(0, 255)), min_size=1, max_size=12), st.integers(0, len(REPORT)))
def test_damage_gives_a_document_or_a_verdict(flips: list[tuple[int, int]], keep: int) -> None:
    data = bytearray(REPORT)
    for at, byte in flips:
        data[at] = byte
    try:
        assert open_doc(bytes(data if keep % 3 else data[:keep]), "a.doc", Limits()).blocks
    except CannotRead as error:
        assert error.code in ("corrupt", "encrypted", "too_large", "unsupported")


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_damage_at_length(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(600):
        data = bytearray(REPORT)
        for _ in range(chance.randint(1, 30)):
            data[chance.randrange(len(data))] = chance.choice((0, 1, 127, 128, 255, chance.randrange(256)))
        try:
            open_doc(bytes(data), "a.doc", Limits())
        except CannotRead:
            continue
