"""The sample reports in examples/: their truth is whole, and reading them gives it."""

import json
import runpy
from pathlib import Path

import pytest

from gongkai.checking import check
from gongkai.forms import form
from gongkai.reading.pipeline import read_bytes
from gongkai.report import flatten, to_plain

FOLDER = Path(__file__).parents[1] / "examples"
NAMES = sorted(path.name.removesuffix(".truth.json") for path in FOLDER.glob("*.truth.json"))


def truth(name):
    return json.loads((FOLDER / f"{name}.truth.json").read_text("utf-8"))


def read(name):
    (report,) = read_bytes((FOLDER / f"{name}.txt").read_bytes(), f"{name}.txt")
    return report


def test_every_sample_has_its_truth_and_is_told_in_the_readme():
    assert sorted(path.stem for path in FOLDER.glob("*.txt")) == NAMES and len(NAMES) == 5
    assert all(f"`{name}.txt`" in (FOLDER / "README.md").read_text("utf-8") for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_truth_names_every_figure_of_its_form(name):
    assert list(flatten(truth(name)["figures"])) == list(form(truth(name)["form"]).cells)


@pytest.mark.parametrize("name", NAMES)
def test_figures_are_read_as_printed_and_none_is_invented(name):
    assert flatten(to_plain(read(name))["figures"]) == flatten(truth(name)["figures"])


@pytest.mark.parametrize("name", NAMES)
def test_organ_year_form_date_and_claims_are_told(name):
    report, want = read(name), truth(name)
    assert report.organ in (want["organ"], *want["organ_aliases"])
    assert (report.year, report.form) == (want["year"], want["form"])
    assert (report.published.isoformat() if report.published else None) == want["published"]
    assert {claim.name: claim.value for claim in report.claims} == want["claims"]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_wrong_with_the_page_is_reported(name):
    codes = {problem.code for problem in read(name).problems}
    assert (
        truth(name)["expect_problem"] in codes if truth(name)["expect_problem"] else "hijacked" not in codes
    )


@pytest.mark.parametrize("name", NAMES)
def test_broken_sums_are_found_and_no_others(name):
    want = {(v["rule"], tuple(sorted(v["at"].items()))) for v in truth(name)["violations"]}
    scopes = {r.id: r.scope for r in form(truth(name)["form"]).relations}
    found = {
        (f.rule, tuple(sorted(f.at.items())))
        for f in check(read(name))
        if scopes.get(f.rule) in ("in_table", "narrative") and f.severity != "note"
    }
    assert found == want


def test_the_samples_programme_tells_what_it_found_and_writes_one(tmp_path, capsys):
    runpy.run_path(str(FOLDER / "samples.py"))["main"](tmp_path / "demo")
    said = capsys.readouterr().out
    assert all(f"{name}.txt" in said for name in NAMES)
    assert sorted(path.suffix for path in (tmp_path / "demo").iterdir()) == [".docx", ".pdf"]
