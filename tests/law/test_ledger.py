"""From cases to tables 3 and 4: worked by hand, and put to every relation of the forms for generated ledgers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.forms import APPLICANTS, form
from gongkai.forms.relations import FACTS
from gongkai.law import (
    Case,
    Decision,
    Entry,
    Event,
    Kind,
    LedgerError,
    RemedyCase,
    carry_breaks,
    close_year,
    form_of_year,
    ledger_facts,
    remedies_table,
    requests_table,
    restatements,
)
from tests.law.ledgers import YEARS, Tables, cases, ledgers, remedy_ledgers


def case(id: str, who: str, received: str, closed: str | None = None, *codes: str, kind: Kind = Kind.REPLIED) -> Case:
    events = [Event(Kind.RECEIVED, date.fromisoformat(received))]
    if closed is not None:
        events.append(Event(kind, date.fromisoformat(closed)))
    return Case(id, who, tuple(events), Decision(codes) if codes else None)


LEDGER = [
    case("1", "natural_person", "2021-11-01", "2021-11-20", "provide"),
    case("2", "natural_person", "2021-12-20", "2022-01-10", "provide", "third_party"),  # over the year end, severed
    case("3", "commercial_enterprise", "2021-12-31", "2022-12-31", "not_exist"),
    case("4", "natural_person", "2022-01-01", "2022-01-01", "petition"),
    case("5", "other_org", "2022-06-01", "2022-06-08", kind=Kind.WITHDRAWN),
    case("6", "natural_person", "2022-12-30"),
    case("7", "natural_person", "2020-12-30", "2021-02-01", "no_correction", kind=Kind.ABANDONED),
]


def test_a_ledger_worked_by_hand() -> None:
    table = requests_table(LEDGER, 2022)
    assert table.form == "2021"
    nonzero = {address: n for address, n in table.figures.items() if n}
    assert nonzero == {
        "requests.new_received.natural_person": 2, "requests.new_received.other_org": 1, "requests.new_received.total": 3,
        "requests.carried_in.natural_person": 1, "requests.carried_in.commercial_enterprise": 1,
        "requests.carried_in.total": 2,
        "requests.partially_granted.natural_person": 1, "requests.partially_granted.total": 1,
        "requests.unable_not_held.commercial_enterprise": 1, "requests.unable_not_held.total": 1,
        "requests.not_processed_petition.natural_person": 1, "requests.not_processed_petition.total": 1,
        "requests.other_misc.other_org": 1, "requests.other_misc.total": 1,
        "requests.results_total.natural_person": 2, "requests.results_total.commercial_enterprise": 1,
        "requests.results_total.other_org": 1, "requests.results_total.total": 4,
        "requests.carried_forward.natural_person": 1, "requests.carried_forward.total": 1,
    }  # fmt: skip
    assert set(table.figures) == {a for a in form("2021").cells if a.startswith("requests.")}
    assert table.cases["requests.carried_in.total"] == ("2", "3")
    assert table.cases["requests.partially_granted.natural_person"] == ("2",)


def test_the_form_follows_the_year() -> None:
    assert [form_of_year(y) for y in (2019, 2020, 2021, 2026)] == ["2019", "2019", "2021", "2021"]
    with pytest.raises(LedgerError, match="自2019年起"):
        form_of_year(2018)
    assert requests_table(LEDGER, 2021).figures["requests.other_no_correction.total"] == 1
    earlier = [replace(LEDGER[6], events=(Event(Kind.RECEIVED, date(2020, 1, 2)), Event(Kind.ABANDONED, date(2020, 3, 2))))]
    assert requests_table(earlier, 2020).figures["requests.other_disposition.total"] == 1


@given(ledgers(), remedy_ledgers())
@settings(max_examples=60)
def test_every_official_relation_holds(ledger: list[Case], reviews: list[RemedyCase]) -> None:
    before: dict[str, int] = {}
    for year in YEARS:
        table = requests_table(ledger, year)
        now = table.figures | remedies_table(reviews, year).figures
        context = Tables(now, before, ledger_facts(table.entries))
        checked = set()
        for relation in form(table.form).relations:
            if relation.scope in ("in_table", "register") or relation.id == "requests_year_carry":
                for instance in relation.instances:
                    held = instance.holds(context)
                    known = all(a.split(".")[-3] != "disclosure" for a in instance.addresses if a.count(".") >= 2)
                    if known and (before or relation.scope != "cross_year"):
                        assert held is True, (relation.id, instance.at, instance.sides(context))
                        checked.add(relation.id)
        wanted = {"requests_balance", "requests_results_sum", "requests_row_total", "requests_non_negative",
                  "remedies_review_sum", "requests_partial_exclusive", "requests_one_request_one_outcome"}  # fmt: skip
        assert wanted <= checked
        assert ("requests_year_carry" in checked) == bool(before)
        before = now


@given(ledgers())
def test_carried_in_is_last_years_carried_forward_column_by_column(ledger: list[Case]) -> None:
    for year in YEARS[:-1]:
        now, later = requests_table(ledger, year), requests_table(ledger, year + 1)
        for column in (*APPLICANTS, "total"):
            ahead, behind = later.cases[f"requests.carried_in.{column}"], now.cases[f"requests.carried_forward.{column}"]
            assert ahead == behind
        assert carry_breaks(close_year(now), later) == ()


@given(ledgers(), cases(id="999"))
def test_every_figure_can_be_followed_to_its_cases(ledger: list[Case], extra: Case) -> None:
    every = [*ledger, extra]
    for year in YEARS:
        table = requests_table(every, year)
        kinds = {c.id: c.applicant for c in every}
        for address, ids in table.cases.items():
            column = address.split(".")[-1]
            assert len(ids) == table.figures[address] == len(set(ids))
            assert column == "total" or all(kinds[i] == column for i in ids)


@given(ledgers(), cases(id="999"), cases(id="999"))
def test_a_case_changed_after_the_close_shows_as_a_restatement(ledger: list[Case], old: Case, new: Case) -> None:
    """The closed year keeps its figures; every moved figure is named with the case that moved it, and no other is."""
    for year in YEARS:
        closed = close_year(requests_table([*ledger, old], year))
        kept = closed.figures
        now = requests_table([*ledger, new], year)
        found = {r.address: r for r in restatements(closed, now)}
        for address, ids in now.cases.items():
            assert (address in found) == (("999" in ids) != ("999" in closed.cases[address]))
            if address in found:
                assert (found[address].closed, found[address].current) == (kept[address], len(ids))
                assert found[address].added + found[address].removed == ("999",)
                assert "999" in found[address].text and f"{year}年已结账" in found[address].text
        assert closed.figures == kept


def test_a_restatement_breaks_the_carry_in_the_open() -> None:
    closed = close_year(requests_table(LEDGER, 2021))
    late = [*LEDGER, case("8", "natural_person", "2021-12-30")]
    table = requests_table(late, 2022)
    assert table.figures["requests.carried_in.total"] == 3
    breaks = carry_breaks(closed, table)
    assert [(b.address, b.closed, b.current, b.added) for b in breaks] == [
        ("requests.carried_forward.natural_person", 1, 2, ("8",)),
        ("requests.carried_forward.total", 2, 3, ("8",)),
    ]
    assert "“结转下年度继续办理·自然人”结账时为1，现为2（增加8）" in breaks[0].text
    with pytest.raises(ValueError, match="不是2021年的下一年度"):
        carry_breaks(closed, requests_table(late, 2023))


def test_one_case_in_anothers_place_is_a_restatement_though_the_number_stays() -> None:
    closed = close_year(requests_table([LEDGER[0]], 2021))
    other = replace(LEDGER[0], id="1-甲")
    found = {r.address: r for r in restatements(closed, requests_table([other], 2021))}
    granted = found["requests.granted.total"]
    assert (granted.closed, granted.current, granted.added, granted.removed) == (1, 1, ("1-甲",), ("1",))
    assert "结账时为1，现为1（增加1-甲，减少1）" in granted.text


def test_closing_takes_both_tables_of_one_year() -> None:
    reviews = [RemedyCase("r1", "review", date(2021, 3, 1), date(2021, 4, 1), "upheld")]
    closed = close_year(requests_table(LEDGER, 2021), remedies_table(reviews, 2021))
    assert closed.figures["remedies.review.upheld"] == 1
    assert len(closed.figures) == len([a for a in form("2021").cells if not a.startswith("disclosure.")])
    changed = remedies_table([replace(reviews[0], result="corrected")], 2021)
    assert {r.address for r in restatements(closed, changed)} == {"remedies.review.upheld", "remedies.review.corrected"}
    with pytest.raises(ValueError, match="同一年度"):
        close_year(requests_table(LEDGER, 2021), remedies_table(reviews, 2022))


def test_a_bad_register_shows_in_its_facts() -> None:
    entries = [Entry("1", "granted"), Entry("2", "partially_granted", severed=True), Entry("2", "denied_third_party_rights"),
               Entry("3", "granted"), Entry("3", "granted"), Entry("4", "denied_state_secret", severed=True)]  # fmt: skip
    facts = ledger_facts(entries)
    assert facts == {"ledger.severed_counted_elsewhere": 2, "ledger.requests_with_several_outcomes": 2}
    assert set(facts) <= set(FACTS), "the relations ask for these names"
    register = [r for r in form("2021").relations if r.scope == "register"]
    assert len(register) == 2
    assert [i.holds(Tables({}, {}, facts)) for r in register for i in r.instances] == [False, False]


def test_table_four_worked_by_hand() -> None:
    reviews = [
        RemedyCase("a", "review", date(2021, 12, 1), date(2022, 2, 1), "corrected"),
        RemedyCase("b", "review", date(2022, 5, 1), date(2022, 6, 1), "upheld"),
        RemedyCase("c", "review", date(2022, 12, 1)),
        RemedyCase("d", "litigation_direct", date(2022, 1, 1), date(2023, 1, 1), "other"),
        RemedyCase("e", "litigation_after_review", date(2020, 1, 1), date(2021, 12, 31), "upheld"),
    ]
    table = remedies_table(reviews, 2022)
    assert {a: n for a, n in table.figures.items() if n} == {
        "remedies.review.upheld": 1, "remedies.review.corrected": 1, "remedies.review.pending": 1, "remedies.review.total": 3,
        "remedies.litigation_direct.pending": 1, "remedies.litigation_direct.total": 1,
    }  # fmt: skip
    assert table.flow["review"] == {"carried_in": ("a",), "new": ("b", "c"), "concluded": ("a", "b"), "pending": ("c",)}
    assert table.cases["remedies.review.corrected"] == ("a",)


@given(remedy_ledgers())
def test_what_is_pending_is_carried_in_next_year(reviews: list[RemedyCase]) -> None:
    for year in YEARS[:-1]:
        now, later = remedies_table(reviews, year), remedies_table(reviews, year + 1)
        for row, parts in now.flow.items():
            assert parts["pending"] == later.flow[row]["carried_in"]
            assert len(parts["carried_in"]) + len(parts["new"]) == len(parts["concluded"]) + len(parts["pending"])


@pytest.mark.parametrize(("broken", "words"), [
    ([case("1", "citizen", "2022-01-01")], "“1”的申请人类型“citizen”不在表三"),
    ([LEDGER[3], LEDGER[3]], "登记编号“4”重复"),
    ([case("1", "natural_person", "2022-01-01", "2022-02-01")], "“1”已于2022-02-01办结，但没有登记决定类型"),
    ([case("1", "natural_person", "2022-01-01", "2022-02-01", "provide", "petition")], "申请“1”：.*在登记时拆分"),
    ([case("1", "natural_person", "2022-02-01", "2022-01-01", "provide")], "申请“1”：第2个事件“答复”（2022-01-01）：早于"),
    ([Case("1", "natural_person", ())], "申请“1”：没有首先登记"),
    ([Case("1", "natural_person", (Event(Kind.REPLIED, date(2022, 1, 1)),))], "申请“1”：第1个事件“答复”"),
    ([Case("1", "natural_person", (Event(Kind.RECEIVED, date(2022, 1, 1)),) * 2)], "只能登记一次收到申请"),
    ([Case("1", "natural_person", (Event(Kind.RECEIVED, date(2022, 1, 1)), Event(Kind.REPLIED, date(2022, 1, 2)),
                                   Event(Kind.WITHDRAWN, date(2022, 1, 3))), Decision(("provide",)))], "已于2022-01-02办结"),
])  # fmt: skip
def test_a_case_that_cannot_be_counted_is_named(broken: list[Case], words: str) -> None:
    with pytest.raises(LedgerError, match=words):
        requests_table(broken, 2022)


@pytest.mark.parametrize(("broken", "words"), [
    ([RemedyCase("a", "appeal", date(2022, 1, 1))], "“a”的类型“appeal”不在表四"),
    ([RemedyCase("a", "review", date(2022, 1, 1))] * 2, "“a”重复"),
    ([RemedyCase("a", "review", date(2022, 1, 1), date(2022, 2, 1))], "应当同时登记"),
    ([RemedyCase("a", "review", date(2022, 1, 1), date(2022, 2, 1), "won")], "结果“won”不在表四"),
    ([RemedyCase("a", "review", date(2022, 2, 1), date(2022, 1, 1), "upheld")], "早于受理日期"),
])  # fmt: skip
def test_a_review_that_cannot_be_counted_is_named(broken: list[RemedyCase], words: str) -> None:
    with pytest.raises(LedgerError, match=words):
        remedies_table(broken, 2022)


@given(st.dates(date(2019, 5, 15), date(2026, 12, 31)), st.integers(0, 900))
def test_a_case_is_new_once_and_has_its_result_once(received: date, open_for: int) -> None:
    closed = received + timedelta(days=open_for)
    one = [Case("1", "natural_person", (Event(Kind.RECEIVED, received), Event(Kind.REPLIED, closed)), Decision(("provide",)))]
    tables = [requests_table(one, year).figures for year in range(2019, 2031)]
    for row in ("new_received", "results_total", "granted"):
        assert sum(t[f"requests.{row}.total"] for t in tables) == 1
    for row in ("carried_in", "carried_forward"):
        assert sum(t[f"requests.{row}.total"] for t in tables) == closed.year - received.year
