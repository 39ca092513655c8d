"""Whatever happens to a document's bytes, reading gives reports with problems: no exception, no figure out of nothing.

A short run here; the long one is ``make fuzz`` (its figures: docs/fuzzing.md).
"""

from __future__ import annotations

import os
from random import Random

import pytest
from tests.reading.mutations import SEEDS, mutated

from gongkai.reading.limits import Limits
from gongkai.reading.pipeline import read_bytes

SMALL = Limits(bytes=4 << 20, unpacked=16 << 20, cells=20_000, pages=20)


@pytest.fixture(scope="module")
def seeds() -> dict[str, bytes]:
    return {}


@pytest.mark.parametrize("kind", SEEDS)
@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_document_is_a_problem_at_worst(kind: str, seed: int, seeds: dict[str, bytes]) -> None:
    if kind == "png":
        try:
            import rapidocr  # noqa: F401
        except ImportError:
            if os.environ.get("CI") == "true":
                raise
            pytest.skip("gongkai[ocr] is not installed")
    data = seeds.setdefault(kind, SEEDS[kind]())
    for report in read_bytes(mutated(data, Random(seed)), f"damaged.{kind}", SMALL):
        assert report.form is not None or report.problems
        for figure in report.figures.values():
            assert figure.value is None or (figure.trace is not None and figure.trace.raw)
