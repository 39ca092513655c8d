"""In a scan a broken sum puts its figures in doubt; in a text it is the publisher's."""

from __future__ import annotations

import msgspec
from tests.generate import make_report

from gongkai.forms import form
from gongkai.reading.matching.doubt import doubt_by_sums
from gongkai.report import Figure, Trace

ROW = "requests.granted"


def figures(confidence: float | None) -> dict[str, Figure]:
    report = make_report("2021", 4)
    return {a: msgspec.structs.replace(f, trace=Trace(raw=str(f.value), confidence=confidence)) for a, f in report.figures.items()}


def test_a_scan_whose_sums_hold_is_left_alone() -> None:
    scanned = figures(0.99)
    assert doubt_by_sums(form("2021"), scanned) == []
    assert not any(f.trace.uncertain for f in scanned.values())


def test_a_misread_figure_is_in_doubt_with_the_sums_it_breaks() -> None:
    scanned = figures(0.99)
    right = scanned[f"{ROW}.natural_person"]
    scanned[f"{ROW}.natural_person"] = Figure.of(int(right.value or 0) + 7, right.trace)
    problems = doubt_by_sums(form("2021"), scanned)
    assert {p.code for p in problems} == {"uncertain"}
    assert scanned[f"{ROW}.natural_person"].trace.uncertain
    assert scanned[f"{ROW}.total"].trace.uncertain
    assert scanned[f"{ROW}.natural_person"].value == int(right.value or 0) + 7
    assert not scanned["remedies.review.total"].trace.uncertain


def test_a_broken_sum_in_a_text_is_no_doubt_of_the_reader() -> None:
    printed = figures(None)
    printed[f"{ROW}.total"] = Figure.of(9999, printed[f"{ROW}.total"].trace)
    assert doubt_by_sums(form("2021"), printed) == []
    assert not any(f.trace.uncertain for f in printed.values())
