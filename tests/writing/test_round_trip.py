"""Reading what was written gives the same report back, in every format people read and in JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from gongkai.reading.pipeline import read_bytes
from gongkai.report import Report, State, from_plain
from gongkai.writing import to_bytes
from tests.generate import make_report, reports

# a report shrinks slowly, and the difference names the place anyway
NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
PRINTED = ("html", "docx", "pdf", "xlsx")


def told(report: Report) -> dict[str, Any]:
    """What a report says, without where it was read: one flat mapping, so that a failure names its place."""
    facts: dict[str, Any] = {
        key: getattr(report, key) for key in ("organ", "year", "form", "title", "published")
    }
    facts |= {a: (f.state.value, f.value) for a, f in report.figures.items()}
    facts |= {f"section {n}": (s.number, s.title, s.text) for n, s in enumerate(report.sections)}
    return facts


def differences(report: Report, to: str) -> dict[str, Any]:
    (found,) = read_bytes(to_bytes(report, to), f"report.{to}")
    want, got = told(report), told(found)
    return {k: (want.get(k), got.get(k)) for k in want.keys() | got.keys() if want.get(k) != got.get(k)}


def visible(report: Report, to: str) -> bool:
    """Whether table four has any figure: a workbook's row without label and figure is no row, and read as lost."""
    return to != "xlsx" or any(
        figure.state is not State.BLANK
        for address, figure in report.figures.items()
        if address.startswith("remedies.")
    )


@pytest.mark.parametrize("to", PRINTED)
@pytest.mark.parametrize("key", ["2019", "2021"])
def test_a_report_comes_back(to, key):
    assert differences(make_report(key, 11, blanks=0.2), to) == {}


@pytest.mark.parametrize("to", PRINTED)
def test_what_the_prose_claims_comes_back(to):
    report = make_report("2021", 23)
    (found,) = read_bytes(to_bytes(report, to), f"report.{to}")
    assert {c.name: found.claim(c.name) for c in report.claims} == {c.name: c.value for c in report.claims}


@pytest.mark.slow
@pytest.mark.parametrize("to", PRINTED)
@given(report=st.one_of(reports(blanks=0.2), reports()))
@settings(max_examples=40, suppress_health_check=list(HealthCheck), phases=NO_SHRINKING)
def test_every_report_comes_back(to, report):
    assume(visible(report, to))
    assert differences(report, to) == {}


@pytest.mark.slow
@pytest.mark.parametrize("to", PRINTED)
@given(report=reports(blanks=0.9))
@settings(max_examples=20, suppress_health_check=list(HealthCheck), phases=NO_SHRINKING)
def test_a_report_of_hardly_any_figures_comes_back(to, report):
    assume(visible(report, to))
    assert differences(report, to) == {}


@given(reports(blanks=0.3))
def test_every_report_comes_back_from_json(report):
    assert from_plain(json.loads(to_bytes(report, "json"))) == report
