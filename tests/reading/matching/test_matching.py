"""The two matchers and how they are resolved, on small grids made by hand."""

from __future__ import annotations

from random import Random

from tests.generate import make_report
from tests.reading.printed_pages import Spelling, page

from gongkai.forms import form
from gongkai.reading.blocks import Cell, Document, Grid, Paragraph
from gongkai.reading.formats.html import open_html
from gongkai.reading.formats.text import open_text
from gongkai.reading.limits import Limits
from gongkai.reading.pipeline import read_document
from gongkai.report import Report, State

HEAD = [["", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]]
NEW = "一、本年新收政府信息公开申请数量"
FORM = [["第二十条第（八）项", ""], ["信息内容", "本年收费金额（单位：万元）"], ["行政事业性收费", "0"]]


def grid(rows: list[list[str]]) -> Grid:
    return Grid([Cell(text, i, j) for i, row in enumerate(rows) for j, text in enumerate(row)])


def read(*grids: Grid) -> Report:
    return read_document(Document("made", "html", [Paragraph("某局2023年政府信息公开工作年度报告"), *grids])).report


def codes(report: Report, address: str | None = None) -> set[str]:
    return {p.code for p in report.problems if address is None or p.address == address}


def values(report: Report, row: str) -> list[object]:
    return [f.value for a, f in report.figures.items() if a.startswith(row + ".")]


def test_a_plain_row() -> None:
    report = read(grid(FORM), grid([*HEAD, [NEW, "3", "1", "0", "0", "0", "0", "4"]]))
    assert report.form == "2021"
    assert values(report, "requests.new_received") == [3, 1, 0, 0, 0, 0, 4]
    assert report.figures["requests.new_received.total"].trace.status == "read"


def test_columns_in_another_order_are_read_by_their_heads_or_not_at_all() -> None:
    swapped = [HEAD[0][:1] + HEAD[0][1:7][::-1] + HEAD[0][7:], [NEW, "6", "0", "0", "0", "1", "3", "10"]]
    report = read(grid(FORM), grid(swapped))
    for figure in (report.figures[f"requests.new_received.{c}"] for c in ("natural_person", "other_org")):
        assert figure.state is State.UNREADABLE or figure.trace.status == "inferred"


def test_a_row_printed_twice_with_different_figures_is_unreadable() -> None:
    report = read(grid(FORM), grid([*HEAD, [NEW, "3", "1", "0", "0", "0", "0", "4"]]),
                  grid([*HEAD, [NEW, "5", "1", "0", "0", "0", "0", "6"]]))  # fmt: skip
    assert report.figures["requests.new_received.natural_person"].state is State.UNREADABLE
    assert report.figures["requests.new_received.commercial_enterprise"].value == 1


def test_a_row_once_blank_and_once_filled_is_inferred() -> None:
    report = read(grid(FORM), grid([*HEAD, [NEW, *[""] * 7]]), grid([*HEAD, [NEW, "5", "1", "0", "0", "0", "0", "6"]]))
    figure = report.figures["requests.new_received.natural_person"]
    assert figure.value is None or figure.trace.status == "inferred"


def test_a_sheet_that_lists_figures_one_a_row_is_no_second_table() -> None:
    truth = make_report("2021", 5)
    blocks = open_html(page(truth, "html_table", Random(1), Spelling()), "x.html", Limits()).blocks
    listing = grid([["地址", "行", "列", "数值"]] + [
        [address, cell.row.number + cell.row.label, cell.column.label, "999"]
        for address, cell in form("2021").cells.items()
    ])  # fmt: skip
    report = read_document(Document("made", "xlsx", [*blocks, listing])).report
    for address, figure in truth.figures.items():
        got = report.figures[address]
        assert got.value in (figure.value, None), address
        assert got.value is not None or got.state is State.UNREADABLE, address


def test_lines_removed_as_repeated_are_said() -> None:
    truth = make_report("2019", 3)
    lines = page(truth, "cell_per_line_tight", Random(2), Spelling()).decode().split("\n")
    kept = "\n".join(dict.fromkeys(line for line in lines if line.strip()))
    report = read_document(open_text(kept.encode(), "x.txt", Limits())).report
    assert "figures_lost" in codes(report)
    for address, figure in truth.figures.items():
        got = report.figures[address]
        assert got.value in (figure.value, None) or got.trace.status == "inferred", address


def test_a_missing_table_and_a_missing_row_are_said() -> None:
    report = read(grid(FORM), grid([*HEAD, [NEW, "3", "1", "0", "0", "0", "0", "4"]]))
    assert "figures_lost" in codes(report, "remedies")
    assert "figures_lost" in codes(report, "requests.granted")
    assert report.figures["remedies.review.total"].state is State.UNREADABLE


def test_a_garbled_label_between_two_rows_is_recognised_and_marked() -> None:
    rows = [*HEAD, [NEW, *"1000001"], ["二、上年结转政府信息公幵申清数量", *"2000002"], ["（一）予以公开", *"3000003"]]
    report = read(grid(FORM), grid(rows))
    assert values(report, "requests.carried_in") == [2, 0, 0, 0, 0, 0, 2]


def test_an_unknown_row_gives_its_figures_to_no_row() -> None:
    text = f"第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n1\n0\n2\n其他主动公开文件\n7\n8\n9\n{NEW}\n3\n1\n0\n0\n0\n0\n4"
    report = read_document(open_text(text.encode(), "x.txt", Limits())).report
    assert values(report, "disclosure.rules") == [1, 0, 2]
    assert values(report, "disclosure.normative_documents") == [None, None, None]
    assert values(report, "requests.new_received") == [3, 1, 0, 0, 0, 0, 4]


def test_two_equal_figures_are_first_and_total_and_say_so() -> None:
    text = f"第二十条第（八）项 |\n信息内容 | 本年收费金额（单位：万元） |\n行政事业性收费 | 0 |\n{NEW} | 4 | 4 | |||||||\n二、上年结转政府信息公开申请数量 | 1 | 2 | |||||||\n（一）予以公开 | 3 | ||||||||"
    report = read_document(open_text(text.encode(), "x.txt", Limits())).report
    assert values(report, "requests.new_received") == [4, None, None, None, None, None, 4]
    assert report.figures["requests.new_received.total"].trace.status == "inferred"
    assert values(report, "requests.carried_in") == [None] * 7
    assert values(report, "requests.granted") == [None] * 7
    assert codes(report, "requests.new_received") == {"columns_inferred"}
    assert codes(report, "requests.granted") == {"column_unknown"}


def test_the_form_is_told_by_its_labels_never_by_the_year() -> None:
    truth = make_report("2019", 8)
    data = page(truth, "pipe_rows", Random(4), Spelling()).replace("2020年".encode(), "2023年".encode())
    assert read_document(open_text(data, "x.txt", Limits())).report.form == "2019"


def test_row_six_tells_the_form_when_table_two_is_lost() -> None:
    rows = [*HEAD, ["（六）其他处理", *"1000001"], ["（七）总计", *"1000001"]]
    assert read(grid(rows)).form == "2019"


TSV = "第二十条第（八）项\n信息内容\t本年收费金额（单位：万元）\n行政事业性收费\t0\n"


def text(rows: str) -> Report:
    return read_document(open_text((TSV + rows).encode(), "x.txt", Limits())).report


def test_a_letter_for_a_digit_is_one_cell_unreadable_not_a_blank_row() -> None:
    report = text(f"{NEW}\t3\t1\t0\t0\t0\t0\t4\n1.属于国家秘密\tO\t0\t0\t0\t0\t0\t0\n2.其他法律行政法规禁止公开\t0\t0\t0\t0\t0\t0\t0")
    figures = [report.figures[f"requests.denied_state_secret.{c}"] for c in ("natural_person", "other_org", "total")]
    assert [f.state for f in figures] == [State.UNREADABLE, State.ZERO, State.ZERO]
    assert "unreadable" in codes(report, "requests.denied_state_secret.natural_person")
    assert values(report, "requests.denied_prohibited_by_law") == [0] * 7


def test_words_in_a_cell_keep_the_columns_of_the_row() -> None:
    report = text(f"{NEW}\t3\t两件\t0\t0\t0\t0\t5\n二、上年结转政府信息公开申请数量\t6\tl\t0\t0\t0\t0\t7")
    assert values(report, "requests.new_received") == [3, None, 0, 0, 0, 0, 5]
    assert values(report, "requests.carried_in") == [6, None, 0, 0, 0, 0, 7]
    assert report.figures["requests.carried_in.commercial_enterprise"].state is State.UNREADABLE


def test_one_cell_a_line_with_a_letter_for_a_digit() -> None:
    lines = [NEW, *"3100004", "1.属于国家秘密", *"O000000", "2.其他法律行政法规禁止公开", *"0000000"]
    report = read_document(open_text((TSV.replace("\t", "\n") + "\n".join(lines)).encode(), "x.txt", Limits())).report
    assert values(report, "requests.new_received") == [3, 1, 0, 0, 0, 0, 4]
    assert report.figures["requests.denied_state_secret.natural_person"].state is State.UNREADABLE
    assert report.figures["requests.denied_state_secret.total"].value in (0, None)


def test_group_and_leaf_in_one_cell() -> None:
    rows = f"{NEW}\t6\t1\t0\t0\t0\t0\t7\n三、本年度办理结果 （一）予以公开\t6\t1\t0\t0\t0\t0\t7\n（三）不予公开 1.属于国家秘密\t0\t0\t0\t0\t0\t0\t0"
    report = text(rows)
    assert values(report, "requests.granted") == [6, 1, 0, 0, 0, 0, 7]
    assert values(report, "requests.denied_state_secret") == [0] * 7
    exact = read(grid(FORM), grid([*HEAD, [NEW, *"6100007"], ["三、本年度办理结果（一）予以公开", *"6100007"]]))
    assert values(exact, "requests.granted") == [6, 1, 0, 0, 0, 0, 7]


def test_figures_after_a_foreign_text_make_no_row_blank() -> None:
    report = text(f"{NEW}\n填报说明见附件一此处从略不再逐项列明\n3\n1\n0\n0\n0\n0\n4")
    assert all(f.state is State.UNREADABLE for a, f in report.figures.items() if a.startswith("requests.new_received."))


RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
OUTCOMES = ("（一）予以公开", "1.属于国家秘密", "6.属于四类过程性信息", "7.属于行政执法案卷", "8.属于行政查询事项", "2.重复申请")


def test_numbers_in_front_of_the_names_of_rows_are_no_figures() -> None:
    head = ["序号", *HEAD[0]]
    report = read(grid(FORM), grid([head, ["1", NEW, "3", "1", "0", "0", "0", "0", "4"],
                                    ["2", "二、上年结转政府信息公开申请数量", "1", "0", "0", "0", "0", "0", "1"]]))  # fmt: skip
    assert values(report, "requests.new_received") == [3, 1, 0, 0, 0, 0, 4]
    assert values(report, "requests.carried_in") == [1, 0, 0, 0, 0, 0, 1]


def test_a_total_in_front_is_read_by_its_head_where_sums_cannot_tell() -> None:
    head = [HEAD[0][0], HEAD[0][7], *HEAD[0][1:7]]
    report = read(grid(FORM), grid([head, [NEW, "4", "0", "4", "0", "0", "0", "0"]]))
    assert values(report, "requests.new_received") == [0, 4, 0, 0, 0, 0, 4]
    assert report.figures["requests.new_received.natural_person"].trace.status == "inferred"


def test_table_three_on_its_side_is_turned_and_keeps_its_places() -> None:
    rows = [["", *OUTCOMES]] + [[name, *(str(10 * n + i) for i in range(6))] for n, name in enumerate(HEAD[0][1:])]
    report = read(grid(FORM), grid(rows))
    assert values(report, "requests.denied_deliberative_process") == [2, 12, 22, 32, 42, 52, 62]
    trace = report.figures["requests.denied_deliberative_process.commercial_enterprise"].trace
    assert (trace.table, trace.row, trace.column) == (2, 3, 4)


def test_table_four_on_its_side() -> None:
    rows = [["类别", "行政复议", "未经复议直接起诉", "复议后起诉"]] + [[name, str(n), str(n + 5), "0"] for n, name in enumerate(RESULTS)]
    report = read(grid(FORM), grid(rows))
    assert values(report, "remedies.review") == [0, 1, 2, 3, 4]
    assert values(report, "remedies.litigation_direct") == [5, 6, 7, 8, 9]


def test_table_four_in_three_tables() -> None:
    heads = ("行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）")
    report = read(grid(FORM), *(grid([[head, "", "", "", ""], RESULTS, [str(5 * n + i) for i in range(5)]]) for n, head in enumerate(heads)))
    assert values(report, "remedies.review") == [0, 1, 2, 3, 4]
    assert values(report, "remedies.litigation_after_review") == [10, 11, 12, 13, 14]


def test_labels_shortened_in_the_middle_or_at_the_end() -> None:
    report = read(grid(FORM), grid([*HEAD, ["一、本年新收申请数量", "3", "1", "0", "0", "0", "0", "4"],
                                    ["1.本机关不掌握", "1", "0", "0", "0", "0", "0", "1"]]))  # fmt: skip
    assert values(report, "requests.new_received") == [3, 1, 0, 0, 0, 0, 4]
    assert values(report, "requests.unable_not_held") == [1, 0, 0, 0, 0, 0, 1]


def test_two_reports_on_one_page_are_told() -> None:
    first, second = ([*HEAD, [NEW, *(str(n + 1) for n in range(a, a + 7))],
                      ["二、上年结转政府信息公开申请数量", *(str(n) for n in range(a, a + 7))]] for a in (1, 20))  # fmt: skip
    report = read(grid(FORM), grid(first), grid(second))
    assert values(report, "requests.new_received") == [None] * 7
    assert "printed_twice" in codes(report)


def test_a_budget_with_a_row_of_table_two_is_no_report() -> None:
    budget = grid([["项目", "行政", "总计"], ["一般公共预算", "1234.5", "2234"], ["政府集中采购", "12", "345.6万元"]])
    page = Document("made", "html", [Paragraph("红枫区水利局2023年部门预算公开"), budget, Paragraph("行政事业性收费 0")])
    report = read_document(page).report
    assert codes(report) == {"not_a_report"}
    assert not report.figures


def test_a_figure_once_filled_and_once_blank_is_inferred_whichever_comes_first() -> None:
    filled, blank = [NEW, "3", "1", "0", "0", "0", "0", "4"], [NEW, "3", "", "0", "0", "0", "0", "4"]
    for rows in ([filled, blank], [blank, filled]):
        report = read(grid(FORM), *(grid([*HEAD, row]) for row in rows))
        figure = report.figures["requests.new_received.commercial_enterprise"]
        assert (figure.value, figure.trace.status) == (1, "inferred")


def test_a_blank_in_front_of_a_group_of_table_four_moves_no_figure() -> None:
    rows = [["类型", "", *RESULTS], ["", "复议后起诉", "0", "", "5", "1", "6"]]
    assert values(read(grid(FORM), grid(rows)), "remedies.litigation_after_review") == [0, None, 5, 1, 6]
