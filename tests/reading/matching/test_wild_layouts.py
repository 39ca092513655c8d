"""Layouts outside every corpus here: none read wrong in silence, and those that lose nothing read whole."""

from __future__ import annotations

from random import Random

import pytest
from tests.generate import make_report
from tests.reading.matching.test_layouts import judge, opened
from tests.reading.printed_pages import page
from tests.reading.wild_pages import WILD

from gongkai.reading.pipeline import read_document


@pytest.mark.parametrize("layout", WILD)
def test_wild_layouts_are_read_whole(layout: str) -> None:
    for seed in range(4):
        truth = make_report("2021" if seed % 2 else "2019", seed)
        got = read_document(opened(page(truth, layout, Random(seed), wild=WILD[layout]), layout)).report
        assert got.form == truth.form
        silent, told = judge(truth, got)
        assert not silent, (layout, seed, silent)
        assert not told, (layout, seed, told)


@pytest.mark.slow
@pytest.mark.parametrize("layout", WILD)
def test_wild_layouts_with_blanks_are_never_wrong_in_silence(layout: str) -> None:
    for seed in range(40):
        truth = make_report("2021" if seed % 2 else "2019", seed, blanks=0.1)
        got = read_document(opened(page(truth, layout, Random(seed), wild=WILD[layout]), layout)).report
        assert not judge(truth, got)[0], (layout, seed)
