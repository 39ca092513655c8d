"""Posts and accounts: who may appoint, end, reset, stop."""

from __future__ import annotations

import pytest

from gongkai.web.accounts.actions.create_staff import CreateStaff
from gongkai.web.accounts.actions.reset_access import ResetAccess
from gongkai.web.accounts.actions.set_active import SetActive
from gongkai.web.accounts.models import Authenticator, User
from gongkai.web.house.rule import Refused
from gongkai.web.organs.actions.appoint import Appoint
from gongkai.web.organs.actions.end_post import EndPost
from gongkai.web.organs.models import Post, Role


def rules_of(act):
    with pytest.raises(Refused) as caught:
        act.perform()
    return [one.rule for one in caught.value.refusals]


def appoint(town, who, user, organ, role=Role.SECTION_REVIEWER):
    return Appoint(actor=town.actor(who), user=town.people[user], organ=organ, role=role)


def test_an_administrator_appoints_in_his_subtree(town):
    assert appoint(town, "shi", "fan", town.water).perform().role == Role.SECTION_REVIEWER


@pytest.mark.parametrize(
    ("who", "user", "where", "rule"),
    [
        ("lin", "fan", "water", "has_role"),
        ("gu", "fan", "water", "has_role"),
        ("he", "fan", "water", "has_role"),
        ("shi", "shi", "water", "not_oneself"),
    ],
)
def test_others_do_not(town, who, user, where, rule):
    assert rule in rules_of(appoint(town, who, user, getattr(town, where)))


def test_not_twice(town):
    assert rules_of(appoint(town, "shi", "fan", town.water, Role.DRAFTER)) == ["held_already"]


def test_who_audits_does_nothing_else(town):
    assert rules_of(appoint(town, "shi", "he", town.water)) == ["auditor_apart"]
    assert rules_of(appoint(town, "shi", "fan", town.water, Role.AUDITOR)) == ["auditor_apart"]


def test_nobody_ends_his_own_post(town):
    own = Post.objects.get(user=town.people["shi"])
    assert rules_of(EndPost(actor=town.actor("shi"), post=own)) == ["not_oneself"]
    fan = Post.objects.get(user=town.people["fan"])
    EndPost(actor=town.actor("shi"), post=fan).perform()
    assert rules_of(EndPost(actor=town.actor("shi"), post=fan)) == ["ended_already"]


def test_the_county_cannot_reset_the_citys_people(town):
    assert rules_of(ResetAccess(actor=town.actor("lin"), user=town.people["shi"])) == ["administers_person"]
    Appoint(
        actor=town.actor("shi"), user=town.people["gu"], organ=town.county_bureau, role=Role.DRAFTER
    ).perform()
    assert rules_of(ResetAccess(actor=town.actor("lin"), user=town.people["gu"])) == ["administers_person"]
    assert ResetAccess(actor=town.actor("shi"), user=town.people["gu"]).perform().password


def test_reset_takes_the_old_ways_in(town):
    gu = town.people["gu"]
    old = gu.password
    new = ResetAccess(actor=town.actor("shi"), user=gu).perform()
    gu.refresh_from_db()
    assert gu.password != old
    assert gu.check_password(new.password)
    assert gu.must_change_password
    assert not Authenticator.objects.filter(user=gu).exists()


def test_stopping_an_account(town):
    assert rules_of(SetActive(actor=town.actor("shi"), user=town.people["shi"], active=False)) == [
        "not_oneself"
    ]
    SetActive(actor=town.actor("shi"), user=town.people["gu"], active=False).perform()
    assert not User.objects.get(username="gu").is_active
    assert rules_of(SetActive(actor=town.actor("shi"), user=town.people["gu"], active=False)) == ["no_change"]


def new_staff(town, **more):
    facts = {"organ": town.water, "username": "xin", "name": "辛夷", "role": Role.DRAFTER}
    return CreateStaff(actor=town.actor("shi"), **(facts | more))


def test_new_staff_begin_with_a_post_and_a_temporary_password(town):
    new = new_staff(town).perform()
    assert new.user.must_change_password
    assert new.user.check_password(new.password)
    assert [post.role for post in new.user.posts.all()] == ["drafter"]


@pytest.mark.parametrize(
    ("more", "rule"),
    [({"username": "fan"}, "username_taken"), ({"username": "大写 A"}, "invalid"), ({"name": ""}, "invalid")],
)
def test_bad_new_staff(town, more, rule):
    assert rules_of(new_staff(town, **more)) == [rule]


def test_a_refused_post_inside_leaves_no_account_and_one_event(town):
    from gongkai.web.audit.models import AuditEvent

    before = AuditEvent.objects.count()
    assert rules_of(
        CreateStaff(actor=town.actor("gu"), organ=town.water, username="xin", name="辛夷", role=Role.DRAFTER)
    ) == ["has_role"]
    assert not User.objects.filter(username="xin").exists()
    assert AuditEvent.objects.count() == before + 1
