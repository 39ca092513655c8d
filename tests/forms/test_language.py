"""The relation language: what it reads, what it refuses, and how it reasons with what is not known."""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal

import pytest

from gongkai.forms.nodes import Call, Compare, FactRef, FigureRef, Logic, Number, OneOf, leaves
from gongkai.forms.parser import FormulaError, Parser
from tests.forms.examples import Assignment

FACTS = {"claim.n": "number", "report.day": "date", "section.s": "text"}
HERE = frozenset({"requests.a.x", "requests.a.y", "requests.b.x", "requests.b.y"})
SETS = {"requests.rows": ("a", "b"), "requests.columns": ("x", "y"), "requests.none": (), "requests.ghosts": ("a", "g")}
BEFORE = {"prev": HERE | {"requests.old.x"}, "prev2019": frozenset({"requests.old.x"})}


def parse(formula):
    return Parser(SETS, FACTS, HERE, BEFORE).parse(formula)


def value(formula, **figures):
    """The value with figures a_x=…, prev_a_x=… and so on; facts n, day, s."""
    facts = {f: figures.pop(f.split(".")[1], None) for f in FACTS}
    known = {}
    for name, number in figures.items():
        *source, row, column = name.split("_")
        known["".join(source), f"requests.{row}.{column}"] = number
    return parse(formula).eval(Assignment(known, facts))


def test_sums_and_differences_are_read_from_left_to_right():
    assert value("requests.a.x - requests.a.y - requests.b.x == 1", a_x=5, a_y=3, b_x=1) is True
    assert value("requests.a.x - (requests.a.y - requests.b.x) == 3", a_x=5, a_y=3, b_x=1) is True
    assert value("1 + 2 - 3 == 0") is True


def test_a_set_stands_for_its_members_in_order():
    node = parse("sum(requests.@rows.x) == requests.a.y")
    assert [leaf.address for leaf in leaves(node)] == ["requests.a.x", "requests.b.x", "requests.a.y"]
    node = parse("sum(requests.@rows.@columns) == 0")
    assert len(list(leaves(node))) == 4


def test_numbers_are_exact():
    assert value("requests.a.x + requests.a.y == 0.3", a_x=Decimal("0.1"), a_y=Decimal("0.2")) is True


@pytest.mark.parametrize(("op", "kept"), [("==", (1,)), ("!=", (0, 2)), ("<=", (0, 1)), (">=", (1, 2)), ("<", (0,)), (">", (2,))])
def test_comparisons(op, kept):
    assert tuple(n for n in range(3) if value(f"requests.a.x {op} 1", a_x=n)) == kept


def test_dates_compare_and_are_made():
    assert value("report.day <= date(2021, 1, 31)", day=date(2021, 1, 31)) is True
    assert value("report.day <= date(2021, 1, 31)", day=date(2021, 2, 1)) is False
    assert value("report.day <= date(2021, 1, 31)") is None


def test_contains():
    assert value("contains(section.s, '信息处理费')", s="没有收取信息处理费。") is True
    assert value("contains(section.s, '信息处理费')", s="无。") is False
    assert value("contains(section.s, '信息处理费')") is None


def test_a_figure_of_the_year_before_may_stand_on_the_other_form():
    assert value("requests.a.x == prev.requests.old.x", a_x=1, prev_old_x=1) is True
    assert value("requests.a.x == prev2019.requests.old.x", a_x=1, prev2019_old_x=2) is False


def test_children_are_added_up_and_one_unknown_child_makes_the_sum_unknown():
    formula = "requests.a.x == own.requests.a.x + sum(children.requests.a.x)"
    assert value(formula, a_x=6, own_a_x=1, children1_a_x=2, children2_a_x=3) is True
    assert value(formula, a_x=6, own_a_x=1, children1_a_x=2) is None


TRUTHS = {True: "0 == 0", False: "0 == 1", None: "claim.n == 0"}


@pytest.mark.parametrize(("left", "right"), list(itertools.product(TRUTHS, TRUTHS)))
def test_three_valued_logic_is_that_of_all_completions(left, right):
    """Unknown means: some completion would make it true, and some false."""

    def completed(op):
        results = {
            op(a, b)
            for a in ([left] if left is not None else [True, False])
            for b in ([right] if right is not None else [True, False])
        }
        return results.pop() if len(results) == 1 else None

    assert value(f"{TRUTHS[left]} and {TRUTHS[right]}") is completed(lambda a, b: a and b)
    assert value(f"{TRUTHS[left]} or {TRUTHS[right]}") is completed(lambda a, b: a or b)
    assert value(f"{TRUTHS[left]} implies {TRUTHS[right]}") is completed(lambda a, b: not a or b)


def test_a_choice_with_an_unknown_option_is_kept_by_a_known_one_and_broken_by_none():
    formula = "claim.n in [requests.a.x, requests.a.x + requests.a.y]"
    assert value(formula, n=3, a_x=3) is True
    assert value(formula, n=4, a_x=3) is None
    assert value(formula, n=4, a_x=3, a_y=2) is False
    assert value(formula, n=5, a_x=3, a_y=2) is True
    assert value(formula, a_x=3, a_y=2) is None


def test_nodes_say_what_they_are():
    assert isinstance(parse("claim.n in [1, 2]"), OneOf)
    assert isinstance(parse("1 == 1 implies 2 == 2"), Logic)
    assert isinstance(parse("contains(section.s, 'x')"), Call)
    match parse("requests.a.x == claim.n"):
        case Compare(left=FigureRef(address="requests.a.x"), right=FactRef(name="claim.n")):
            pass
        case other:
            pytest.fail(str(other))
    assert parse("(1 == 2) == (3 == 4)").type == "truth"
    assert Number(Decimal("2.50")).eval(Assignment({}, {})) == Decimal("2.5")


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        ("", "unexpected end"),
        ("requests.a.x ==", "unexpected end"),
        ("requests.a.x", "must be true or false"),
        ("requests.a.x == 1 2", "unexpected '2'"),
        ("requests.a.x == 1)", "unexpected"),
        ("(requests.a.x == 1", "expected ')'"),
        ("requests.a.x == ]", "unexpected ']'"),
        ("requests.a.x == §", "cannot read"),
        ("requests.a.x == 'a", "cannot read"),
        ("requests.a.z == 1", "unknown figure"),
        ("requests.a == 1", "unknown reference"),
        ("ledgers.a.x == 1", "unknown reference"),
        ("requests.@rows.x == 1", "use sum()"),
        ("children.requests.a.x == 1", "use sum()"),
        ("sum(requests.@none.x) == 1", "names no figure"),
        ("sum(requests.@nowhere.x) == 1", "names no figure"),
        ("sum(requests.@ghosts.x) == 1", "unknown figure"),
        ("sum() == 1", "sum() takes one reference"),
        ("sum(", "sum() takes one reference"),
        ("sum('a') == 1", "sum() takes one reference"),
        ("sum(requests.@rows.x, requests.a.x) == 1", "expected ')'"),
        ("prev.requests.new.x == 1", "unknown figure"),
        ("prev2019.requests.a.x == 1", "unknown figure"),
        ("own.requests.old.x == 1", "unknown figure"),
        ("claim.m == 1", "unknown fact"),
        ("product(1) == 1", "unknown function"),
        ("contains(section.s) == 1", "expected ','"),
        ("contains(section.s, 1)", "expected a text, found a number"),
        ("date(2020, 1, 'x') == report.day", "expected a number, found a text"),
        ("report.day == 1", "expected a date, found a number"),
        ("section.s + 1 == 1", "expected a number, found a text"),
        ("1 + section.s == 1", "expected a number, found a text"),
        ("1 and 2", "expected a truth, found a number"),
        ("1 == 1 and 2", "expected a truth, found a number"),
        ("1 implies 2 == 2", "expected a truth, found a number"),
        ("claim.n in 1", "expected '['"),
        ("claim.n in [1", "expected ']'"),
        ("claim.n in ['a']", "expected a number, found a text"),
        ("section.s < 'a'", "< cannot order a text"),
        ("(1 == 1) >= (2 == 2)", ">= cannot order a truth"),
        ("__import__('os') == 1", "unknown function"),
    ],
)
def test_what_is_refused(formula, reason):
    with pytest.raises(FormulaError) as refused:
        parse(formula)
    assert reason in str(refused.value)
    assert repr(formula) in str(refused.value)
