"""check(): nothing in a consistent report, every broken relation found and worded, the founding documents as known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given, settings

from gongkai.checking import check
from gongkai.forms import FORM_KEYS, Instance, form
from gongkai.report import Claim, Figure, Report, Section, State, Trace
from tests.checking.damage import damaged, founding, traced, violations
from tests.forms.examples import Assignment, example
from tests.generate import make_report, reports

# facts that a report does not state but that follow from it; their relations have their own tests below
FOLLOWS = ("report.deadline", "report.sections_", "report.children_")


@given(report=reports())
@settings(max_examples=60)
def test_nothing_in_a_consistent_report(report):
    assert [f.rule for f in check(report)] == []


@given(report=reports(blanks=0.6))
@settings(max_examples=40)
def test_blanks_break_no_sum(report):
    # a table left wholly blank is an empty section, and that is said
    assert {f.rule for f in check(report)} <= {"p_sections"}


@pytest.mark.parametrize("key", FORM_KEYS)
def test_nothing_between_consistent_years(key):
    first = make_report(key, 11)
    second = make_report(key, 12, after=first)
    # notes of plausibility are for people to look at; errors and warnings must not appear
    assert [f for f in check(second, last_year=first) if f.severity != "note"] == []


def _report(key: str, found: Assignment) -> Report:
    figures = {a: Figure.of(found.figures.get(("", a))) for a in form(key).cells}
    facts = found.facts
    start, end = facts.get("report.period_start"), facts.get("report.period_end")
    return Report(
        source="x", year=facts.get("report.year"), form=key, figures=figures,
        claims=tuple(Claim(n[6:], v) for n, v in facts.items() if n.startswith("claim.")),
        sections=tuple(Section(int(n[9:]), "题", v) for n, v in facts.items() if n.startswith("section.")),
        period=(start, end) if start and end else None,
    )  # fmt: skip


def _others(key: str, found: Assignment) -> dict[str, object]:
    """The other reports an example speaks of, on the form that has their figures."""
    by_source: dict[str, dict[str, int]] = {}
    for (source, address), value in found.figures.items():
        by_source.setdefault(source, {})[address] = value

    def other(source: str) -> Report | None:
        values = by_source.get(source)
        if values is None:
            return None
        on = "2019" if source == "prev2019" else key
        assert set(values) <= set(form(on).cells)
        return Report("y", form=on, figures={a: Figure.of(values.get(a)) for a in form(on).cells})

    children = [c for c in (other("children1"), other("children2")) if c]
    return {
        "last_year": other("prev") or other("prev2019"),
        "own": other("own"),
        "children": children or None,
        "ledger": {n[7:]: v for n, v in found.facts.items() if n.startswith("ledger.")},
    }


def _cases():
    for key in FORM_KEYS:
        for relation in form(key).relations:
            for instance in relation.instances[:: max(1, len(relation.instances) // 4)]:
                if not any(a.startswith(FOLLOWS) for a in instance.addresses):
                    yield pytest.param(key, instance, id=f"{key}-{relation.id}-{'-'.join(instance.at.values())}")


@pytest.mark.parametrize(("key", "instance"), list(_cases()))
def test_every_relation_is_found_broken_and_worded(key: str, instance: Instance):
    broken = example(instance, False)
    found = [f for f in check(_report(key, broken), **_others(key, broken))
             if f.rule == instance.relation.id and f.at == instance.at]  # fmt: skip
    assert len(found) == 1
    finding = found[0]
    assert finding.addresses == instance.addresses
    assert finding.severity == instance.relation.severity
    assert instance.relation.source in finding.basis
    assert not set("{}") & set(finding.message)
    assert "None" not in finding.message and "-0" not in finding.message
    assert all(label in finding.message for label in instance.labels.values())
    assert finding.expected is not None or finding.actual is not None
    kept = example(instance, True)
    again = check(_report(key, kept), **_others(key, kept))
    assert not [f for f in again if f.rule == instance.relation.id and f.at == instance.at]


def test_the_twelve_broken_sums_of_the_hengyang_report():
    report = founding("003")
    found = {(f.rule, *f.at.values()) for f in check(report)}
    names = {"row_sum": "requests_row_total", "column_balance": "requests_balance", "column_result_sum": "requests_results_sum"}
    known = {(names[v["kind"]], v.get("row") or v.get("column")) for v in violations("003") if v["kind"] in names}
    assert len(known) == 12
    assert found == known


def test_what_its_prose_says_against_its_tables():
    """The text says everything was completed; the note says outcomes outnumber receipts: the table shows neither."""
    claims = {"requests_received": 49, "review_cases": 3, "litigation_cases": 1, "all_completed": 1,
              "outcomes_exceed_received": 1}  # fmt: skip
    found = [f for f in check(founding("003", claims)) if f.rule.startswith("n_")]
    assert [f.rule for f in found] == ["n_all_completed", "n_outcomes_exceed"]
    assert found[0].expected == "54" and found[0].actual == "49"


@pytest.mark.parametrize("number", ["000", "001", "002", "004"])
def test_nothing_is_broken_in_the_other_founding_documents(number):
    assert check(founding(number)) == []


def test_a_breakdown_that_does_not_claim_to_be_whole_is_no_error():
    text = "全年公开各类信息2541余条，其中概况类503余条、动态类406余条、目录类229余条。"
    report = make_report("2019", 2, prose=False)
    report.sections = (Section(1, "总体情况", text),)
    report.claims = (Claim("published_items", 2541),)
    assert not [f for f in check(report) if f.rule.startswith("n_")]
    report.claims += (Claim("published_q1", 503), Claim("published_q2", 406), Claim("published_q3", 229))
    assert not [f for f in check(report) if f.rule.startswith("n_")]


def _one(report: Report, rule: str, **more):
    (finding,) = [f for f in check(report, **more) if f.rule == rule]
    return finding


def test_a_claim_lists_what_would_be_right():
    report = damaged(make_report("2021", 3, prose=False), {})
    new, carried = report.value("requests.new_received.total"), report.value("requests.carried_in.total")
    assert carried
    report.claims = (Claim("requests_received", 9999),)
    finding = _one(report, "n_received")
    assert f"{new}或{new + carried}件" in finding.message
    assert finding.expected == f"{new}或{new + carried}" and finding.actual == "9999"
    assert finding.addresses[0] == "claim.requests_received"


def test_late_publication_reads_well():
    report = msgspec.structs.replace(make_report("2021", 3), organ="石桥县司法局", year=2022, published=date(2023, 2, 5))
    finding = _one(report, "p_deadline")
    assert "2023年2月5日" in finding.message and "2023年1月31日" in finding.message and "5天" in finding.message
    government = msgspec.structs.replace(report, organ="石桥县人民政府")
    assert not [f for f in check(government) if f.rule == "p_deadline"]


def test_a_sum_that_is_too_small_has_no_negative_difference():
    report = make_report("2021", 3)
    total = report.value("remedies.review.total")
    finding = _one(damaged(report, {"remedies.review.total": total + 4}), "remedies_review_sum")
    assert "相差4" in finding.message and "-" not in finding.message
    assert (finding.expected, finding.actual) == (str(total), str(total + 4))


def test_money_is_plain_and_exact():
    report = damaged(make_report("2021", 3), {"disclosure.fees.amount": Decimal("-0.50")})
    finding = _one(report, "disclosure_non_negative")
    assert "-0.5，" in finding.message


def test_findings_carry_the_places_of_both_sides():
    report = traced(damaged(make_report("2021", 3), {"remedies.review.total": 99}))
    finding = _one(report, "remedies_review_sum")
    assert set(finding.traces) == set(finding.addresses)
    finding = _one(report, "n_review")
    assert set(finding.traces) == {"claim.review_cases", "remedies.review.total"}


def test_an_inferred_figure_is_named():
    report = traced(damaged(make_report("2021", 3), {"remedies.review.total": 99}), remedies__review__upheld="两种读法")
    finding = _one(report, "remedies_review_sum")
    assert "“行政复议·结果维持”为推断读数" in finding.message
    assert "推断" not in _one(traced(report), "remedies_review_sum").message


def test_an_unreadable_figure_is_not_judged():
    report = damaged(make_report("2021", 3), {"remedies.review.total": 99})
    report.figures["remedies.review.upheld"] = Figure(State.UNREADABLE, None, Trace("unreadable"))
    assert not [f for f in check(report) if f.rule == "remedies_review_sum"]


def test_a_report_without_a_form_has_no_findings():
    assert check(Report("x")) == []


def test_last_year_must_be_the_year_before():
    report = make_report("2021", 3)
    assert report.year
    other = msgspec.structs.replace(report, year=report.year - 2)
    with pytest.raises(ValueError, match="上年报告"):
        check(report, last_year=other)


def test_last_year_on_the_other_form():
    before = make_report("2019", 5)
    before = msgspec.structs.replace(before, year=2020)
    report = msgspec.structs.replace(make_report("2021", 6), year=2021)
    rules = {f.rule for f in check(report, last_year=before)}
    assert "disclosure_stock" not in rules
    assert "requests_year_carry" in rules
    finding = [f for f in check(report, last_year=before) if f.rule == "requests_year_carry"][-1]
    assert "prev.requests.carried_forward.total" in finding.addresses


def _sum(*parts: Report) -> Report:
    figures = {a: Figure.of(sum(p.figures[a].value for p in parts)) for a in parts[0].figures}
    return msgspec.structs.replace(parts[0], figures=figures, claims=(), sections=())


def test_a_roll_up_is_its_parts():
    own, one, two = (make_report("2021", n) for n in (21, 22, 23))
    region = _sum(own, one, two)
    assert [f for f in check(region, own=own, children=[one, two]) if f.rule == "h_parent"] == []
    assert [f for f in check(_sum(one, two), children=[one, two]) if f.rule == "h_parent"] == []
    wrong = damaged(region, {"requests.granted.total": 100000})
    finding = _one(wrong, "h_parent", own=own, children=[one, two])
    assert finding.at == {"cell": "requests.granted.total"}
    assert finding.addresses == ("requests.granted.total", "own.requests.granted.total", "children.requests.granted.total")
    assert finding.actual == "100000" and "汇总数为100000" in finding.message


def test_children_that_did_not_file():
    one = make_report("2021", 22)
    finding = _one(_sum(one), "h_coverage", children=[one], registered=3)
    assert "应报送3家，已报送1家" in finding.message
    assert not [f for f in check(_sum(one), children=[one], registered=1) if f.rule == "h_coverage"]


def test_the_ledger_of_requests():
    finding = _one(make_report("2021", 3), "requests_one_request_one_outcome", ledger={"requests_with_several_outcomes": 2})
    assert "有2件申请" in finding.message
