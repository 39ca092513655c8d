"""Tables over page ends: what is one table, what is one row, and what is neither."""

from __future__ import annotations

from gongkai.reading.blocks import Cell, Paragraph, Spot
from gongkai.reading.formats.page import Table
from gongkai.reading.formats.page.joining import joined, spilt


def table(
    rows: list[list[str]], edges: list[float] | None = None, full: set[tuple[int, int]] | None = None
) -> Table:
    """A table of single cells."""
    edges = edges or [100.0 * n for n in range(len(rows[0]) + 1)]
    cells = [
        Cell(text, r, c, spot=Spot(page=1, box=(edges[c], 20.0 * r, edges[c + 1], 20.0 * r + 20)))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    ]
    return Table(cells, edges, (edges[0], 0, edges[-1], 20.0 * len(rows)), len(rows), full or set())


def rows_of(found: Table | None) -> list[list[str]]:
    assert found is not None
    out: dict[int, list[str]] = {}
    for cell in sorted(found.cells, key=lambda c: (c.row, c.column)):
        out.setdefault(cell.row, []).append(cell.text)
    assert sorted(out) == list(range(found.rows))
    return [out[r] for r in sorted(out)]


HEAD = ["项目", "甲", "乙"]


def test_same_columns_join_and_a_repeated_head_goes() -> None:
    upper, lower = table([HEAD, ["规章", "1", "2"]]), table([HEAD, ["文件", "3", "4"]])
    assert rows_of(joined(upper, lower)) == [HEAD, ["规章", "1", "2"], ["文件", "3", "4"]]


def test_a_page_set_a_little_aside_still_joins() -> None:
    lower = table([["文件", "3", "4"]], [12.0, 112.0, 212.0, 312.0])
    assert rows_of(joined(table([HEAD]), lower)) == [HEAD, ["文件", "3", "4"]]


def test_other_columns_do_not_join() -> None:
    assert joined(table([HEAD]), table([["甲", "乙", "丙"]], [0.0, 80.0, 220.0, 300.0])) is None
    assert joined(table([HEAD]), table([["甲", "乙"]], [0.0, 100.0, 260.0])) is None


def test_a_part_that_lacks_edges_takes_those_of_the_other() -> None:
    found = joined(table([["总计", "9"]], [0.0, 100.0, 300.0]), table([["规章", "1", "2"]]))
    assert found is not None
    assert [(c.text, c.column, c.colspan) for c in found.cells] == [
        ("总计", 0, 1), ("9", 1, 2), ("规章", 0, 1), ("1", 1, 1), ("2", 2, 1),
    ]  # fmt: skip


def test_a_label_that_ran_to_the_edge_goes_on() -> None:
    upper = table([["申请人逾期不补", "1", "2"]], full={(0, 0)})
    assert rows_of(joined(upper, table([["正申请", "", ""], ["其他", "3", "4"]]))) == [
        ["申请人逾期不补正申请", "1", "2"],
        ["其他", "3", "4"],
    ]


def test_a_row_of_blanks_is_a_row_of_its_own() -> None:
    """Blank is not part of the row above: nothing may move a figure into a blank row or swallow the row."""
    short = table([["规章", "1", "2"]])
    assert rows_of(joined(short, table([["文件", "", ""]]))) == [["规章", "1", "2"], ["文件", "", ""]]
    numbered = table([["申请人逾期不补正", "1", "2"]], full={(0, 0)})
    assert len(rows_of(joined(numbered, table([["3.其他", "", ""]])))) == 2
    both = table([["申请人逾期不补正", "1", "2"]], full={(0, 0)})
    assert len(rows_of(joined(both, table([["其他处理", "", "4"]])))) == 2


def test_a_label_over_rows_spans_on() -> None:
    upper, lower = table([["结果", "予以公开", "1"]]), table([["", "部分公开", "2"], ["", "其他", "3"]])
    lower.cells = [c for c in lower.cells if not (c.row == 1 and c.column == 0)]
    lower.cells[0].rowspan = 2
    found = joined(upper, lower)
    assert found is not None
    assert [(c.text, c.rowspan) for c in found.cells if c.column == 0] == [("结果", 3)]


def test_a_blank_figure_is_never_merged_into_the_one_above() -> None:
    found = rows_of(joined(table([["规章", "7", "2"]]), table([["文件", "", "4"]])))
    assert found == [["规章", "7", "2"], ["文件", "", "4"]]


def test_letters_pushed_out_below_the_table() -> None:
    upper = table([["（五）不予", "1", "2"]])
    assert spilt(upper, Paragraph("处理", spot=Spot(page=1, box=(30, 21, 50, 32)))) is upper.cells[0]
    assert spilt(upper, Paragraph("12", spot=Spot(page=1, box=(130, 21, 150, 32)))) is None
    assert spilt(upper, Paragraph("处理", spot=Spot(page=1, box=(90, 21, 110, 32)))) is None
    assert spilt(upper, Paragraph("处理", spot=Spot(page=1, box=(30, 60, 50, 71)))) is None
