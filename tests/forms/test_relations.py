"""Every relation has a case in which it holds and one in which it does not; operands not known decide nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.forms import FORM_KEYS, Instance, form
from gongkai.forms.nodes import Compare, FigureRef, Logic, Number
from tests.forms.examples import Assignment, example

RELATIONS = [pytest.param(r, id=f"{key}-{r.id}") for key in FORM_KEYS for r in form(key).relations]


@pytest.mark.parametrize("relation", RELATIONS)
def test_every_relation_can_hold_and_can_be_broken(relation):
    assert relation.instances, "a relation over an empty set says nothing"
    for instance in relation.instances:
        assert example(instance, True) is not None, f"{relation.id} {instance.at} never holds"
        assert example(instance, False) is not None, f"{relation.id} {instance.at} cannot be broken"


@pytest.mark.parametrize("relation", RELATIONS)
def test_nothing_known_decides_nothing(relation):
    for instance in relation.instances:
        assert instance.holds(Assignment({}, {})) is None


def test_a_relation_that_says_nothing_is_caught():
    """The search itself must be able to fail: x == x can't be broken, x < 0 and x > 0 can't hold."""
    x = FigureRef("", "requests.granted.total")
    zero = Number(Decimal(0))
    some = form("2021").relations[0]
    same = Instance(some, {}, {}, Compare("==", x, x), ())
    never = Instance(some, {}, {}, Logic("and", Compare("<", x, zero), Compare(">", x, zero)), ())
    assert example(same, True) and example(same, False) is None
    assert example(never, False) and example(never, True) is None


@pytest.mark.parametrize("key", FORM_KEYS)
def test_messages_have_only_known_places(key):
    for relation in form(key).relations:
        for instance in relation.instances:
            facts = dict.fromkeys(instance.addresses, "3")
            text = relation.message.format(left="1", right="2", difference="1", year=2021, fact=facts, **instance.labels)
            assert "{" not in text
            assert text.endswith("。")


@pytest.mark.parametrize("key", FORM_KEYS)
def test_a_relation_stands_once_and_has_a_scope_and_a_basis(key):
    ids = [r.id for r in form(key).relations]
    assert len(ids) == len(set(ids))
    for relation in form(key).relations:
        assert relation.scope in {"in_table", "cross_year", "narrative", "document", "hierarchy", "register"}
        assert relation.severity in {"error", "warning", "note"}
        assert relation.basis in {"official", "derived", "practice"}
        assert relation.source


def test_the_sides_of_implies_are_those_of_what_must_follow():
    relation = next(r for r in form("2021").relations if r.id == "n_all_completed")
    figures = {("", f"requests.{row}.total"): n for row, n in (("results_total", 4), ("new_received", 5), ("carried_in", 1))}
    context = Assignment(figures, {"claim.all_completed": 1})
    assert relation.instances[0].holds(context) is False
    assert relation.instances[0].sides(context) == (4, (6,))


def test_the_sides_of_a_choice_are_all_its_options():
    relation = next(r for r in form("2021").relations if r.id == "n_received")
    figures = {("", "requests.new_received.total"): 5, ("", "requests.carried_in.total"): 2}
    assert relation.instances[0].sides(Assignment(figures, {"claim.requests_received": 9})) == (9, (5, 7))
