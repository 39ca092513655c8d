"""Every layout reports are scraped in, over generated reports: no figure wrong in silence, hardly any not read."""

from __future__ import annotations

from random import Random

import pytest
from tests.generate import make_report
from tests.reading.printed_pages import HTML, TEXT, Spelling, page

from gongkai.reading.blocks import Document
from gongkai.reading.formats.html import open_html
from gongkai.reading.formats.text import open_text
from gongkai.reading.limits import Limits
from gongkai.reading.pipeline import read_document
from gongkai.report import Report

LOSES_BLANKS = {"spaced_rows"}  # a blank between spaces is gone: nothing can tell which column it was


def opened(data: bytes, layout: str) -> Document:
    return (open_html if layout.startswith("html") else open_text)(data, f"{layout}.x", Limits())


def judge(truth: Report, got: Report) -> tuple[list[str], list[str]]:
    """Addresses wrong in silence, and addresses not read though something says so."""
    said = {p.address for p in got.problems}
    silent, told = [], []
    for address, figure in truth.figures.items():
        read = got.figures[address]
        if read.value == figure.value:
            continue
        trace = read.trace
        doubtful = read.value is None or (trace is not None and (trace.status != "read" or trace.uncertain))
        named = {address, address.rsplit(".", 1)[0], address.split(".", maxsplit=1)[0]} & said
        (told if doubtful or named else silent).append(address)
    return silent, told


@pytest.mark.parametrize("layout", [*TEXT, *HTML])
def test_complete_reports_are_read_whole(layout: str) -> None:
    for seed in range(4):
        random = Random(seed)
        truth = make_report("2021" if seed % 2 else "2019", seed)
        got = read_document(opened(page(truth, layout, random), layout)).report
        assert got.form == truth.form
        silent, told = judge(truth, got)
        assert not silent, (layout, seed, silent)
        assert not told, (layout, seed, told)


@pytest.mark.parametrize("layout", [*TEXT, *HTML])
@pytest.mark.parametrize("blanks", [0.1, 0.5])
def test_blanks_never_shift_a_figure_in_silence(layout: str, blanks: float) -> None:
    lost = total = 0
    for seed in range(4):
        random = Random(seed)
        truth = make_report("2019" if seed % 2 else "2021", seed, blanks=blanks)
        got = read_document(opened(page(truth, layout, random, Spelling.of(random)), layout)).report
        silent, told = judge(truth, got)
        assert not silent, (layout, seed, silent)
        lost += len(told)
        total += len(truth.figures)
    assert layout in LOSES_BLANKS or lost / total < 0.05, (layout, lost)


@pytest.mark.slow
@pytest.mark.parametrize("layout", [*TEXT, *HTML])
def test_many_reports(layout: str) -> None:
    for seed in range(100, 200):
        random = Random(seed)
        truth = make_report(random.choice(["2019", "2021"]), seed, blanks=random.choice([0.0, 0.05, 0.3]))
        got = read_document(opened(page(truth, layout, random), layout)).report
        silent, _ = judge(truth, got)
        assert not silent, (layout, seed, silent)
