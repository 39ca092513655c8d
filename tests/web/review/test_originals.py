"""Forwarded documents: the maker decides, the clerk is told and answers, nothing is taken over in silence (Art. 10)."""

from __future__ import annotations

import pytest

from gongkai.web.audit.models import AuditEvent
from gongkai.web.catalogue.actions.create_item import CreateItem
from gongkai.web.catalogue.models import Attribute, Item, Stage
from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import visible
from gongkai.web.organs.models import Role
from gongkai.web.review.actions.approve_item import ApproveItem
from gongkai.web.review.actions.change_attribute import ChangeAttribute
from gongkai.web.review.actions.drop_original import DropOriginal
from gongkai.web.review.actions.name_original import NameOriginal
from gongkai.web.review.actions.pass_step import PassStep
from gongkai.web.review.actions.publish_item import PublishItem
from gongkai.web.review.actions.set_route import SetRoute
from gongkai.web.review.actions.submit_item import SubmitItem
from gongkai.web.review.checks.examine import findings
from gongkai.web.review.models import Original
from gongkai.web.review.originals import original_of
from gongkai.web.review.printing.facts import facts
from gongkai.web.review.routes import DEFAULT
from tests.web.support.town import person

from .conftest import CLEAN, REVIEWERS, reasons
from .test_verbs import refusals

TITLE = "临禾市水务局转发东坡县水务局关于节水器具推广的通知"
PAPER = {"maker": "省水利厅", "original_title": "关于节约用水的通知", "number": "省水发〔2026〕2号", "attribute": "on_request", "withheld_under": "specific_parties", "decided": "版记标注“此件依申请公开”"}


@pytest.fixture
def source(bureau):
    """A published document of the county's bureau."""
    bureau.people["xian"] = person("xian", "冼起草", bureau.county_bureau, Role.DRAFTER)
    bureau.people["lu"] = person("lu", "陆审签", bureau.county_bureau, Role.APPROVER)

    def make(**values):
        item = CreateItem(actor=bureau.actor("xian"), organ=bureau.county_bureau, values={**CLEAN, "title": "东坡县水务局关于节水器具推广的通知"}).perform()
        SubmitItem(actor=bureau.actor("xian"), item=item, reasons=reasons(item)).perform()
        item.rounds.get().marks.create(by=bureau.people["lu"], act="approve", attribute="proactive", comment="同意")
        Item.objects.filter(pk=item.pk).update(**{"stage": Stage.PUBLISHED, "published_at": item.created_at, **values})
        item.refresh_from_db()
        return item

    return make


def name(bureau, item, **values):
    return NameOriginal(actor=bureau.actor("fan"), item=item, **values)


def keys(item):
    item.refresh_from_db()
    return {one.check.key for one in findings(item)}


def test_naming_proposes_and_changes_nothing_until_it_is_adopted(bureau, draft, source):
    item, original = draft(**{**CLEAN, "title": TITLE}), source()
    assert keys(item) == {"forwarded_unnamed"}
    name(bureau, item, **PAPER).perform()
    item.refresh_from_db()
    assert (item.attribute, keys(item)) == (Attribute.PROACTIVE, {"forwarded_conflict"})
    name(bureau, item, **PAPER, adopt=True).perform()
    item.refresh_from_db()
    assert (item.attribute, item.withheld_under) == ("on_request", "specific_parties")
    event = AuditEvent.objects.filter(verb="review.name_original").last()
    assert "省水利厅《关于节约用水的通知》" in event.details and "版记标注" in event.details
    assert item.versions.first().verb == "review.name_original"
    name(bureau, item, source=original, adopt=True).perform()
    item.refresh_from_db()
    assert (item.attribute, item.withheld_under, keys(item)) == ("proactive", "", set())
    assert Original.objects.get().source == original


def test_the_trace_names_the_maker_and_the_person_only_to_those_who_may_see(bureau, draft, source):
    item, original = draft(**CLEAN), source()
    kept = name(bureau, item, source=original).perform()
    assert kept.decided.startswith(original.organ.name) and "陆审签" not in kept.decided
    bureau.people["fan"].posts.create(organ=bureau.county_bureau, role=Role.DRAFTER)
    assert "陆审签" in name(bureau, item, source=original).perform().decided


@pytest.mark.parametrize(
    ("values", "rules"),
    [
        ({}, {"unnamed"}), ({"maker": "省厅"}, {"unnamed"}), ({**PAPER, "decided": " "}, {"no_trace"}), ({**PAPER, "attribute": "x"}, {"attribute"}),
        ({**PAPER, "original_title": "字" * 301}, {"long"}), ({**PAPER, "attribute": "", "adopt": True}, {"undecided"}),
        ({**PAPER, "withheld_under": "", "adopt": True}, {"withheld_under"}),
    ],
)  # fmt: skip
def test_what_is_refused(bureau, draft, values, rules):
    assert refusals(name(bureau, draft(**CLEAN), **values)) == rules
    assert not Original.objects.exists()


def test_whose_and_who(bureau, draft, published, submitted, source):
    item = draft(**CLEAN)
    assert refusals(name(bureau, item, source=published())) == {"own"}
    unseen = source(stage=Stage.KEPT, attribute="not_public", published_at=None)
    assert refusals(name(bureau, item, source=unseen)) == {"unseen"}
    for who in ("gu", "lin", "shi"):
        assert "has_role" in refusals(NameOriginal(actor=bureau.actor(who), item=item, **PAPER)), who
    assert "signed_in" in refusals(NameOriginal(actor=Actor.operator(), item=item, **PAPER))
    assert "stage" in refusals(name(bureau, submitted(), **PAPER))
    assert refusals(DropOriginal(actor=bureau.actor("fan"), item=item)) == {"none"}


def test_a_conflict_is_answered_by_the_drafter_the_signer_and_the_publisher(bureau, draft):
    item = draft(**CLEAN)
    name(bureau, item, **PAPER).perform()
    assert refusals(SubmitItem(actor=bureau.actor("fan"), item=item)) == {"check_forwarded_conflict"}
    SubmitItem(actor=bureau.actor("fan"), item=item, reasons=reasons(item, "省厅3月5日来函同意公开")).perform()
    for who in REVIEWERS:
        PassStep(actor=bureau.actor(who), item=item).perform()
    assert refusals(ApproveItem(actor=bureau.actor("gu"), item=item)) == {"original"}
    ApproveItem(actor=bureau.actor("gu"), item=item, comment="省厅同意，公开").perform()
    PublishItem(actor=bureau.actor("ou"), item=item).perform()
    item.refresh_from_db()
    assert item.is_public()
    assert "省水利厅《关于节约用水的通知》" in facts(item)["original"]


def test_the_signer_who_opens_it_up_answers_too(bureau, draft):
    item = draft(**{**CLEAN, "attribute": "on_request", "withheld_under": "specific_parties", "art20": ""})
    name(bureau, item, **PAPER).perform()
    SubmitItem(actor=bureau.actor("fan"), item=item, reasons=reasons(item)).perform()
    for who in REVIEWERS:
        PassStep(actor=bureau.actor(who), item=item).perform()
    ApproveItem(actor=bureau.actor("gu"), item=item).perform()
    item.refresh_from_db()
    ChangeAttribute(actor=bureau.actor("gu"), item=item, attribute="proactive", why="已可公开").perform()
    item.refresh_from_db()
    assert "check_forwarded_conflict" in refusals(PublishItem(actor=bureau.actor("ou"), item=item, reasons={}))


def test_a_new_decision_of_the_maker_is_a_new_finding(bureau, draft, source):
    item, original = draft(**CLEAN), source()
    name(bureau, item, source=original).perform()
    assert keys(item) == set()
    for values, words in (
        ({"stage": Stage.KEPT, "attribute": "on_request", "withheld_under": "specific_parties"}, "登记时为主动公开"), ({"stage": Stage.DRAFT}, "还没有认定"),
        ({"stage": Stage.WITHDRAWN, "withdrawn_at": original.created_at, "withdrawn_reason": "有误"}, "撤下"),
    ):
        Item.objects.filter(pk=original.pk).update(**values)
        (found,) = findings(item)
        assert (found.check.key, words in found.message) == ("forwarded_conflict", True)


def test_withholding_what_the_maker_published_wants_its_reason(bureau, draft, source):
    item = draft(**{**CLEAN, "attribute": "on_request", "withheld_under": "specific_parties", "art20": ""})
    name(bureau, item, source=source()).perform()
    assert keys(item) == {"forwarded_differs"}


@pytest.mark.parametrize(
    ("title", "forwards"),
    [("转发省水利厅关于防汛的通知", True), ("临禾市水务局批转科技处意见的通知", True), ("关于加快转发展方式的意见", False), ("关于《转发工作规则》的解读", False), ("关于转发《节水办法》的通知", True)],
)
def test_titles_that_forward(draft, title, forwards):
    assert ("forwarded_unnamed" in keys(draft(**{**CLEAN, "title": title}))) == forwards


def test_taking_it_back(bureau, draft):
    item = draft(**CLEAN)
    name(bureau, item, **PAPER).perform()
    DropOriginal(actor=bureau.actor("fan"), item=item).perform()
    assert original_of(item) is None and keys(item) == set()


def test_a_conflict_cannot_be_switched_off(bureau):
    assert refusals(SetRoute(actor=bureau.actor("shi"), organ=bureau.water, plan=DEFAULT, levels={"forwarded_conflict": "off"})) == {"off"}
    SetRoute(actor=bureau.actor("shi"), organ=bureau.water, plan=DEFAULT, levels={"forwarded_conflict": "block"}).perform()


def test_only_those_who_write_see_what_was_named(bureau, draft, sign_in):
    item = draft(**CLEAN)
    name(bureau, item, **PAPER).perform()
    for actor, sees in ((bureau.actor("fan"), True), (bureau.actor("gu"), True), (bureau.actor("lin"), False), (Actor.public(), False)):
        assert visible(Original, actor).exists() == sees
    page = sign_in("gu").get(f"/staff/review/{item.number}").content.decode()
    assert "省水利厅" in page and "版记标注" in page
    assert sign_in("gu").get(f"/staff/review/{item.number}/original").status_code == 403
    assert sign_in("lin").get(f"/staff/review/{item.number}/original").status_code in {403, 404}


def test_the_pages(bureau, draft, sign_in, client, source):
    item, original = draft(**CLEAN), source()
    address = f"/staff/review/{item.number}/original"
    assert client.get(address).status_code == 302
    fan = sign_in("fan")
    assert "请填写原件的制作机关" in fan.post(address, {"maker": ""}).content.decode()
    assert fan.post(address, {"source": original.index_number, "adopt": "on"}).status_code == 302
    assert original.index_number in fan.get(address).content.decode()
    assert original.title in fan.get(f"/staff/review/{item.number}").content.decode()
    assert fan.post(f"{address}/drop", {}).status_code == 302
    assert not Original.objects.exists()
    assert fan.post(address, PAPER).status_code == 302
    assert "省水发〔2026〕2号" in fan.get(address).content.decode()
