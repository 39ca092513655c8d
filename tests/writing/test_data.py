"""The formats of data: CSV, Parquet and JSON by the line."""

import csv
import io
import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.report import Figure
from gongkai.writing import CannotWrite, to_bytes, write_many
from tests.generate import make_report, reports
from tests.writing.samples import hostile, sample


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@given(reports(blanks=0.3))
def test_csv_gives_the_same_figures_back(report):
    found = {
        r["address"]: (r["state"], Decimal(r["value"]) if r["value"] else None)
        for r in rows(to_bytes(report, "csv"))
    }
    assert found == {a: (f.state.value, f.value) for a, f in report.figures.items()}


def test_csv_names_labels_and_units_and_marks_utf8_when_asked():
    first = rows(to_bytes(sample("2019"), "csv"))[0]
    assert first == {
        "source": "sample", "organ": "东屏县水利局", "year": "2020", "form": "2019", "address": "disclosure.rules.made",
        "table": "主动公开政府信息情况", "row": "规章", "column": "本年新制作数量", "value": "1", "unit": "件", "state": "number",
    }  # fmt: skip
    assert to_bytes(sample(), "csv", bom=True) == b"\xef\xbb\xbf" + to_bytes(sample(), "csv")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1))
def test_no_csv_text_begins_as_a_formula(text):
    found = rows(to_bytes(sample(organ=text, source=text), "csv"))[0]
    assert found["organ"].removeprefix("'") == text.removeprefix("'") or found["organ"] == text
    assert not found["organ"].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_csv_keeps_negative_numbers_numbers_and_quotes_formulas():
    found = {r["address"]: r for r in rows(to_bytes(sample("2019"), "csv"))}
    assert found["disclosure.licensing.items_change"]["value"] == "-7"
    assert rows(to_bytes(hostile(), "csv"))[0]["source"] == "'@SUM(A1)"


def test_many_reports_stream_one_by_one():
    taken = []

    def coming():
        for seed in range(3):
            taken.append(seed)
            yield make_report("2021", seed)

    class Sink(io.BytesIO):
        def write(self, data):
            sizes.append(len(taken))
            return super().write(data)

    sizes: list[int] = []
    sink = Sink()
    assert write_many(coming(), "csv", sink) == 3
    assert sizes[0] == 0 and 1 in sizes and 2 in sizes  # written before the next report is asked for
    assert len({r["source"] for r in rows(sink.getvalue())}) == 3
    lines = io.BytesIO()
    assert write_many((make_report("2019", s) for s in range(2)), "json", lines) == 2
    assert lines.getvalue().count(b"\n") == 2


def test_parquet_holds_exact_values():
    pq = pytest.importorskip("pyarrow.parquet")
    made = [make_report("2019", 4, blanks=0.2), make_report("2021", 5, blanks=0.2)]
    out = io.BytesIO()
    assert write_many(made, "parquet", out) == 2
    table = pq.read_table(io.BytesIO(out.getvalue())).to_pylist()
    want = [(r.source, a, f.value, f.state.value) for r in made for a, f in r.figures.items()]
    assert [(r["source"], r["address"], r["value"], r["state"]) for r in table] == want


def test_parquet_refuses_what_it_cannot_hold_exactly():
    pytest.importorskip("pyarrow")
    figures = {**sample().figures, "disclosure.fees.amount": Figure.of(Decimal("0.00000000001"))}
    with pytest.raises(CannotWrite, match="Parquet"):
        to_bytes(sample(figures=figures), "parquet")


def test_parquet_without_its_library_names_the_extra(monkeypatch):
    for name in [n for n in sys.modules if n.split(".")[0] == "pyarrow" or n == "gongkai.writing.parquet"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(CannotWrite, match=r"gongkai\[parquet\]"):
        to_bytes(sample(), "parquet")
