"""Validity, interpretations, channels, standing pages, clean-up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongkai.web.catalogue.actions.close_cleanup import CloseCleanup
from gongkai.web.catalogue.actions.decide_cleanup import DecideCleanup
from gongkai.web.catalogue.actions.link_interpretation import LinkInterpretation
from gongkai.web.catalogue.actions.open_cleanup import OpenCleanup
from gongkai.web.catalogue.actions.record_channel import RecordChannel
from gongkai.web.catalogue.actions.save_page import SavePage
from gongkai.web.catalogue.actions.set_validity import SetValidity
from gongkai.web.catalogue.actions.unlink_interpretation import UnlinkInterpretation
from gongkai.web.catalogue.models import (
    ChannelUse,
    Form,
    Interpretation,
    Item,
    PageKind,
    Stage,
    StandingPage,
    Validity,
    Verdict,
)
from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import may_see
from gongkai.web.organs.actions.revise_office import ReviseOffice

from .test_items import refusal

DAY = date(2026, 3, 1)


def validity(town, item, by="ou", **facts):
    facts = {"validity": Validity.REPEALED, "on": DAY, "basis": "临政发〔2026〕1号", **facts}
    return SetValidity(actor=town.actor(by), item=item, **facts)


def test_repealing_names_the_document_that_did_it(town, at):
    item, other = at(Stage.PUBLISHED), at(Stage.PUBLISHED, title="废止决定", kind="policy")
    validity(town, item).perform()
    SetValidity(actor=town.actor("ou"), item=item, validity=Validity.REPEALED, on=DAY, by=other).perform()
    item.refresh_from_db()
    assert (item.validity, item.validity_from, item.validity_by, item.validity_basis) == ("repealed", DAY, other, "")
    assert list(other.changed_items.all()) == [item]
    assert item.versions.first().verb == "catalogue.set_validity"


def test_refusals_of_validity(town, at, draft, more_people):
    item = at(Stage.PUBLISHED, written_on=date(2026, 5, 1))
    assert refusal(validity(town, item, by="fan")) == {"has_role"}
    assert refusal(validity(town, item, on=None)) == {"no_day"}
    assert refusal(validity(town, item, basis=" ", on=date(2026, 6, 1))) == {"no_basis"}
    assert refusal(validity(town, item)) == {"before"}
    assert refusal(validity(town, item, on=date(2026, 6, 1), basis="长" * 201)) == {"long"}
    assert refusal(SetValidity(actor=town.actor("ou"), item=item, validity=Validity.REPEALED, on=date(2026, 6, 1), by=item)) == {
        "by_itself"
    }
    assert refusal(validity(town, at(Stage.PUBLISHED, title="通告", kind="notice"))) == {"kind"}
    assert refusal(validity(town, draft(title="草稿"))) == {"stage"}
    county = at(Stage.DRAFT, title="县里的草稿", organ=town.county_bureau, by="dp")
    unseen = SetValidity(actor=town.actor("ou"), item=item, validity=Validity.REPEALED, on=date(2026, 6, 1), by=county)
    assert refusal(unseen) == {"by_unseen"}


def link(town, policy, reading, by="fan"):
    return LinkInterpretation(actor=town.actor(by), policy=policy, reading=reading, form=Form.PICTURE)


def test_a_policy_and_its_reading_know_each_other(town, at):
    policy, reading = at(Stage.PUBLISHED), at(Stage.DRAFT, title="一图读懂", kind="interpretation")
    made = link(town, policy, reading).perform()
    assert [one.reading for one in policy.readings.all()] == [reading]
    assert [one.policy for one in reading.read_policies.all()] == [policy]
    assert refusal(link(town, policy, reading)) == {"twice"}
    assert refusal(UnlinkInterpretation(actor=town.actor("gu"), link=made)) == {"has_role"}
    UnlinkInterpretation(actor=town.actor("fan"), link=made).perform()
    assert not Interpretation.objects.exists()


def test_refusals_of_links(town, at, more_people):
    policy, reading = at(Stage.PUBLISHED), at(Stage.DRAFT, title="一图读懂", kind="interpretation")
    county = at(Stage.DRAFT, title="县里的草稿", organ=town.county_bureau, by="dp")
    assert refusal(link(town, policy, reading, by="gu")) == {"has_role"}
    assert refusal(link(town, policy, at(Stage.DRAFT, title="不是解读"))) == {"reading"}
    assert refusal(link(town, at(Stage.DRAFT, title="另一解读", kind="interpretation"), reading)) == {"policy"}
    assert refusal(link(town, county, reading)) == {"policy_unseen"}


def channel(town, item, by="fan", **facts):
    return RecordChannel(actor=town.actor(by), item=item, **{"channel": "wechat", "on": DAY, "address": "https://a.example/1", **facts})


def test_channels_are_recorded_once(town, at):
    item = at(Stage.PUBLISHED)
    channel(town, item).perform()
    channel(town, item, channel="gazette", address="", place="2026年第3期").perform()
    assert ChannelUse.objects.filter(item=item).count() == 2
    assert refusal(channel(town, item)) == {"twice"}


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"channel": "pigeon"}, "invalid:channel"),
        ({"address": "javascript:alert(1)"}, "invalid:address"),
        ({"address": ""}, "no_address"),
        ({"channel": "service_hall", "address": ""}, "no_place"),
        ({"on": date(2999, 1, 1)}, "future"),
        ({"by": "gu"}, "has_role"),
    ],
)
def test_refusals_of_channels(town, at, facts, rule):
    assert refusal(channel(town, at(Stage.PUBLISHED), **facts)) == {rule}


def test_a_draft_has_no_channels(town, draft):
    assert refusal(channel(town, draft())) == {"stage"}


GUIDE = {"title": "指南", "classification": "分为四类", "arrangement": "按类编排", "obtaining": "网站和查阅点"}


def guide(town, by="ou", **values):
    page = StandingPage.objects.filter(organ=town.water, kind=PageKind.GUIDE).first()
    return SavePage(actor=town.actor(by), organ=town.water, kind=PageKind.GUIDE, page=page, values={**GUIDE, **values})


def test_a_guide_is_published_only_whole(town):
    page = guide(town).perform()
    assert not may_see(page, Actor.public())
    assert refusal(guide(town, published=True)) == {"office"}
    values = {"name": "局办公室", "address": "临水路7号", "hours": "工作日", "phone": "0000-5550101", "fax": "0000-5550102"}
    ReviseOffice(actor=Actor.operator(), organ=town.water, values=values | {"online": "https://a.example"}).perform()
    assert refusal(guide(town, published=True, arrangement=" ")) == {"guide"}
    page = guide(town, published=True).perform()
    assert may_see(page, Actor.public())
    assert StandingPage.objects.filter(kind=PageKind.GUIDE).count() == 1


def test_refusals_of_pages(town, at):
    assert refusal(guide(town, by="fan")) == {"has_role"}
    assert refusal(guide(town, title="")) == {"invalid:title"}

    def rule(**values):
        return SavePage(
            actor=town.actor("ou"), organ=town.water, kind=PageKind.RULE, values={"title": "保密审查制度", **values}
        )

    assert refusal(rule(published=True)) == {"empty"}
    hidden = at(Stage.DRAFT, title="制度稿")
    assert refusal(rule(published=True, item=hidden)) == {"item"}
    page = rule(published=True, body="<p>第一条</p><script>x</script>").perform()
    assert page.body == "<p>第一条</p>"
    assert refusal(rule(body="<p>乙</p>")) == {"title"}
    second = SavePage(actor=town.actor("ou"), organ=town.water, kind=PageKind.GUIDE, values={**GUIDE, "title": "第二份"})
    guide(town).perform()
    assert refusal(second) == {"guide_once"}


@pytest.fixture
def three(town, at):
    """Three normative documents in force, and some that don't count."""
    kept = [at(Stage.PUBLISHED, title=f"规范{n}", written_on=date(2020, 1, n + 1)) for n in range(3)]
    at(Stage.PUBLISHED, title="已到期", written_on=date(2015, 1, 1), expires_on=date(2020, 1, 1))
    at(Stage.PUBLISHED, title="不是规范性文件", kind="policy", written_on=date(2020, 1, 1))
    at(Stage.PUBLISHED, title="太新", written_on=timezone.localdate())
    at(Stage.DRAFT, title="草稿", written_on=date(2020, 1, 1))
    return kept


def opened(town, by="ou", year=2026, cutoff=DAY):
    return OpenCleanup(actor=town.actor(by), organ=town.water, year=year, cutoff=cutoff)


def test_a_clean_up_from_worklist_to_effect(town, three, at):
    found = opened(town).perform()
    assert [task.item for task in found.tasks.all()] == three
    verdicts = (Verdict.CONTINUE, Verdict.REPEAL, Verdict.EXPIRE)
    notice = at(Stage.PUBLISHED, title="清理结果公告", kind="notice")
    early = CloseCleanup(actor=town.actor("ou"), round=found, announcement=notice)
    assert refusal(early) == {"undecided"}
    for task, verdict in zip(found.tasks.all(), verdicts, strict=True):
        DecideCleanup(actor=town.actor("fan"), task=task, verdict=verdict, basis="情况已变化").perform()
    assert refusal(CloseCleanup(actor=town.actor("ou"), round=found)) == {"announcement"}
    hidden = at(Stage.DRAFT, title="公告稿", kind="notice")
    assert refusal(CloseCleanup(actor=town.actor("ou"), round=found, announcement=hidden)) == {"announcement"}
    assert refusal(CloseCleanup(actor=town.actor("fan"), round=found, announcement=notice)) == {"has_role"}
    CloseCleanup(actor=town.actor("ou"), round=found, announcement=notice).perform()
    assert [Item.objects.get(pk=item.pk).validity for item in three] == ["in_force", "repealed", "expired"]
    assert Item.objects.get(pk=three[1].pk).validity_by == notice
    found.refresh_from_db()
    assert found.announcement == notice
    assert refusal(CloseCleanup(actor=town.actor("ou"), round=found, announcement=notice)) == {"closed"}
    late = DecideCleanup(actor=town.actor("fan"), task=found.tasks.first(), verdict=Verdict.AMEND, basis="x")
    assert refusal(late) == {"closed"}


def test_closing_asks_for_the_password(town, three):
    found = opened(town).perform()
    stale = Actor(town.people["ou"])
    assert "fresh" in refusal(CloseCleanup(actor=stale, round=found))


def test_refusals_of_opening_and_deciding(town, three):
    assert refusal(opened(town, by="fan")) == {"has_role"}
    assert "year" in refusal(opened(town, year=1990))
    assert refusal(opened(town, cutoff=timezone.localdate() + timedelta(days=1))) == {"cutoff"}
    assert refusal(opened(town, cutoff=date(2001, 1, 1))) == {"nothing"}
    found = opened(town).perform()
    assert refusal(opened(town)) == {"twice"}
    task = found.tasks.first()
    assert refusal(DecideCleanup(actor=town.actor("fan"), task=task, verdict=Verdict.OPEN, basis="")) == {"verdict", "basis"}
    assert refusal(DecideCleanup(actor=town.actor("fan"), task=task, verdict=Verdict.AMEND, basis="长" * 301)) == {"long"}
    assert refusal(DecideCleanup(actor=town.actor("gu"), task=task, verdict=Verdict.AMEND, basis="x")) == {"has_role"}
