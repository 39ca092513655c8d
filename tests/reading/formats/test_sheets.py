"""Workbooks: numbers as printed, sheets split into prose and tables, limits."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import olefile
import pytest
import xlsxwriter
from drawing import texts
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.blocks import Document
from gongkai.reading.formats.sheets import open_sheets
from gongkai.reading.formats.sheets.printed import printed
from gongkai.reading.limits import CannotRead, Limits

DATA = Path(__file__).parent / "data"
TITLE = "青禾县水务局2023年政府信息公开工作年度报告"
GRID = [["（说明）", "<", "申请人情况", "<"], ["^", "<", "自然人", "总计"], ["一、新收", "<", "17", "17"],
        ["收费金额（万元）", "<", "0.5", "34435.86"]]  # fmt: skip


def made(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        fill(book)
    return stream.getvalue()


def sheet_of(rows: list[list[object]], merges: tuple[str, ...] = ()) -> bytes:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("报告")
        for merge in merges:
            sheet.merge_range(merge, "")
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value != "":
                    sheet.write(number, column, value)

    return made(fill)


def opened(data: bytes, limits: Limits = Limits()) -> Document:  # noqa: B008
    return open_sheets(data, "a.xlsx", limits)


@pytest.mark.parametrize(("value", "text"), [
    (12.0, "12"), (0.5, "0.5"), (34435.860000000001, "34435.86"), (0.1 + 0.2, "0.3"), (-8.0, "-8"), (0.0, "0"), (-0.0, "0"),
    (1e15, "1000000000000000"), (0.092, "0.092"), (477.35, "477.35"), (97676.0, "97676"), (1e-7, "0.0000001"), (5, "5"),
    (float("nan"), "nan"), (True, "TRUE"), ("０", "０"), (date(2024, 1, 28), "2024-01-28"), (None, ""), (1e300, "1E+300"),
    (datetime(2024, 1, 28), "2024-01-28"), (datetime(2024, 1, 28, 9, 5), "2024-01-28 09:05:00"),  # noqa: DTZ001
    (time(9, 5), "09:05:00"), (timedelta(hours=25), "1 day, 1:00:00"),
])  # fmt: skip
def test_values_as_printed(value: object, text: str) -> None:
    assert printed(value) == text


@given(st.decimals(-10**8, 10**8, places=4, allow_nan=False, allow_infinity=False))
def test_amounts_survive_the_binary_form(amount: Decimal) -> None:
    assert Decimal(printed(float(amount))) == amount


def test_one_sheet_holds_prose_and_tables() -> None:
    data = sheet_of([
        [TITLE], ["一、总体情况"], ["全年收到申请17件。"], ["二、主动公开政府信息情况"],
        ["第二十条第（一）项"], ["信息内容", "制发件数", "废止件数"], ["规章", 0, 3], ["行政规范性文件"],
        ["第二十条第（五）项"], ["信息内容", "处理决定数量"], ["行政许可", 9],
        ["三、收到和处理政府信息公开申请情况"],
        ["", "", "自然人", "总计"], ["一、本年新收政府信息公开申请数量"], ["三、本年度办理结果", "（一）予以公开", 11, 11],
        ["注：以上数据截至年底"], [], ["", "四、结转", 1], ["六、其他需要报告的事项"], ["无"],
    ], merges=("A1:D1", "A5:C5", "A9:C9"))  # fmt: skip
    assert texts(opened(data)) == [
        TITLE, "一、总体情况", "全年收到申请17件。", "二、主动公开政府信息情况",
        [["第二十条第（一）项", "<", "<"], ["信息内容", "制发件数", "废止件数"], ["规章", "0", "3"], ["行政规范性文件", "", ""],
         ["第二十条第（五）项", "<", "<"], ["信息内容", "处理决定数量", ""], ["行政许可", "9", ""]],
        "三、收到和处理政府信息公开申请情况",
        [["", "", "自然人", "总计"], ["一、本年新收政府信息公开申请数量", "", "", ""],
         ["三、本年度办理结果", "（一）予以公开", "11", "11"]],
        "注：以上数据截至年底", [["四、结转", "1"]], "六、其他需要报告的事项", "无",
    ]  # fmt: skip


def test_a_head_over_columns_opens_its_table() -> None:
    rows = [["三、收到和处理情况"], ["", "", "申请人情况"], ["", "", "自然人", "总计"], ["一、新收", "", 1, 1]]
    wanted = ["三、收到和处理情况", [["", "<", "申请人情况", "<"], ["^", "<", "自然人", "总计"], ["一、新收", "<", "1", "1"]]]
    assert texts(opened(sheet_of(rows, ("A2:B3", "C2:D2", "A4:B4")))) == wanted
    assert texts(opened(sheet_of(rows)))[1][0] == ["", "", "申请人情况", ""]


def test_rows_under_a_vertical_merge_stay_in_the_table() -> None:
    rows = [["结果", "予以公开", 1], ["", "其他情况"], ["", "", ""], ["合计", "", 1]]
    assert texts(opened(sheet_of(rows, ("A1:A3",)))) == [[["结果", "予以公开", "1"], ["^", "其他情况", ""], ["^", "", ""], ["合计", "", "1"]]]


def test_prose_in_a_block_of_merged_rows_and_lines() -> None:
    data = sheet_of([["一、总体情况\n全年平稳。"], [], [], ["二、下节"]], ("A1:D3",))
    assert texts(opened(data)) == ["一、总体情况", "全年平稳。", "二、下节"]


def test_sheets_in_order_with_their_names_and_the_hidden_one_named() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        for name in ("表二", "表三", "底稿", "空表"):
            sheet = book.add_worksheet(name)
            if name != "空表":
                sheet.write_row("B3", [name, 1])
            if name in ("底稿", "空表"):
                sheet.hide()

    document = opened(made(fill))
    assert [(block.spot.sheet, drawn) for block, drawn in zip(document.blocks, texts(document), strict=True)] == [
        ("表二", [["表二", "1"]]), ("表三", [["表三", "1"]])]  # fmt: skip
    assert [(problem.code, problem.trace.sheet) for problem in document.problems if problem.trace] == [("sheet_hidden", "底稿")]


def test_xls_and_ods() -> None:
    old = opened((DATA / "book.xls").read_bytes())
    assert (old.kind, texts(old)) == ("xls", [TITLE, "一、总体情况", "全年收到申请17件。", GRID])
    ods = opened((DATA / "book.ods").read_bytes())
    assert (ods.kind, texts(ods)[3][2:]) == ("ods", [["一、新收", "", "17", "17"], ["收费金额（万元）", "", "0.5", "34435.86"]])


def refused(data: bytes, limits: Limits = Limits()) -> str:  # noqa: B008
    with pytest.raises(CannotRead) as caught:
        opened(data, limits)
    return caught.value.code


def test_limits_are_held() -> None:
    wide = sheet_of([["x"] * 30] * 10)
    assert refused(wide, Limits(cells=299)) == "too_large"
    assert opened(wide, Limits(cells=300)).blocks
    assert refused(wide, Limits(unpacked=500)) == "too_large"

    def far(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write("A1", 1)
        sheet.write("XFD1048576", 1)

    assert refused(made(far)) == "too_large"


def test_repeated_cells_of_an_ods_are_counted() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(DATA / "book.ods") as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "content.xml":
                data = data.replace(b"<table:table-cell office:value-type", b'<table:table-cell table:number-columns-repeated="9000000" office:value-type')
                data = data.replace(b"<table:table-cell table:style-name", b'<table:table-cell table:number-columns-repeated="9000000" table:style-name')
            new.writestr(name, data)
    assert refused(out.getvalue()) == "too_large"


def test_broken_books() -> None:
    assert refused((DATA / "book.xls").read_bytes()[:2000]) == "corrupt"
    assert refused(sheet_of([["a"]])[:-30]) == "corrupt"


def workbook(change: Callable[[bytearray], None]) -> bytes:
    """book.xls with its record stream changed."""
    stream = io.BytesIO((DATA / "book.xls").read_bytes())
    with olefile.OleFileIO(stream, write_mode=True) as ole:
        book = bytearray(ole.openstream("Workbook").read())
        change(book)
        ole.write_stream("Workbook", bytes(book))
        ole.fp = None
    return stream.getvalue()


def set_dimensions(first: int, last: int) -> Callable[[bytearray], None]:
    def change(book: bytearray) -> None:
        at = book.index(b"\x00\x02\x0e\x00") + 4
        book[at : at + 8] = first.to_bytes(4, "little") + last.to_bytes(4, "little")

    return change


def set_password(book: bytearray) -> None:
    after = 4 + int.from_bytes(book[2:4], "little")
    book[after : after + 2] = b"\x2f\x00"


@pytest.mark.parametrize(("change", "code"), [
    (set_password, "encrypted"), (set_dimensions(127, 1), "corrupt"), (set_dimensions(0, 2**31), "too_large"),
])  # fmt: skip
def test_records_that_would_cost_the_process_are_found_first(change: Callable[[bytearray], None], code: str) -> None:
    assert refused(workbook(change)) == code


@pytest.mark.parametrize("left", [12, 72, 112])
def test_a_book_cut_within_its_directory_is_refused_before_calamine(left: int, capfd: pytest.CaptureFixture[str]) -> None:
    data = (DATA / "book.xls").read_bytes()
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        directory = (ole.first_dir_sector + 1) * ole.sector_size
    assert refused(data[: directory + 2 * 128 + left]) == "corrupt"
    assert "panicked" not in capfd.readouterr().err


SAMPLES = [sheet_of([["一、总体情况"], ["a", 1.5], ["b", 2]], ("A1:B1",)), (DATA / "book.xls").read_bytes()]


@given(st.sampled_from(SAMPLES), st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=10), st.integers(0, 10**6))
def test_damage_gives_a_document_or_a_verdict(sample: bytes, flips: list[tuple[int, int]], keep: int) -> None:
    data = bytearray(sample)
    for at, byte in flips:
        data[4 + at % (len(data) - 4)] = byte
    try:
        opened(bytes(data if keep % 3 else data[: keep % len(data)]))
    except CannotRead as error:
        assert error.code in ("corrupt", "encrypted", "too_large")
