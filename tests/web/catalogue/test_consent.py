"""An interpretation of another organ's policy is linked once that organ's office consents, and not before anywhere."""

from __future__ import annotations

import json

import pytest

from gongkai.web.audit.models import AuditEvent
from gongkai.web.catalogue.actions.consent_interpretation import ConsentInterpretation
from gongkai.web.catalogue.actions.link_interpretation import LinkInterpretation
from gongkai.web.catalogue.actions.unlink_interpretation import UnlinkInterpretation
from gongkai.web.catalogue.models import Form, Interpretation, ProposedInterpretation, Stage
from gongkai.web.catalogue.piles import own_work
from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import may_see, visible
from gongkai.web.organs.models import Role
from tests.web.support.town import person

from .test_items import refusal


@pytest.fixture
def across(town, at, more_people):
    """The county bureau proposes to read a policy of the city's water bureau."""
    policy = at(Stage.PUBLISHED)
    reading = at(Stage.PUBLISHED, title="一图读懂节水办法", kind="interpretation", organ=town.county_bureau, by="dp")
    town.people["dpo"] = person("dpo", "东办", town.county_bureau, Role.OGI_OFFICE)
    made = LinkInterpretation(actor=town.actor("dp"), policy=policy, reading=reading, form=Form.TEXT).perform()
    return policy, reading, made


def test_before_consent_nobody_outside_is_told(town, across, client):
    policy, reading, made = across
    assert isinstance(made, ProposedInterpretation)
    assert not Interpretation.objects.exists()
    assert not visible(ProposedInterpretation, Actor.public()).exists()
    shown = client.get(policy.get_absolute_url()).content.decode()
    assert policy.title in shown
    assert reading.title not in shown
    own = client.get(reading.get_absolute_url()).content.decode()
    assert policy.get_absolute_url() not in own
    assert town.county_bureau.name in own
    assert client.get("/api/interpretations?organ=lh-shuiwu").json()["pairs"] == []
    assert refusal(LinkInterpretation(actor=town.actor("dp"), policy=policy, reading=reading, form=Form.TEXT)) == {"proposed"}


def test_consent_is_the_policys_offices_and_makes_the_link(town, across, client):
    policy, reading, made = across
    for name in ("dp", "dpo", "fan", "gu"):
        assert refusal(ConsentInterpretation(actor=town.actor(name), proposal=made)) == {"has_role"}
    link = ConsentInterpretation(actor=town.actor("ou"), proposal=made).perform()
    assert (link.policy, link.reading, link.form) == (policy, reading, "text")
    assert not ProposedInterpretation.objects.exists()
    event = AuditEvent.objects.filter(verb="catalogue.consent_interpretation").latest("pk")
    assert json.loads(event.details)["reading_organ"] == town.county_bureau.name
    assert reading.title in client.get(policy.get_absolute_url()).content.decode()


def test_either_end_may_end_it_before_and_after(town, across):
    policy, reading, made = across
    assert refusal(UnlinkInterpretation(actor=town.actor("gu"), link=made)) == {"has_role"}
    UnlinkInterpretation(actor=town.actor("ou"), link=made).perform()
    assert not ProposedInterpretation.objects.exists()
    made = LinkInterpretation(actor=town.actor("dp"), policy=policy, reading=reading, form=Form.TEXT).perform()
    link = ConsentInterpretation(actor=town.actor("ou"), proposal=made).perform()
    assert refusal(UnlinkInterpretation(actor=town.actor("fan"), link=link)) == {"has_role"}
    UnlinkInterpretation(actor=town.actor("ou"), link=link).perform()
    assert not Interpretation.objects.exists()


def test_who_speaks_for_both_links_at_once(town, across, at):
    town.people["cityo"] = person("cityo", "市办", town.city, Role.OGI_OFFICE)
    policy = at(Stage.PUBLISHED, title="另一份办法")
    made = LinkInterpretation(actor=town.actor("cityo"), policy=policy, reading=across[1], form=Form.TEXT).perform()
    assert isinstance(made, Interpretation)


def test_the_office_sees_the_title_of_a_draft_it_is_asked_about_and_no_more(town, across, at):
    policy, _, _ = across
    draft = at(Stage.DRAFT, title="未发布的解读", kind="interpretation", organ=town.county_bureau, by="dp")
    LinkInterpretation(actor=town.actor("dp"), policy=policy, reading=draft, form=Form.VIDEO).perform()
    assert visible(ProposedInterpretation, town.actor("ou")).count() == 2
    assert not may_see(draft, town.actor("ou"))
    assert not visible(ProposedInterpretation, town.actor("he")).exists()
    assert [pile.count for pile in own_work(town.actor("ou")) if pile.title == "待同意的解读关联"] == [2]


def test_the_buttons(town, across, sign_in):
    policy, reading, made = across
    office = sign_in("ou")
    page = office.get(f"/staff/items/{policy.number}").content.decode()
    assert "同意关联" in page
    assert town.county_bureau.name in page
    assert "同意关联" not in sign_in("fan").get(f"/staff/items/{policy.number}").content.decode()
    theirs = sign_in("dp")
    assert "撤回" in theirs.get(f"/staff/items/{reading.number}").content.decode()
    assert theirs.post(f"/staff/interpretations/proposed/{made.pk}/consent").status_code == 403
    assert office.post(f"/staff/interpretations/proposed/{made.pk}/consent").status_code == 302
    assert Interpretation.objects.get().reading == reading
    assert theirs.post(f"/staff/interpretations/proposed/{made.pk}/end").status_code == 404
