"""The floors of accuracy on the corpus, where it is: GONGKAI_CORPUS, or ../shared/corpus beside the project.

docs/accuracy.md has the figures of the last full run; here are the floors no change may go below.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from gongkai import check, read

CORPUS = Path(os.environ.get("GONGKAI_CORPUS") or Path(__file__).parents[2] / "shared" / "corpus")
needs_corpus = pytest.mark.skipif(not (CORPUS / "score.py").exists(), reason="no corpus beside the project (GONGKAI_CORPUS)")
FOUNDING = sorted((CORPUS / "founding").glob("*.txt"))
BROKEN = {"003": Counter(requests_balance=5, requests_results_sum=4, requests_row_total=3, n_all_completed=1,
                         n_outcomes_exceed=1)}  # fmt: skip


@needs_corpus
@pytest.mark.parametrize("path", FOUNDING, ids=lambda p: p.name[:3])
def test_founding_documents(path: Path) -> None:
    truth = json.loads(path.with_suffix(".json").read_text("utf-8"))
    report = read(path)
    assert (report.organ, report.year, report.form) == (truth["organ"], truth["year"], truth["form"])
    figures = {f"{t}.{r}.{c}": v for t, rows in truth["figures"].items() for r, cols in rows.items() for c, v in cols.items()}
    for address, value in figures.items():
        got = report.value(address)
        assert (None if got is None else str(got)) == (None if value is None else str(value)), address
    arithmetic = Counter(f.rule for f in check(report) if not f.rule.startswith("p_"))
    assert arithmetic == BROKEN.get(path.name[:3], Counter())
    codes = {p.code for p in report.problems}
    assert ("hijacked" in codes) == path.name.startswith("000")
    assert ("spider_tail" in codes) == path.name.startswith("003")


def score(only: str) -> dict[str, Any]:
    command = [sys.executable, str(CORPUS / "score.py"), str(CORPUS / "made"), "--only", only, "--json",
               "--cmd", f"{sys.executable} -m gongkai read --traces --timeout 300",
               "--check-cmd", f"{sys.executable} -m gongkai check --format json --timeout 300"]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=3000)
    return dict(json.loads(done.stdout.splitlines()[0]))


@needs_corpus
@pytest.mark.slow
def test_documents_with_text() -> None:
    scored = score("!scan:*")
    n, checks = scored["total"], scored["checks"]
    assert n["right"] / n["figures"] >= 0.999
    assert n.get("silent", 0) == 0, scored["silent"]
    assert n.get("invented", 0) == 0
    assert n["problems_reported"] == n["problems_expected"]
    assert n["sound"] / n["documents"] >= 0.98
    assert n["claims_right"] / n["claims"] >= 0.97
    assert n.get("claims_wrong", 0) == 0
    assert checks["found"] == checks["declared"]
    assert checks.get("false_alarms", 0) <= n["documents"] / 100


@needs_corpus
@pytest.mark.slow
def test_scans() -> None:
    pytest.importorskip("rapidocr", reason="gongkai[ocr] is not installed")
    n = score("scan:*")["total"]
    assert n["right"] / n["figures"] >= 0.97
    assert n.get("silent", 0) / n["figures"] <= 0.002
