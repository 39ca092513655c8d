"""The closure of the tree stays what the parents say, whatever is entered and moved."""

from __future__ import annotations

import random

import pytest

from gongkai.web.house.actor import Actor
from gongkai.web.house.rule import Refused
from gongkai.web.organs.actions.move_organ import MoveOrgan
from gongkai.web.organs.models import Kind, Organ, Within
from gongkai.web.organs.models.post import today
from tests.web.support.town import organ

OPERATOR = Actor.operator()


def closure_by_parents():
    """Every (high, low, depth), found by walking up from each node."""
    parents = dict(Organ.objects.values_list("pk", "parent_id"))
    found = set()
    for low in parents:
        step, depth = low, 0
        while step is not None:
            found.add((step, low, depth))
            step, depth = parents[step], depth + 1
    return found


def stored():
    return set(Within.objects.values_list("high_id", "low_id", "depth"))


@pytest.mark.parametrize("seed", range(5))
def test_random_trees(db, seed):
    dice = random.Random(seed)
    root = organ("r", "某市", None, Kind.REGION)
    nodes = [root]
    for number in range(20):
        nodes.append(organ(f"o{number}", f"机关{number}", dice.choice(nodes), Kind.ORGAN))
    moved = 0
    for _ in range(30):
        child, parent = dice.choice(nodes[1:]), dice.choice(nodes)
        try:
            MoveOrgan(actor=OPERATOR, organ=child, parent=parent, on=today()).perform()
            moved += 1
        except Refused as refused:
            assert {one.rule for one in refused.refusals} <= {"into_itself", "same_parent"}
        assert stored() == closure_by_parents()
    assert moved > 5


def test_the_line_runs_from_the_root_down(town):
    assert [one.slug for one in town.section.line()] == ["linhe", "lh-shuiwu", "lh-shuiwu-fagui"]


def test_scope_follows_a_move(town):
    from gongkai.web.organs.models import Role
    from gongkai.web.organs.rules import HasRole

    rule = HasRole(town.section, (Role.APPROVER,), "审签")
    assert rule.refuse(town.actor("gu")) is None
    MoveOrgan(actor=OPERATOR, organ=town.section, parent=town.hidden, on=today()).perform()
    assert rule.refuse(town.actor("gu")) is not None


def test_moving_needs_both_ends(town):
    act = MoveOrgan(actor=town.actor("lin"), organ=town.county_bureau, parent=town.city, on=today())
    assert [one.rule for one in act.check()] == ["has_role"]
    with pytest.raises(Refused):
        act.perform()
