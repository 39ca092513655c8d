"""Glyphs to lines and cell texts."""

from __future__ import annotations

from gongkai.reading.formats.page import Word, lines
from gongkai.reading.formats.page.words import cell_text


def typed(text: str, x: float, y: float, size: float = 10, step: float | None = None) -> list[Word]:
    """Letters side by side from x, y (top left)."""
    step = size if step is None else step
    return [Word(c, (x + n * step, y, x + n * step + size, y + size)) for n, c in enumerate(text)]


def test_lines_from_top_to_bottom_and_left_to_right() -> None:
    glyphs = typed("第二行", 0, 14) + typed("第一行", 0, 0)
    assert [row.text for row in lines(reversed(glyphs))] == ["第一行", "第二行"]


def test_a_wide_gap_parts_segments_and_a_small_one_is_a_space() -> None:
    (row,) = lines(typed("规章", 0, 0) + typed("12", 28, 0, step=6) + typed("3", 100, 0))
    assert [w.text for w in row.words] == ["规章 12", "3"]


def test_thin_glyphs_stand_on_the_line_of_their_neighbours() -> None:
    thin = Word("一", (20, 4, 30, 5.5))
    (row,) = lines([*typed("第", 10, 0), thin, *typed("项", 30, 0)])
    assert row.text == "第一项"


def test_bold_by_double_printing_is_read_once() -> None:
    (row,) = lines(typed("总计", 0, 0) + typed("总计", 0.4, 0))
    assert row.text == "总计"


def test_wrapped_lines_run_on_and_ended_lines_keep_their_break() -> None:
    box = (0.0, 0.0, 44.0, 60.0)
    assert cell_text(typed("其他法律", 2, 0) + typed("法", 2, 14), box) == ("其他法律法", False)
    assert cell_text(typed("甲", 2, 0) + typed("乙丙丁", 2, 14), box) == ("甲\n乙丙丁", True)
    assert cell_text(typed("123", 2, 0) + typed("4567", 2, 14), (0.0, 0.0, 34.0, 60.0))[0] == "1234567"


def test_a_mark_that_may_not_start_a_line_takes_the_letter_before_along() -> None:
    box = (0.0, 0.0, 56.0, 60.0)
    assert cell_text(typed("逾期不补", 2, 0) + typed("正、不再", 2, 14), box)[0] == "逾期不补正、不再"


def test_vertical_writing() -> None:
    def column(text: str, x: float) -> list[Word]:
        return [Word(c, (x, 11.0 * n, x + 10, 11.0 * n + 10)) for n, c in enumerate(text)]

    assert cell_text(column("结果维持", 5), (0.0, 0.0, 60.0, 60.0))[0] == "结果维持"
    two = column("尚未审结", 40) + column("其他结果", 20)
    assert "".join(cell_text(two, (0.0, 0.0, 60.0, 60.0))[0].split()) == "尚未审结其他结果"


def test_figures_that_stand_close_are_never_vertical_writing() -> None:
    glyphs = typed("8003", 5, 20, size=9, step=5)
    assert cell_text(glyphs, (0.0, 0.0, 30.0, 60.0))[0] == "8003"


def test_blank() -> None:
    assert cell_text([], (0.0, 0.0, 9.0, 9.0)) == ("", False)
    assert cell_text(typed("\u3000 ", 0, 0), (0.0, 0.0, 30.0, 9.0))[0] == ""


def test_figures_a_gap_apart_are_two_cells() -> None:
    (row,) = lines(typed("12", 0, 0, step=6) + typed("3", 26, 0) + typed("件", 47, 0))
    assert [w.text for w in row.words] == ["12", "3 件"]


def test_the_small_raised_digit_of_a_note_is_no_part_of_a_number() -> None:
    note = Word("1", (12, -3, 17, 4))
    assert cell_text([*typed("12", 0, 0, step=6), note], (0.0, -5.0, 60.0, 20.0))[0] == "12"
    assert cell_text([*typed("12", 0, 0, step=6), Word("3", (12, 2, 17, 10))], (0.0, -5.0, 60.0, 20.0))[0] == "123"
    assert cell_text([*typed("面积", 0, 0), Word("2", (20, -3, 25, 4))], (0.0, -5.0, 60.0, 20.0))[0] == "面积2"
