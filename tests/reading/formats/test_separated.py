"""Text tables in commas, semicolons, frames and emphasis: one kind of table, every character at its place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.formats.line_tables import blocks_of_lines
from gongkai.reading.formats.separated import as_tables
from gongkai.reading.formats.text import open_text
from gongkai.reading.limits import Limits
from gongkai.reading.pipeline import read_document

NAMES = ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（一）予以公开", "（六）其他处理", "（七）总计", "四、结转下年度继续办理")
HEADS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
DISCLOSURE = (("信息内容", "上一年项目数量", "本年增/减", "处理决定数量"), ("行政许可", "12", "-3", "1204"), ("行政处罚", "9", "0", "35"))


def rows() -> list[tuple[str, ...]]:
    figures = [("3", "1", "0", "0", "0", "0", "4"), ("1", "0", "0", "0", "0", "0", "1"), ("2", "1", "0", "0", "0", "0", "3"),
               ("1", "0", "0", "0", "0", "0", "1"), ("3", "1", "0", "0", "0", "0", "4"), ("1", "0", "0", "0", "0", "0", "1")]  # fmt: skip
    return [*DISCLOSURE, ("", *HEADS), *((name, *row) for name, row in zip(NAMES, figures, strict=True))]


def read(text: str) -> dict[str, object]:
    whole = f"红枫区水利局2020年政府信息公开工作年度报告\n{text}\n五、存在的主要问题及改进情况\n无。\n"
    report = read_document(open_text(whole.encode(), "x.txt", Limits())).report
    return {address: figure.value for address, figure in report.figures.items() if figure.value is not None}


WANTED = read("\n".join("\t".join(row) for row in rows()))


def test_the_plain_table_is_read() -> None:
    assert WANTED["requests.new_received.total"] == 4
    assert WANTED["disclosure.licensing.items_change"] == -3


def test_commas_semicolons_and_quotes() -> None:
    assert read("\n".join(",".join(row) for row in rows())) == WANTED
    assert read("\n".join(";".join(row) for row in rows())) == WANTED
    assert read("\r\n".join(",".join(f'"{f}"' for f in row) for row in rows())) == WANTED


def test_thousands_stay_one_figure_between_quotes() -> None:
    text = "\n".join(",".join(f'"{f}"' for f in row) for row in rows()).replace('"1204"', '"1,204"')
    assert read(text)["disclosure.licensing.decisions"] == 1204


def test_a_quoted_cell_may_run_over_lines() -> None:
    for mark in ",\t":
        text = "\n".join(mark.join(f'"{f[:6]}\n{f[6:]}"' if len(f) > 8 else f for f in row) for row in rows())
        assert read(text) == WANTED


def test_frames_emphasis_and_mail() -> None:
    drawn = "┌────┬──┐\n" + "\n├────┼──┤\n".join("│" + "│".join(row) + "│" for row in rows()) + "\n└────┴──┘"
    assert read(drawn) == WANTED
    plain = "+----+--+\n" + "\n+----+--+\n".join("| " + " | ".join(row) + " |" for row in rows()) + "\n+----+--+"
    assert read(plain) == WANTED
    dressed = "\n".join("| " + " | ".join(f"**{f[:4]}<br>{f[4:]}**" if len(f) > 5 else f for f in row) + " |" for row in rows())
    assert read(dressed) == WANTED
    whole = "\n".join("\n".join(row) for row in rows())
    assert read(whole) == WANTED


def test_figures_of_a_row_on_a_line_below_its_name() -> None:
    assert read("\n".join(f"{row[0]}\n{' '.join(row[1:])}" if row[1].lstrip("-").isdigit() else "\n".join(row) for row in rows())) == WANTED


def test_numbers_of_pages_are_no_figures() -> None:
    lines = ["\t".join(row) for row in rows()]
    assert read("\n".join([*lines[:5], "— 3 —", *lines[5:8], "第4页 共9页", *lines[8:]])) == WANTED
    assert read("\n".join([*lines[:5], "3\n\f" + lines[5], *lines[6:]])) == WANTED


def test_names_cut_over_lines_without_a_tab() -> None:
    lines = ["\t".join(row) for row in rows()]
    cut = [f"{line[:6]}\n{line[6:]}" if line.startswith(("一、", "二、", "四、")) else "\t" + line for line in lines]
    assert read("\n".join(cut)) == WANTED


def test_sentences_keep_their_commas() -> None:
    said = "2020年,我局公开信息1,286条,其中网站563条,公报723条。\n" * 9
    assert as_tables(said) == said


@given(st.text(alphabet='甲一、0123,;\t"|│┌┼─+-*<br>&nbsp; \n>规章行政许可', max_size=200))
def test_no_character_moves(text: str) -> None:
    assert len(as_tables(text)) == len(text)
    for block in blocks_of_lines(as_tables(text)):
        assert block.spot.end is None or block.spot.end <= len(text)
