"""The schema of what is printed: the committed file is the generated one, and every report is valid by it."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.report import Claim, Identity, Problem, Report, Trace, to_plain
from gongkai.schema import schema, text
from tests.generate import make_report, reports

FILE = Path(__file__).parents[1] / "docs" / "report.schema.json"
VALIDATOR = jsonschema.Draft202012Validator(schema())


def broken(plain):
    return [e.json_path for e in VALIDATOR.iter_errors(json.loads(json.dumps(plain)))]


def test_the_committed_schema_is_the_generated_one():
    assert FILE.read_text("utf-8") == text(), "run: python -I -m gongkai.schema > docs/report.schema.json"


def test_it_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(schema())


@given(reports(blanks=0.3), st.booleans())
def test_every_report_is_valid(report, traces):
    assert not broken(to_plain(report, traces=traces))


def test_a_document_that_could_not_be_read_is_valid_and_so_are_all_traces():
    trace = Trace(status="inferred", file="a.pdf", page=1, table=2, row=3, column=4, start=5, end=6,
                  box=(0.0, 1.5, 2.0, 3.0), raw="１", reason="合计", confidence=0.9, uncertain=True, query="q")  # fmt: skip
    report = Report("a.pdf", problems=(Problem("corrupt", "文件损坏。", None, trace), Problem("no_table", "没有表。")),
                    claims=(Claim("carried_in", 3, trace), Claim("carried_in", 4)),
                    evidence=(Identity("year", "2020", "标题", trace), Identity("organ", None, "没有")))  # fmt: skip
    assert not broken(to_plain(report, traces=True))
    assert not broken(to_plain(report))


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda p: p["figures"]["requests"]["granted"].update(total=1.5), "$.figures.requests.granted.total"),
        (lambda p: p["figures"]["requests"]["granted"].pop("total"), "$.figures.requests.granted"),
        (lambda p: p["figures"]["disclosure"]["fees"].update(amount=3), "$.figures.disclosure.fees.amount"),
        (lambda p: p.update(form="2020"), "$.form"),
        (lambda p: p.update(form="2019"), "$.figures.disclosure"),
        (lambda p: p.pop("organ"), "$"),
        (lambda p: p["claims"].update(unheard_of=1), "$.claims"),
        (lambda p: p.update(form=None), "$.figures"),
    ],
)
def test_what_does_not_fit_is_told(change, path):
    plain = json.loads(json.dumps(to_plain(make_report("2021", 3))))
    assert not broken(plain)
    change(plain)
    assert any(found.startswith(path) for found in broken(plain))
