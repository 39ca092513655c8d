"""The house's mechanism: rules, refusals, one transaction, one event."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from gongkai.web.audit.models import AuditEvent
from gongkai.web.house.action import Action
from gongkai.web.house.actor import Actor, Via
from gongkai.web.house.events import Subject, name
from gongkai.web.house.rule import FourEyes, Fresh, NotOneself, Refusal, Refused, SignedIn, demand
from gongkai.web.organs.models import Organ, Role
from gongkai.web.organs.rules import HasRole, InScope, Open


@dataclass(kw_only=True)
class Approve(Action[str]):
    """A made-up verb with a rule, a problem and a change that can fail."""

    verb = "tests.approve"
    title = "审签（试）"
    dangerous = True

    organ: Organ
    submitted_by: int | None = None
    empty: bool = False
    fail: bool = False

    def rules(self):
        yield HasRole(self.organ, (Role.APPROVER,), self.title)
        yield FourEyes(self.submitted_by, "提交", "审签")

    def problems(self):
        if self.empty:
            yield Refusal("empty", "没有正文，请先填写。", field="body")

    def change(self):
        Organ.objects.filter(pk=self.organ.pk).update(short_name="已审")
        if self.fail:
            raise RuntimeError("disk full")
        return "done"

    def subject(self, result):
        return Subject.of(self.organ, organ_id=self.organ.pk)

    def details(self):
        return {"submitted_by": self.submitted_by}


def events():
    return AuditEvent.objects.filter(verb="tests.approve")


def test_performs_once_with_one_event(town):
    assert Approve(actor=town.actor("gu"), organ=town.water).perform() == "done"
    event = events().get()
    assert (event.actor_name, event.organ, event.subject_label) == ("顾行简", town.water, "临禾市水务局")
    assert event.outcome == "done"


def test_who_submitted_may_not_approve(town):
    gu = town.actor("gu")
    act = Approve(actor=gu, organ=town.water, submitted_by=gu.user.pk)
    with pytest.raises(Refused, match="您提交的事项不能由您本人审签") as caught:
        act.perform()
    assert [refusal.rule for refusal in caught.value.refusals] == ["four_eyes"]
    town.water.refresh_from_db()
    assert town.water.short_name == ""
    event = events().get()
    assert event.refused
    assert event.facts["reasons"][0]["rule"] == "four_eyes"


def test_every_rule_is_asked_and_problems_only_after_them(town):
    fan = town.actor("fan")
    refusals = Approve(actor=fan, organ=town.water, submitted_by=fan.user.pk, empty=True).check()
    assert [refusal.rule for refusal in refusals] == ["has_role", "four_eyes"]
    assert [one.rule for one in Approve(actor=town.actor("gu"), organ=town.water, empty=True).check()] == [
        "empty"
    ]


def test_a_failing_change_leaves_nothing(town):
    before = AuditEvent.objects.count()
    with pytest.raises(RuntimeError):
        Approve(actor=town.actor("gu"), organ=town.water, fail=True).perform()
    town.water.refresh_from_db()
    assert town.water.short_name == ""
    assert AuditEvent.objects.count() == before


def test_dangerous_verbs_ask_for_the_password_but_show_their_button(town):
    stale = Actor(town.people["gu"])
    act = Approve(actor=stale, organ=town.water)
    assert act.allowed()
    with pytest.raises(Refused) as caught:
        act.perform()
    assert caught.value.only_reauthentication


def test_four_eyes_never_lets_the_system_approve():
    assert FourEyes(None, "提交", "审签").refuse(Actor.operator(Via.WORKER)) is not None


def test_the_public_is_not_an_operator(town):
    public = Actor.public()
    assert not public.is_operator
    assert HasRole(town.water, (Role.ADMIN,), "办").refuse(public)
    assert SignedIn().refuse(public)
    assert Fresh("办").refuse(public)


def test_roles_cover_the_subtree_and_only_that(town):
    admin_of_county = town.actor("lin")
    rule = (Role.ADMIN,)
    assert HasRole(town.county_bureau, rule, "办").refuse(admin_of_county) is None
    assert HasRole(town.water, rule, "办").refuse(admin_of_county) is not None
    assert HasRole(town.city, rule, "办").refuse(admin_of_county) is not None
    assert HasRole(town.section, rule, "办").refuse(town.actor("shi")) is None
    assert InScope(town.section, "办").refuse(town.actor("fan")) is None
    assert "不在您的任职范围" in InScope(town.county, "办").refuse(town.actor("fan")).message


def test_ended_posts_and_stopped_accounts_count_for_nothing(town):
    from gongkai.web.organs.models.post import today

    gu = town.people["gu"]
    gu.posts.update(ended_on=today())
    assert HasRole(town.water, (Role.APPROVER,), "办").refuse(town.actor("gu"))
    shi = town.people["shi"]
    shi.is_active = False
    shi.save()
    assert HasRole(town.water, (Role.ADMIN,), "办").refuse(town.actor("shi"))


def test_not_oneself(town):
    shi = town.actor("shi")
    assert NotOneself(shi.user.pk, "任用").refuse(shi)
    assert NotOneself(town.people["gu"].pk, "任用").refuse(shi) is None


def test_open_names_the_day(town):
    from datetime import date

    town.water.closed_on = date(2024, 3, 1)
    assert "2024年3月1日" in Open(town.water, "更名").refuse(town.actor("shi")).message


def test_demand_raises(town):
    with pytest.raises(Refused):
        demand(SignedIn(), Actor.public())


def test_a_verb_has_one_title():
    with pytest.raises(ValueError, match="already called"):
        name("tests.approve", "别的")
