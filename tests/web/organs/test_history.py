"""Names and endings in time: old documents keep their organ and its name of the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.web.house.actor import Actor
from gongkai.web.house.rule import Refused
from gongkai.web.organs.actions.close_organ import CloseOrgan
from gongkai.web.organs.actions.create_organ import CreateOrgan
from gongkai.web.organs.actions.rename_organ import RenameOrgan
from gongkai.web.organs.models import Change, ChangeKind, Kind, Level, Organ, Post, Role
from gongkai.web.organs.models.post import today
from tests.web.support.town import organ


def rules_of(act):
    with pytest.raises(Refused) as caught:
        act.perform()
    return [one.rule for one in caught.value.refusals]


def rename(town, name, on, who="shi"):
    return RenameOrgan(actor=town.actor(who), organ=town.water, name=name, on=on, basis="临编〔2019〕3号")


def test_the_name_of_the_day(town):
    rename(town, "临禾市水利局", date(2019, 3, 1)).perform()
    rename(town, "临禾市水利和湖泊局", date(2022, 7, 1)).perform()
    town.water.refresh_from_db()
    assert town.water.name == "临禾市水利和湖泊局"
    names = {
        day: town.water.name_at(day)
        for day in (date(2000, 1, 1), date(2019, 2, 28), date(2019, 3, 1), date(2022, 6, 30), today())
    }
    assert list(names.values()) == [
        "临禾市水务局",
        "临禾市水务局",
        "临禾市水利局",
        "临禾市水利局",
        "临禾市水利和湖泊局",
    ]
    change = Change.objects.filter(organ=town.water, kind=ChangeKind.RENAMED).first()
    assert change.note == "由“临禾市水务局”更名为“临禾市水利局”"
    assert change.basis == "临编〔2019〕3号"


def test_the_current_name_is_the_newest_in_the_history(town):
    rename(town, "临禾市水利局", date(2019, 3, 1)).perform()
    for one in Organ.objects.all():
        assert one.name == one.names.last().name


@pytest.mark.parametrize(
    ("name", "on", "rule"),
    [
        ("临禾市水务局", date(2019, 3, 1), "same_name"),
        ("临禾市水利局", today() + timedelta(days=1), "future"),
        ("临禾市水利局", date(2018, 1, 1), "before_last"),
    ],
)
def test_renaming_is_refused(town, name, on, rule):
    rename(town, "中间名", date(2018, 6, 1)).perform()
    if rule == "same_name":
        name = "中间名"
    assert rule in rules_of(rename(town, name, on))


def test_only_the_administrator_renames(town):
    assert rules_of(rename(town, "甲局", date(2019, 3, 1), who="gu")) == ["has_role"]


def merge(town, **more):
    facts = {
        "organ": town.county_bureau,
        "kind": ChangeKind.MERGED,
        "on": today(),
        "successors": (town.water,),
    }
    return CloseOrgan(actor=town.actor("shi"), **(facts | more))


def test_merging_keeps_the_organ_and_ends_its_posts(town):
    from tests.web.support.town import person

    person("jin", "金缕", town.county_bureau, Role.DRAFTER)
    merge(town).perform()
    town.county_bureau.refresh_from_db()
    assert town.county_bureau.closed_on == today()
    assert not town.county_bureau.open_on(today())
    assert town.county_bureau.open_on(today() - timedelta(days=1))
    change = Change.objects.get(organ=town.county_bureau, kind=ChangeKind.MERGED)
    assert [party.organ for party in change.parties.all()] == [town.water]
    assert Post.objects.get(user__username="jin").ended_on == today()


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ({"successors": ()}, "one_successor"),
        ({"kind": ChangeKind.SPLIT}, "two_successors"),
        ({"kind": ChangeKind.RENAMED}, "not_an_ending"),
        ({"on": today() + timedelta(days=1)}, "future"),
    ],
)
def test_endings_that_make_no_sense(town, more, rule):
    assert rule in rules_of(merge(town, **more))


def test_an_organ_with_bodies_does_not_end(town):
    act = CloseOrgan(actor=town.actor("shi"), organ=town.water, kind=ChangeKind.ABOLISHED, on=today())
    assert rules_of(act) == ["open_children"]


def test_nothing_happens_to_a_closed_organ(town):
    merge(town).perform()
    act = RenameOrgan(actor=town.actor("shi"), organ=town.county_bureau, name="新名", on=today())
    assert rules_of(act) == ["open"]


@pytest.mark.parametrize(
    ("kind", "parent", "rule"),
    [
        (Kind.REGION, "water", "wrong_parent"),
        (Kind.INTERNAL, "city", "wrong_parent"),
        (Kind.DISPATCHED, "county", "wrong_parent"),
    ],
)
def test_what_may_stand_under_what(town, kind, parent, rule):
    new = Organ(kind=kind, parent=getattr(town, parent), slug="x", name="某", level=Level.COUNTY)
    act = CreateOrgan(actor=town.actor("shi"), organ=new)
    assert rule in rules_of(act)


def test_level_never_rises_below(town):
    new = Organ(kind=Kind.ORGAN, parent=town.county, slug="x", name="某局", level=Level.CITY)
    assert rules_of(CreateOrgan(actor=town.actor("lin"), organ=new)) == ["wrong_level"]


def test_only_the_operator_makes_a_root(town):
    new = Organ(kind=Kind.REGION, slug="x", name="某市", level=Level.CITY)
    assert rules_of(CreateOrgan(actor=town.actor("shi"), organ=new)) == ["root_by_operator"]
    assert organ("y", "某某市", None, Kind.REGION).line()[0].slug == "y"


def test_every_field_error_is_told_at_its_field(town):
    new = Organ(kind=Kind.ORGAN, parent=town.city, slug="坏", name="", level=Level.CITY, credit_code="1")
    refusals = CreateOrgan(actor=Actor.operator(), organ=new).check()
    assert {one.field for one in refusals} == {"slug", "name", "credit_code"}
