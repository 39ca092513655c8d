"""Whoever wrote any of it lets none of it through: every way an author could come back as reviewer, approver or publisher."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.utils import timezone

from gongkai.web.bringing_in.actions.bring_in_items import BringInItems
from gongkai.web.bringing_in.table.folder import Folder
from gongkai.web.bringing_in.table.reading import read
from gongkai.web.catalogue.actions.attach_file import AttachFile
from gongkai.web.catalogue.actions.create_item import CreateItem
from gongkai.web.catalogue.actions.detach_file import DetachFile
from gongkai.web.catalogue.actions.link_interpretation import LinkInterpretation
from gongkai.web.catalogue.actions.reclassify_item import ReclassifyItem
from gongkai.web.catalogue.actions.revise_item import ReviseItem
from gongkai.web.catalogue.actions.set_validity import SetValidity
from gongkai.web.catalogue.models import Attachment, Form, Item, ItemVersion, Stage, Validity
from gongkai.web.catalogue.versions import FIELDS, HANDLING
from gongkai.web.house.actor import Actor
from gongkai.web.house.rule import Refused
from gongkai.web.organs.models import Post, Role
from gongkai.web.review import queues
from gongkai.web.review.actions.approve_item import ApproveItem
from gongkai.web.review.actions.change_attribute import ChangeAttribute
from gongkai.web.review.actions.drop_original import DropOriginal
from gongkai.web.review.actions.emergency_publish import EmergencyPublish
from gongkai.web.review.actions.name_original import NameOriginal
from gongkai.web.review.actions.pass_step import PassStep
from gongkai.web.review.actions.publish_item import PublishItem
from gongkai.web.review.actions.return_item import ReturnToDrafter
from gongkai.web.review.actions.review_emergency import ReviewEmergency
from gongkai.web.review.actions.submit_item import SubmitItem
from gongkai.web.review.actions.withdraw_item import WithdrawItem
from tests.web.support.town import person

from .conftest import CLEAN, REVIEWERS, WITHHELD, reasons
from .test_verbs import refusals, small

EVERYTHING = (Role.DRAFTER, Role.SECTION_REVIEWER, Role.SECRECY_REVIEWER, Role.OGI_OFFICE, Role.APPROVER)
TABLE = "标题*,信息类别*,成文日期,形成日期,法定主动公开内容,正文\n关于春灌的通知,公告公示,2026-3-2,2026-3-2,规划计划,现通知如下。\n"


@pytest.fixture
def insider(bureau):
    """One person in every post of the bureau."""
    bureau.people["hua"] = person("hua", "华一人", bureau.water, EVERYTHING[0])
    for role in EVERYTHING[1:]:
        Post.objects.create(user=bureau.people["hua"], organ=bureau.water, role=role)
    return bureau.actor("hua")


def revise(who, item, **values):
    item.refresh_from_db()
    ReviseItem(actor=who, item=item, values=values).perform()


def attach(who, item, text="灌溉面积"):
    data = text.encode()
    return AttachFile(actor=who, item=item, content=io.BytesIO(data), size=len(data), name=f"{text}.txt").perform()


def pass_on(town, item):
    for who in REVIEWERS:
        PassStep(actor=town.actor(who), item=item).perform()


def sent_back(town, item):
    SubmitItem(actor=town.actor("fan"), item=item, reasons=reasons(item)).perform()
    ReturnToDrafter(actor=town.actor("xu"), item=item, comment="请补充").perform()


# Each writes into a draft of fan's as the insider, or makes the draft; fan hands it in afterwards.
def drafted(town, who, draft):
    return CreateItem(actor=who, organ=town.water, values=CLEAN).perform()


def edited(town, who, draft):
    item = draft(**CLEAN)
    revise(who, item, body="<p>各县水务局：</p><p>改过的通知。</p>")
    return item


def edited_and_overwritten(town, who, draft):
    item = edited(town, who, draft)
    revise(town.actor("fan"), item, body="<p>起草人又全文重写。</p>")
    return item


def edited_after_return(town, who, draft):
    item = draft(**CLEAN)
    sent_back(town, item)
    revise(who, item, title="临禾市水务局关于进一步加强节约用水管理的通知")
    return item


def edited_before_return(town, who, draft):
    """The words of the round that was returned are still in it."""
    item = edited(town, who, draft)
    sent_back(town, item)
    return item


def handed_in_before(town, who, draft):
    item = draft(**CLEAN)
    SubmitItem(actor=who, item=item, reasons=reasons(item)).perform()
    ReturnToDrafter(actor=town.actor("xu"), item=item, comment="请补充").perform()
    return item


def headings_alone(town, who, draft):
    item = draft(**CLEAN)
    revise(who, item, keywords="节水", theme="")
    return item


def attribute_alone(town, who, draft):
    item = draft(**WITHHELD)
    revise(who, item, attribute="proactive", withheld_under="", art20="regulations_and_normative_docs")
    return item


def joint_organs(town, who, draft):
    item = draft(**CLEAN)
    ReviseItem(actor=who, item=item, values={}, unit=town.section).perform()
    return item


def attached(town, who, draft):
    item = draft(**CLEAN)
    attach(who, item)
    return item


def detached(town, who, draft):
    item = draft(**CLEAN)
    attach(town.actor("fan"), item)
    DetachFile(actor=who, attachment=Attachment.objects.get(item=item)).perform()
    return item


def original_named(town, who, draft):
    item = draft(**CLEAN)
    NameOriginal(actor=who, item=item, maker="某厅", original_title="某通知", attribute="proactive", decided="来函").perform()
    return item


def original_dropped(town, who, draft):
    item = draft(**CLEAN)
    NameOriginal(actor=town.actor("fan"), item=item, maker="某厅", original_title="某通知").perform()
    DropOriginal(actor=who, item=item).perform()
    return item


def brought_in_by_table(town, who, draft):
    rows = list(read("表.csv", io.BytesIO(TABLE.encode()), town.water, Folder(None)))
    return BringInItems(actor=who, organ=town.water, rows=rows, source="旧系统").perform()[0]


WAYS = (
    drafted, edited, edited_and_overwritten, edited_after_return, edited_before_return, handed_in_before, headings_alone, attribute_alone,
    joint_organs, attached, detached, original_named, original_dropped, brought_in_by_table,
)  # fmt: skip


def test_an_author_passes_approves_and_publishes_nothing_of_it(bureau, insider, draft):
    """All ways in one town: making it costs more than any of them."""
    for way in WAYS:
        item = way(bureau, insider, draft)
        item.refresh_from_db()
        SubmitItem(actor=bureau.actor("fan"), item=item, reasons=reasons(item)).perform()
        assert not queues.mine(insider).exists(), way
        acts = [PassStep(actor=insider, item=item), ApproveItem(actor=insider, item=item)]
        Item.objects.filter(pk=item.pk).update(stage=Stage.APPROVED)
        item.refresh_from_db()
        acts += [
            PublishItem(actor=insider, item=item), EmergencyPublish(actor=insider, item=item, reason="紧急"),
            ChangeAttribute(actor=insider, item=item, attribute="on_request", withheld_under="specific_parties", why="x"),
            ReviewEmergency(actor=insider, item=item, keep=True, comment="属实"),
        ]  # fmt: skip
        assert [(act.verb, {one.rule for one in act.check()}) for act in acts] == [(act.verb, {"four_eyes"}) for act in acts], way


def test_step_by_step_and_by_haste_an_author_is_refused(bureau, insider, draft):
    item = edited_after_return(bureau, insider, draft)
    item.refresh_from_db()
    urgent = {"actor": insider, "item": item, "reason": "紧急"}
    assert refusals(EmergencyPublish(**urgent)) == {"four_eyes"}
    SubmitItem(actor=bureau.actor("fan"), item=item).perform()
    for who in REVIEWERS:
        assert refusals(PassStep(actor=insider, item=item)) == {"four_eyes"}
        PassStep(actor=bureau.actor(who), item=item).perform()
    assert refusals(ApproveItem(actor=insider, item=item)) == {"four_eyes"}
    ApproveItem(actor=bureau.actor("gu"), item=item).perform()
    item.refresh_from_db()
    assert refusals(PublishItem(actor=insider, item=item)) == {"four_eyes"}
    assert refusals(EmergencyPublish(**urgent)) == {"four_eyes"}
    EmergencyPublish(actor=bureau.actor("ou"), item=item, reason="紧急").perform()
    assert refusals(ReviewEmergency(actor=insider, item=item, keep=True, comment="属实")) == {"four_eyes"}


def test_who_writes_into_what_is_approved_does_not_publish_it(bureau, insider, at):
    for make in (
        lambda item: ReclassifyItem(actor=insider, item=item, values={"summary": "没有人看过的概述"}),
        lambda item: SetValidity(actor=insider, item=item, validity=Validity.AMENDED, on=date(2026, 4, 1), basis="另文"),
    ):
        item = at(Stage.APPROVED, **{**CLEAN, "kind": "normative", "document_number": "临水规〔2026〕3号"})
        make(item).perform()
        item.refresh_from_db()
        assert refusals(PublishItem(actor=insider, item=item, reasons=reasons(item))) == {"four_eyes"}
        assert refusals(EmergencyPublish(actor=insider, item=item, reason="紧急", reasons=reasons(item))) == {"four_eyes"}
        PublishItem(actor=bureau.actor("ou"), item=item, reasons=reasons(item)).perform()


def test_an_interpretation_goes_out_with_its_policy_by_no_author_of_it(bureau, insider, at):
    policy = at(Stage.APPROVED, **CLEAN)
    reading = CreateItem(actor=insider, organ=bureau.water, values={**CLEAN, "title": "《通知》的政策解读", "kind": "interpretation"}).perform()
    LinkInterpretation(actor=bureau.actor("fan"), reading=reading, policy=policy, form=Form.TEXT).perform()
    Item.objects.filter(pk=reading.pk).update(stage=Stage.APPROVED)
    reading.refresh_from_db()
    with pytest.raises(Refused, match=r"解读.*华一人.*不能由您本人发布"):
        PublishItem(actor=insider, item=policy, readings=(reading,)).perform()
    PublishItem(actor=bureau.actor("ou"), item=policy, readings=(reading,)).perform()


def test_an_author_does_not_change_the_attribute_afterwards(bureau, insider, draft):
    item = draft(**WITHHELD)
    revise(insider, item, body="<p>改过。</p>")
    SubmitItem(actor=bureau.actor("fan"), item=item, reasons=reasons(item)).perform()
    pass_on(bureau, item)
    ApproveItem(actor=bureau.actor("gu"), item=item).perform()
    item.refresh_from_db()
    assert refusals(ChangeAttribute(actor=insider, item=item, attribute="proactive", why="可以公开")) == {"four_eyes"}
    ChangeAttribute(actor=bureau.actor("gu"), item=item, attribute="proactive", why="可以公开").perform()


@pytest.mark.parametrize("by_change", [True, False])
def test_who_opened_it_alone_publishes_it_by_no_verb(bureau, insider, submitted, by_change):
    item = submitted(**WITHHELD)
    pass_on(bureau, item)
    opened = {"attribute": "proactive"}
    if by_change:
        ApproveItem(actor=bureau.actor("gu"), item=item).perform()
        item.refresh_from_db()
        ChangeAttribute(actor=insider, item=item, why="可以公开", **opened).perform()
    else:
        ApproveItem(actor=insider, item=item, comment="应当公开", **opened).perform()
    item.refresh_from_db()
    assert refusals(PublishItem(actor=insider, item=item, reasons=reasons(item))) == {"four_eyes"}
    assert refusals(EmergencyPublish(actor=insider, item=item, reason="紧急", reasons=reasons(item))) == {"four_eyes"}
    PublishItem(actor=bureau.actor("ou"), item=item, reasons=reasons(item)).perform()


def test_a_reviewer_who_wrote_nothing_may_publish(bureau, insider, reviewed):
    """Small organs live by it (ADR 0078)."""
    item = reviewed()
    ApproveItem(actor=insider, item=item).perform()
    item.refresh_from_db()
    PublishItem(actor=insider, item=item, reasons=reasons(item)).perform()
    item.refresh_from_db()
    assert item.is_public()


def test_the_refusal_says_who_wrote_what_when_and_who_may_instead(bureau, insider, draft):
    item = draft(**CLEAN)
    revise(insider, item, title="临禾市水务局关于节约用水的通知")
    SubmitItem(actor=bureau.actor("fan"), item=item, reasons=reasons(item)).perform()

    def told():
        with pytest.raises(Refused) as caught:
            PassStep(actor=insider, item=item).perform()
        return caught.value.refusals[0].message

    day = ItemVersion.objects.get(item=item, version=2).at.astimezone(timezone.get_current_timezone()).strftime("%Y-")
    assert told().startswith(f"《临禾市水务局关于节约用水的通知》有您（华一人）写的内容，不能由您本人审核同意：{day}")
    assert "修改信息（第2版：标题）" in told()
    assert told().endswith("请转徐科办理。")
    Post.objects.filter(user=bureau.people["xu"]).delete()
    assert told().endswith("临禾市水务局及其上级没有其他人任“科室审核”，请管理员任用。")
    bureau.people["wu"] = person("wu", "吴上级", bureau.city, Role.SECTION_REVIEWER)
    assert told().endswith("临禾市水务局没有其他人任“科室审核”，请转上级临禾市吴上级办理。")
    bureau.people["wu"].is_active = False
    bureau.people["wu"].save()
    Post.objects.create(user=bureau.people["fan"], organ=bureau.water, role=Role.SECTION_REVIEWER)
    assert "请管理员任用" in told()  # nobody is sent to another author, or to one who has left


def test_one_who_may_instead_holds_every_post_of_a_merged_step(bureau, insider, draft):
    from gongkai.web.review.actions.set_route import SetRoute

    SetRoute(actor=bureau.actor("shi"), organ=bureau.water, plan=small(("初审", ("unit", "secrecy")), ("审签", ("approval",)))).perform()
    item = edited(bureau, insider, draft)
    SubmitItem(actor=bureau.actor("fan"), item=item, reasons=reasons(item)).perform()
    bureau.people["wu"] = person("wu", "吴上级", bureau.city, Role.SECTION_REVIEWER)
    Post.objects.create(user=bureau.people["wu"], organ=bureau.water, role=Role.SECRECY_REVIEWER)
    with pytest.raises(Refused, match="没有其他人任“科室审核”、“保密审查”，请转上级临禾市吴上级办理。"):
        PassStep(actor=insider, item=item).perform()


def test_what_the_operator_brings_in_is_nobodys(bureau, insider, draft):
    item = brought_in_by_table(bureau, Actor.operator(), draft)
    SubmitItem(actor=bureau.actor("fan"), item=item, reasons=reasons(item)).perform()
    PassStep(actor=insider, item=item).perform()
    assert refusals(PassStep(actor=Actor.operator(), item=item)) >= {"four_eyes"}


def test_a_verb_that_says_it_writes_nothing_wrote_nothing(bureau, insider, submitted, approved):
    """Every version of an act of review differs from the one before in what is decided and where it stands alone."""
    first = submitted()
    EmergencyPublish(actor=bureau.actor("ou"), item=first, reason="停水").perform()
    ReviewEmergency(actor=bureau.actor("mi"), item=first, keep=False, comment="未经核实").perform()
    second = approved(**WITHHELD)
    ChangeAttribute(actor=bureau.actor("gu"), item=second, attribute="proactive", why="可以公开").perform()
    second.refresh_from_db()
    ReturnToDrafter(actor=bureau.actor("ou"), item=second, comment="改").perform()
    third = approved()
    PublishItem(actor=bureau.actor("ou"), item=third).perform()
    WithdrawItem(actor=bureau.actor("ou"), item=third, reason="有误").perform()
    handled = {field.name for field in FIELDS if not field.editable} | {"attribute", "withheld_under", "reassess_on"}
    seen = set()
    for version in ItemVersion.objects.filter(verb__in=HANDLING):
        before = ItemVersion.objects.get(item=version.item, version=version.version - 1).content
        assert {name for name in version.content if version.content[name] != before.get(name)} <= handled
        seen.add(version.verb)
    assert len(seen) == 8
