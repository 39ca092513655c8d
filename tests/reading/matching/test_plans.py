"""Remembered tables: read as the matchers read them, and never remembered where figures decide."""

from __future__ import annotations

from random import Random

import pytest
from tests.generate import make_report
from tests.reading.printed_pages import HTML, Spelling, page

from gongkai.reading import pipeline
from gongkai.reading.blocks import Grid
from gongkai.reading.formats.html import open_html
from gongkai.reading.limits import Limits
from gongkai.reading.matching.plans import Plans, shape_of
from gongkai.report import Report, State, to_plain


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch) -> Plans:
    fresh = Plans()
    monkeypatch.setattr(pipeline, "PLANS", fresh)
    return fresh


def read(data: bytes) -> Report:
    return pipeline.read_document(open_html(data, "x.html", Limits())).report


def shape(data: bytes) -> object:
    return shape_of([b for b in open_html(data, "x.html", Limits()).blocks if isinstance(b, Grid)])


@pytest.mark.parametrize("layout", HTML)
@pytest.mark.parametrize("blanks", [0.0, 0.4])
def test_a_remembered_table_is_read_as_the_matchers_read_it(plans: Plans, layout: str, blanks: float) -> None:
    for seed in range(24):
        spelling = Spelling.of(Random(seed % 3))
        data = page(make_report("2021" if seed % 2 else "2019", seed, blanks=blanks), layout, Random(seed), spelling)
        read(data)
        by_plan = read(data)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(plans, "of", lambda _: None)
            patch.setattr(plans, "learn", lambda *_: None)
            assert to_plain(by_plan, traces=True) == to_plain(read(data), traces=True), (layout, seed)


def test_the_same_table_with_other_figures_is_remembered(plans: Plans) -> None:
    first, second = (page(make_report("2021", seed), "html_table", Random(0), Spelling()) for seed in (2, 4))
    assert shape(first) == shape(second)
    read(first)
    assert plans.of(shape(second)) is not None
    truth, got = make_report("2021", 4), read(second)
    assert {a: f.value for a, f in got.figures.items()} == {a: f.value for a, f in truth.figures.items()}


def test_a_blank_makes_another_shape() -> None:
    first = page(make_report("2021", 2), "html_table", Random(0), Spelling())
    assert shape(first) != shape(first.replace(b"<p>0</p>", b"<p></p>", 1))


def test_what_is_no_number_is_said_of_a_remembered_table_too(plans: Plans) -> None:
    data = page(make_report("2021", 2), "html_table", Random(0), Spelling())
    read(data)
    doubtful = data.replace(b"<p>0</p>", "<p>？</p>".encode(), 1)
    assert plans.of(shape(doubtful)) is not None
    got = read(doubtful)
    assert [f.state for f in got.figures.values()].count(State.UNREADABLE) == 1
    assert [p.code for p in got.problems].count("unreadable") == 1


def test_a_row_printed_twice_is_not_remembered(plans: Plans) -> None:
    data = page(make_report("2021", 2), "html_table", Random(0), Spelling()).decode()
    start = data.index("<tr><td rowspan=\"1\" colspan=\"1\"><p>行政许可")
    row = data[start : data.index("</tr>", start) + 5]
    twice = data.replace(row, row * 2).encode()
    assert read(twice).form == "2021"
    assert plans.of(shape(twice)) is None


def test_a_lost_row_is_not_remembered(plans: Plans) -> None:
    data = page(make_report("2021", 2), "html_table", Random(0), Spelling()).decode()
    start = data.index("<tr><td rowspan=\"1\" colspan=\"1\"><p>行政许可")
    lost = (data[:start] + data[data.index("</tr>", start) + 5 :]).encode()
    assert "figures_lost" in {p.code for p in read(lost).problems}
    assert plans.of(shape(lost)) is None


def test_plans_are_forgotten_before_they_fill_memory(plans: Plans, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.reading.matching.plans._MOST", 2)
    pages = [page(make_report("2021", 2), "html_table", Random(0), Spelling(dot=dot, half_brackets=half))
             for dot in (".", "、") for half in (True, False)]  # fmt: skip
    for data in pages:
        read(data)
    assert len(plans._known) == 2
    assert plans.of(shape(pages[-1])) is not None
