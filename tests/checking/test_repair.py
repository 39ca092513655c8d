"""repair(): the true cell first, slips of the hand recognised as such, honest where the sums do not decide."""

from __future__ import annotations

import copy
import json
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.checking import Repairs, check, repair
from gongkai.checking.evidence import digits_alike
from gongkai.checking.linear import model
from gongkai.checking.search import broken_sums
from gongkai.checking.smallest import smallest_changes
from gongkai.forms import FORM_KEYS, form
from gongkai.report import Claim, Figure, Report, State, Trace
from tests.checking.damage import damaged, founding, row_of, with_row
from tests.generate import make_report, reports

SLIPS = (lambda v, r: v + r.randint(1, 9), lambda v, r: v * 10 + r.randint(0, 9), lambda v, r: int(str(v)[::-1]),
         lambda v, r: v // 10, lambda v, r: 0 if v else 3)  # fmt: skip


def after(report: Report, repairs: Repairs, rank: int = 0) -> dict:
    """The figures if the proposal of this rank were taken in every part."""
    values = {a: f.value for a, f in report.figures.items()}
    for part in repairs.parts:
        values.update({c.address: c.new for c in part.proposals[rank].changes})
    return values


def figures(report: Report) -> dict:
    return {a: f.value for a, f in report.figures.items()}


def busy(key: str, seed: int, least: int = 4) -> tuple[Report, list[str]]:
    """A report with at least two rows of table three that have ``least`` figures other than 0."""
    for n in range(seed, seed + 1000):
        report = make_report(key, n, prose=False)
        rows = [r for r in form(key).sets["requests.rows"] if sum(bool(v) for v in row_of(report, r)) >= least]
        if len(rows) > 1:
            return report, rows
    raise AssertionError("no busy report")


@given(report=reports())
@settings(max_examples=20)
def test_nothing_to_repair_in_a_consistent_report(report):
    assert repair(report).parts == ()


def measure(count: int, seed: int) -> tuple[int, int]:
    """How often the true cell and value come first and alone, of so many reports with one figure of table three wrong."""
    rnd = Random(seed)
    right = tried = 0
    while tried < count:
        report = make_report(rnd.choice(FORM_KEYS), rnd.randrange(10**6))
        address = rnd.choice([a for a in report.figures if a.startswith("requests.")])
        new = rnd.choice(SLIPS)(report.value(address), rnd)
        if new == report.value(address):
            continue
        tried += 1
        broken = damaged(report, {address: new})
        repairs = repair(broken)
        right += after(broken, repairs) == figures(report) and repairs.unique
    return right, tried


def test_one_wrong_figure_is_found():
    right, tried = measure(120, 1)
    assert right / tried >= 0.95, f"{right} of {tried}"


@pytest.mark.slow
def test_one_wrong_figure_is_found_many_times():
    right, tried = measure(2000, 2)
    assert right / tried >= 0.95, f"{right} of {tried}"


@pytest.mark.parametrize("key", FORM_KEYS)
@pytest.mark.parametrize("seed", range(6))
def test_two_wrong_figures(key, seed):
    report, rows = busy(key, 10 * seed)
    a, b = f"requests.{rows[0]}.total", f"requests.{rows[1]}.natural_person"
    broken = damaged(report, {a: report.value(a) + 3, b: report.value(b) + 50})
    repairs = repair(broken)
    assert after(broken, repairs) == figures(report)
    assert repairs.unique
    assert repairs.parts[0].proposals[0].slips == 2


def test_two_errors_of_the_same_size_have_two_explanations():
    report, _ = busy("2021", 40)
    known = [a for r in form("2021").sets["requests.outcomes"] for a in with_row(r, row_of(report, r)) if report.value(a)]
    a = next(x for x in known if x.endswith(".natural_person"))
    b = next(x for x in known if not x.endswith((".natural_person", ".total")) and x.split(".")[1] != a.split(".")[1])
    broken = damaged(report, {a: report.value(a) - 1, b: report.value(b) - 1})
    repairs = repair(broken)
    assert not repairs.unique
    assert "同样小的改法" in repairs.parts[0].words
    assert any(after(broken, repairs, n) == figures(report) for n in range(len(repairs.parts[0].proposals)))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("filler", [None, 0])
@pytest.mark.parametrize("to", ["left", "right"])
def test_a_row_moved_along(seed, filler, to):
    report, rows = busy("2021", 100 * seed)
    old = row_of(report, rows[0])
    moved = [*old[1:], filler] if to == "left" else [filler, *old[:-1]]
    broken = damaged(report, with_row(rows[0], moved))
    repairs = repair(broken)
    assert after(broken, repairs) == figures(report)
    assert repairs.parts[0].proposals[0].kind == "shift"
    assert ("向左" if to == "left" else "向右") in repairs.parts[0].proposals[0].words


@pytest.mark.parametrize("seed", range(8))
def test_the_total_in_the_first_column(seed):
    report, rows = busy("2019", 100 * seed)
    old = row_of(report, rows[0])
    broken = damaged(report, with_row(rows[0], [old[-1], *old[:5], old[-1]]))
    repairs = repair(broken)
    assert after(broken, repairs) == figures(report)
    assert repairs.parts[0].proposals[0].kind == "total_first"
    assert "总计误填在第一列" in repairs.parts[0].proposals[0].words


@pytest.mark.parametrize("seed", range(12))
def test_two_cells_exchanged(seed):
    report, rows = busy("2021", 100 * seed)
    old = row_of(report, rows[seed % 2])
    i, j = next((i, j) for i in range(6) for j in range(i + 1, 6) if old[i] != old[j] and (seed < 6 or i))
    new = list(old)
    new[i], new[j] = old[j], old[i]
    broken = damaged(report, with_row(rows[seed % 2], new))
    repairs = repair(broken)
    best = [p for p in repairs.parts[0].proposals if p.slips == 1]
    assert {p.kind for p in best} == {"swap"}
    assert "两格填反" in best[0].words
    assert any(after(broken, repairs, n) == figures(report) for n in range(len(best)))


def test_two_rows_exchanged():
    report, rows = busy("2021", 500)
    broken = damaged(report, with_row(rows[0], row_of(report, rows[1])) | with_row(rows[1], row_of(report, rows[0])))
    repairs = repair(broken)
    assert after(broken, repairs) == figures(report)
    assert repairs.parts[0].proposals[0].kind == "row_swap"


def test_a_row_copied_into_another():
    report, rows = busy("2021", 500)
    broken = damaged(report, with_row(rows[1], row_of(report, rows[0])))
    repairs = repair(broken)
    assert after(broken, repairs) == figures(report)
    assert repairs.parts[0].proposals[0].kind == "row_copy"
    assert "疑为误抄" in repairs.parts[0].proposals[0].words


def test_the_hengyang_report():
    """Row 一 reads 49,42,3,0,0,4,49: the total typed into the first column, the applicants one column further."""
    report = founding("003")
    repairs = repair(report)
    assert len(repairs.parts) == 1
    assert not repairs.unique
    best = repairs.parts[0].proposals[0]
    assert "“一、本年新收政府信息公开申请数量”行：总计误填在第一列" in best.words
    assert "此外至少还要改动" in best.words
    changes = {c.address: c.new for c in best.changes}
    assert [changes.get(f"requests.new_received.{c}") for c in ("natural_person", "commercial_enterprise")] == [42, 3]
    mended = damaged(report, changes)
    assert not [f for f in check(mended) if f.severity == "error"]


@given(report=reports("2021"), data=st.data())
@settings(max_examples=15)
def test_every_proposal_mends_every_sum_and_changes_nothing_else(report, data):
    cells = data.draw(st.lists(st.sampled_from([a for a in report.figures if a[:2] == "re"]), min_size=1, max_size=3, unique=True))
    broken = damaged(report, {a: report.value(a) + data.draw(st.integers(1, 40)) for a in cells})
    before = copy.deepcopy(broken)
    repairs = repair(broken)
    assert broken == before
    for part in repairs.parts:
        others = [p.proposals[0] for p in repairs.parts if p is not part and p.proposals]
        mended = figures(broken) | {c.address: c.new for p in others for c in p.changes}
        for proposal in part.proposals:
            values = mended | {c.address: c.new for c in proposal.changes}
            assert broken_sums(model("2021"), values) == frozenset()
            assert all(c.old == broken.value(c.address) != c.new for c in proposal.changes)


def test_a_blank_is_filled_only_where_the_sums_tell_its_number():
    report, rows = busy("2021", 100)
    old = row_of(report, rows[0])
    moved = damaged(report, with_row(rows[0], [*old[1:], None]))
    changes = {c.address: c for c in repair(moved).parts[0].proposals[0].changes}
    assert changes[f"requests.{rows[0]}.total"].new == old[-1]
    blank = damaged(report, dict.fromkeys((f"requests.{rows[0]}.total", f"requests.{rows[1]}.natural_person")))
    assert repair(blank).parts == ()


def test_table_four_alone_does_not_say_which_of_five_is_wrong():
    report = make_report("2021", 3, prose=False)
    broken = damaged(report, {"remedies.review.total": report.value("remedies.review.total") + 4})
    part = repair(broken, limit=3).parts[0]
    assert not part.unique
    assert len(part.proposals) == 3
    assert "不能确定" in part.words


@pytest.mark.parametrize("wrong", ["remedies.review.total", "remedies.review.pending"])
def test_the_prose_breaks_the_tie(wrong):
    report = make_report("2021", 3, prose=False)
    report.claims = (Claim("review_cases", report.value("remedies.review.total")),)
    best = repair(damaged(report, {wrong: report.value(wrong) + 4})).parts[0].proposals
    if wrong.endswith("total"):
        assert best[0].changes[0].address == wrong
        assert any("与正文所述数字" in e and "不一致" not in e for e in best[0].evidence)
    else:
        assert best[0].changes[0].address != "remedies.review.total"
        total = next((p for p in best if p.changes[0].address == "remedies.review.total"), None)
        assert total is None or any("不一致" in e for e in total.evidence)


def test_a_doubtful_reading_breaks_the_tie():
    report = make_report("2021", 3, prose=False)
    broken = damaged(report, {"remedies.review.other": report.value("remedies.review.other") + 1})
    broken.figures["remedies.review.other"] = Figure(
        State.NUMBER, broken.value("remedies.review.other"), Trace("inferred", reason="两种读法")
    )
    best = repair(broken).parts[0].proposals[0]
    assert best.changes[0].address == "remedies.review.other"
    assert any("存疑" in e for e in best.evidence)


def test_inequalities_say_that_something_is_wrong_not_what():
    report = make_report("2019", 3, prose=False)
    broken = damaged(report, {"disclosure.licensing.items_last_year": 2, "disclosure.licensing.items_change": -5})
    part = repair(broken).parts[0]
    assert part.broken == ("disclosure_items_non_negative",)
    assert not part.unique
    assert part.proposals == ()
    assert "不能确定哪一格有误" in part.words


def test_two_figures_of_an_inequality_exchanged():
    report = make_report("2019", 3, prose=False)
    wrong = {"disclosure.rules.published": 9, "disclosure.rules.public_total": 4}
    part = repair(damaged(report, wrong)).parts[0]
    assert [p.kind for p in part.proposals] == ["swap"]
    assert not part.unique
    assert "不能证明" in part.words


def test_parts_that_have_nothing_to_do_with_each_other_are_repaired_apart():
    report, rows = busy("2021", 0)
    a = f"requests.{rows[0]}.natural_person"
    broken = damaged(report, {a: report.value(a) + 5, "remedies.review.total": 77})
    assert len(repair(broken).parts) == 2


def test_the_json_is_plain():
    report, rows = busy("2021", 0)
    a = f"requests.{rows[0]}.natural_person"
    plain = repair(damaged(report, {a: report.value(a) + 5})).to_plain()
    assert plain["unique"] is True
    (change,) = plain["parts"][0]["proposals"][0]["changes"]
    assert change == {"address": a, "old": report.value(a) + 5, "new": report.value(a)}
    json.dumps(plain)


def test_no_form_nothing_to_repair():
    assert repair(Report("x")).parts == ()


@pytest.mark.parametrize(
    ("old", "new", "alike"),
    [
        (12, 21, "相邻两个数字颠倒"), (132, 123, "相邻两个数字颠倒"), (123, 23, "多了一个数字"), (23, 123, "少了一个数字"),
        (158, 153, "只差一个数字"), (1, 2, None), (12, 34, None), (100, 100, None), (None, 3, None), (0, 10, None),
    ],
)  # fmt: skip
def test_digits_alike(old, new, alike):
    found = digits_alike(old, new)
    assert (alike in found) if alike else found is None


def test_four_corners_are_for_the_solver():
    """Four errors that cancel in every row but not the columns: no single cell or pair explains them."""
    report, _ = busy("2021", 0)
    values = figures(report)
    rows = ("granted", "unable_not_held", "denied_enforcement_file")
    for n, row in enumerate(rows):
        values[f"requests.{row}.natural_person"] += 3 + n
        values[f"requests.{row}.other_org"] += 20 + n
    cells = [a for a in values if a.startswith("requests.")]
    found, _whole = smallest_changes(model("2021"), values, cells, 2)
    assert found
    assert len(found[0]) <= 6
    for changes in found:
        assert not broken_sums(model("2021"), values | changes)
    assert len({len(changes) for changes in found}) == 1


def test_the_solver_says_when_there_is_one_answer_only():
    report, rows = busy("2021", 0)
    values = figures(report)
    values[f"requests.{rows[0]}.total"] += 5
    cells = [a for a in values if a.startswith("requests.")]
    assert smallest_changes(model("2021"), values, cells, 3) == ([{f"requests.{rows[0]}.total": values[f"requests.{rows[0]}.total"] - 5}], True)


def test_the_solver_says_when_nothing_helps():
    report, rows = busy("2021", 0)
    values = figures(report)
    values[f"requests.{rows[0]}.total"] += 5
    assert smallest_changes(model("2021"), values, ["requests.carried_in.other_org"], 3) == ([], True)


def test_the_solver_is_exact_or_silent():
    """Numbers as large as floating point blurs: what is proposed holds to the unit."""
    report, _ = busy("2021", 0)
    values = figures(report)
    for n, row in enumerate(("granted", "unable_not_held", "denied_enforcement_file", "new_received", "carried_in")):
        values[f"requests.{row}.natural_person"] += 10**12 + n
        values[f"requests.{row}.other_org"] += 3 * 10**11 + n
    found, _whole = smallest_changes(model("2021"), values, [a for a in values if a.startswith("requests.")], 2)
    for changes in found:
        assert not broken_sums(model("2021"), values | changes)


def test_a_table_that_is_mostly_wrong_is_not_repaired():
    report = make_report("2021", 14)
    rnd = Random(1)
    noise = {a: rnd.randint(0, 999) for a in report.figures if a.startswith("requests.")}
    (part,) = repair(damaged(report, noise)).parts
    assert part.proposals == () and not part.unique
    assert "不能确定哪一格有误" in part.words
