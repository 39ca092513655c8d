"""On a corpus with truth: every figure of tables three and four stands in one row of an exact grid, in order."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from drawing import matrix

from gongkai.reading.blocks import Grid
from gongkai.reading.limits import Limits
from gongkai.reading.opening import open_document

CORPUS = Path(os.environ.get("GONGKAI_CORPUS") or Path(__file__).parents[4] / "shared" / "corpus") / "made"
FILES = sorted(p for kind in ("docx", "doc", "xlsx", "xls") for p in CORPUS.glob(f"*.{kind}"))


@pytest.mark.skipif(not FILES, reason="no corpus: set GONGKAI_CORPUS to a folder with made/")
def test_every_figure_is_in_its_row() -> None:
    for path in FILES:
        rows = [
            "|".join("" if text in ("/", "-", "—", "无", "<", "^") else re.sub(r"\s", "", text) for text in row)
            for document in open_document(path.read_bytes(), path.name, Limits())
            for block in document.blocks
            if isinstance(block, Grid) and block.exact
            for row in matrix(block)
        ]
        figures = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["figures"]
        for table in ("requests", "remedies"):
            for row, columns in figures.get(table, {}).items():
                wanted = "|".join("" if value is None else str(value) for value in columns.values())
                assert any(wanted in line for line in rows), (path.name, table, row, wanted)
