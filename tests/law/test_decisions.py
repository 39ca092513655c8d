"""Grounds of decision and remedy texts: one request, one row, and the right court at the right date."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.forms import FORM_KEYS, form
from gongkai.law import Decision, DecisionError, default_rules, grounds, may_stand_together, outcome, remedy

BODY, COURT = "某市人民政府", "某市中级人民法院"
DENIALS = ("state_secret", "prohibited_by_law", "security_stability", "third_party", "internal_affairs", "process_info",
           "enforcement_file")  # fmt: skip


def decisions() -> st.SearchStrategy[Decision]:
    codes = st.lists(st.sampled_from(list(grounds())), min_size=1, max_size=4, unique=True).map(tuple)
    return codes.flatmap(lambda c: st.builds(Decision, st.just(c), st.sampled_from([None, *c])))


@given(decisions())
def test_one_request_one_row_in_both_forms(decision: Decision) -> None:
    """Whatever grounds stand together, each form counts the request in exactly one of its rows, or refuses."""
    results = {}
    for key in FORM_KEYS:
        try:
            results[key] = outcome(decision, key)
        except DecisionError:
            continue
        assert results[key].row in form(key).sets["requests.outcomes"]
        if results[key].severed:
            assert results[key].row == "partially_granted"
    assert len({r.severed for r in results.values()}) <= 1
    if not may_stand_together(decision.codes):
        assert not results


@pytest.mark.parametrize("key", FORM_KEYS)
def test_every_outcome_row_has_a_ground(key: str) -> None:
    assert {g.rows[key] for g in grounds().values()} == set(form(key).sets["requests.outcomes"])


def test_every_letter_says_something() -> None:
    for ground in grounds().values():
        assert ground.tell or ground.track == "none", ground.code
        assert ground.articles or ground.code == "withdrawn_or_other", ground.code


@pytest.mark.parametrize("denial", DENIALS)
def test_a_severed_request_is_partial_and_nothing_else(denial: str) -> None:
    for codes in (("provide", denial), ("partial",), ("partial", denial), ("already_public", denial, "not_exist")):
        found = outcome(Decision(codes), "2021")
        assert (found.row, found.severed) == ("partially_granted", True)
    assert "条例第三十七条" in outcome(Decision(("provide", denial)), "2021").articles


def test_several_grounds_need_a_main_one() -> None:
    both = ("third_party", "process_info")
    with pytest.raises(DecisionError, match="请指明主要理由"):
        outcome(Decision(both), "2021")
    assert outcome(Decision(both, main="process_info"), "2021").row == "denied_deliberative_process"
    assert len(outcome(Decision(both, main="process_info"), "2021").tell) == 3
    assert outcome(Decision(("not_exist", "not_responsible")), "2021").row == "unable_not_held", "one row: no main ground needed"


def test_what_cannot_stand_together_is_refused() -> None:
    for codes in (("petition", "provide"), ("no_correction", "provide"), ("duplicate", "third_party"), ("excessive", "petition"),
                  ("withdrawn_or_other", "not_exist"), ("fee_unpaid", "no_correction")):  # fmt: skip
        assert not may_stand_together(codes)
        with pytest.raises(DecisionError, match="请在登记时拆分"):
            outcome(Decision(codes), "2021")


@pytest.mark.parametrize(("decision", "words"), [
    (Decision(()), "没有写明决定类型"),
    (Decision(("agreed",)), "没有“agreed”这一决定类型"),
    (Decision(("provide",), main="partial"), "不在所列理由"),
])  # fmt: skip
def test_unknown_decisions_are_refused(decision: Decision, words: str) -> None:
    with pytest.raises(DecisionError, match=words):
        outcome(decision, "2021")


def test_the_other_disposition_of_2019_is_three_rows_in_2021() -> None:
    for code, row in (("no_correction", "other_no_correction"), ("fee_unpaid", "other_fee_unpaid"), ("withdrawn_or_other", "other_misc")):
        assert outcome(Decision((code,)), "2019").row == "other_disposition"
        assert outcome(Decision((code,)), "2021").row == row


@pytest.mark.parametrize("code", DENIALS)
def test_reconsideration_first_from_2024(code: str) -> None:
    before = remedy(Decision((code,)), date(2023, 12, 31), BODY, COURT)
    after = remedy(Decision((code,)), date(2024, 1, 1), BODY, COURT)
    assert before is not None and after is not None
    assert (before.review_first, after.review_first) == (False, True)
    assert "或者自收到本答复之日起6个月内" in before.text
    assert "应当先自收到本答复之日起60日内" in after.text
    assert "自收到行政复议决定书之日起15日内" in after.text
    assert "6个月" not in after.text
    assert "行政复议法第二十三条第一款第四项" in after.articles


def test_other_outcomes_still_go_straight_to_court() -> None:
    for code, ground in grounds().items():
        if ground.track == "direct":
            found = remedy(Decision((code,)), date(2026, 3, 2), BODY, COURT)
            assert found is not None
            assert not found.review_first
            assert BODY in found.text and COURT in found.text


def test_a_mixed_reply_takes_the_stricter_way() -> None:
    found = remedy(Decision(("provide", "third_party")), date(2026, 3, 2), BODY, COURT)
    assert found is not None
    assert found.review_first


def test_unsettled_remedies_say_so() -> None:
    partial, query = (remedy(Decision((c,)), date(2026, 3, 2), BODY, COURT) for c in ("partial", "admin_query"))
    assert partial is not None and query is not None
    assert not partial.verified and not query.verified
    sure = remedy(Decision(("state_secret",)), date(2026, 3, 2), BODY, COURT)
    assert sure is not None and sure.verified


def test_closures_without_a_letter_have_no_remedy_text() -> None:
    for code in ("no_correction", "fee_unpaid", "withdrawn_or_other"):
        assert remedy(Decision((code,)), date(2026, 3, 2), BODY, COURT) is None


def test_remedies_refuse_what_they_cannot_know() -> None:
    with pytest.raises(DecisionError, match="2019年5月15日"):
        remedy(Decision(("provide",)), date(2019, 5, 14), BODY, COURT)
    with pytest.raises(ValueError, match="名称"):
        remedy(Decision(("provide",)), date(2026, 3, 2), " ", COURT)


def test_the_periods_in_the_text_follow_the_rules() -> None:
    rules = default_rules().override("after_review_days = 30")
    found = remedy(Decision(("third_party",)), date(2026, 3, 2), BODY, COURT, rules)
    assert found is not None and "30日内" in found.text


def test_every_pair_is_decided() -> None:
    for pair in itertools.combinations(grounds(), 2):
        assert may_stand_together(pair) in (True, False)
        assert may_stand_together(pair) == may_stand_together(pair[::-1])
