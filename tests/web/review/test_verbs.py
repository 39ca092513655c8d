"""The way to the public: what each verb does, and every refusal of every verb."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongkai.law import official_calendar
from gongkai.web.audit.models import AuditEvent
from gongkai.web.catalogue.actions.revise_item import ReviseItem
from gongkai.web.catalogue.models import Attribute, Item, Stage
from gongkai.web.house.actor import Actor
from gongkai.web.house.rule import Refused
from gongkai.web.organs.models import Organ, Role
from gongkai.web.review import queues
from gongkai.web.review.actions.approve_item import ApproveItem
from gongkai.web.review.actions.change_attribute import ChangeAttribute
from gongkai.web.review.actions.emergency_publish import EmergencyPublish
from gongkai.web.review.actions.pass_step import PassStep
from gongkai.web.review.actions.publish_item import PublishItem
from gongkai.web.review.actions.return_item import ReturnToDrafter
from gongkai.web.review.actions.review_emergency import ReviewEmergency
from gongkai.web.review.actions.set_reassess_date import SetReassessDate
from gongkai.web.review.actions.set_route import SetRoute
from gongkai.web.review.actions.submit_item import SubmitItem
from gongkai.web.review.actions.withdraw_item import WithdrawItem
from gongkai.web.review.models import (
    AttributeChange,
    CheckRun,
    EmergencyReview,
    PassedOver,
    ReadingRule,
    RoundState,
)
from gongkai.web.review.routes import DEFAULT, Plan, StepPlan, next_look, plan_for
from tests.web.support.town import person

from .conftest import CLEAN, WITHHELD, reasons

LEAK = "<p>联系人身份证号11010519491231002X，请核对。</p>"


def refusals(action):
    """The rules that refuse; the state is untouched and the refusal is in the log."""
    before = list(Item.objects.values_list("stage", "attribute", "published_at"))
    with pytest.raises(Refused) as caught:
        action.perform()
    assert list(Item.objects.values_list("stage", "attribute", "published_at")) == before
    last = AuditEvent.objects.order_by("-pk").first()
    assert (last.verb, last.outcome) == (action.verb, "refused")
    assert all(one.message and one.message.endswith(("。", "）", "；")) for one in caught.value.refusals)
    return {one.rule for one in caught.value.refusals}


def test_draft_to_public_through_five_people(published, bureau):
    item = published()
    assert item.is_public()
    marks = list(item.rounds.get().marks.values_list("by__username", "act"))
    assert marks == [("fan", "submit"), ("xu", "pass"), ("mi", "pass"), ("ou", "pass"), ("gu", "approve")]
    assert item.rounds.get().state == RoundState.APPROVED
    assert CheckRun.objects.filter(item=item).count() == 2


def test_submitting_is_refused(bureau, draft, submitted, town):
    item = draft(**CLEAN)
    assert "has_role" in refusals(SubmitItem(actor=bureau.actor("gu"), item=item))
    assert "signed_in" in refusals(SubmitItem(actor=Actor.operator(), item=item))
    assert "long" in refusals(SubmitItem(actor=bureau.actor("fan"), item=item, note="字" * 1001))
    assert "stage" in refusals(SubmitItem(actor=bureau.actor("fan"), item=submitted()))
    assert "invalid" in refusals(SubmitItem(actor=bureau.actor("fan"), item=_spoil(draft(**CLEAN), kind="nothing")))
    assert "check_id_card" in refusals(SubmitItem(actor=bureau.actor("fan"), item=draft(**{**CLEAN, "body": LEAK})))
    Organ.objects.filter(pk=town.water.pk).update(closed_on=timezone.localdate())
    town.water.refresh_from_db()
    item.refresh_from_db()
    assert "open" in refusals(SubmitItem(actor=bureau.actor("fan"), item=item))


def _spoil(item, **values):
    Item.objects.filter(pk=item.pk).update(**values)
    item.refresh_from_db()
    return item


def test_a_warning_needs_a_reason_and_keeps_it(bureau, draft):
    item = draft(**{**CLEAN, "body": "<p>联系人手机13912345678。</p>"})
    assert refusals(SubmitItem(actor=bureau.actor("fan"), item=item)) == {"check_mobile"}
    long = dict.fromkeys(reasons(item), "字" * 301)
    assert refusals(SubmitItem(actor=bureau.actor("fan"), item=item, reasons=long)) == {"long"}
    SubmitItem(actor=bureau.actor("fan"), item=item, reasons=reasons(item, "值班手机，对外公布")).perform()
    kept = PassedOver.objects.get(item=item)
    assert (kept.check_key, kept.reason, kept.by.username) == ("mobile", "值班手机，对外公布", "fan")
    run = CheckRun.objects.get(item=item)
    assert "13912345678" not in str(run.findings)
    assert "13912345678" not in kept.message


def test_a_reason_does_not_pass_what_blocks(bureau, draft):
    item = draft(**{**CLEAN, "body": LEAK})
    assert refusals(SubmitItem(actor=bureau.actor("fan"), item=item, reasons=reasons(item))) == {"check_id_card"}


def test_passing_is_refused(bureau, submitted, draft):
    item = submitted()
    assert refusals(PassStep(actor=bureau.actor("mi"), item=item)) == {"takes_step", "has_role"} - {"takes_step"}
    assert refusals(PassStep(actor=Actor.operator(), item=item)) == {"takes_step", "four_eyes"}
    assert "takes_step" in refusals(PassStep(actor=bureau.actor("xu"), item=item, seen=3))
    assert "takes_step" in refusals(PassStep(actor=bureau.actor("xu"), item=draft(**CLEAN)))
    person_posts(bureau, "fan", Role.SECTION_REVIEWER)
    assert refusals(PassStep(actor=bureau.actor("fan"), item=item)) == {"four_eyes"}
    other = {"attribute": "on_request", "withheld_under": "specific_parties"}
    assert refusals(PassStep(actor=bureau.actor("xu"), item=item, **other)) == {"no_comment"}
    assert "withheld_under" in refusals(PassStep(actor=bureau.actor("xu"), item=item, attribute="not_public", comment="x"))
    assert refusals(PassStep(actor=bureau.actor("xu"), item=item, comment="字" * 1001)) == {"long"}
    PassStep(actor=bureau.actor("xu"), item=item).perform()
    person_posts(bureau, "xu", Role.SECRECY_REVIEWER)
    assert refusals(PassStep(actor=bureau.actor("xu"), item=item)) == {"one_step_each"}


def person_posts(bureau, who, role):
    bureau.people[who].posts.create(organ=bureau.water, role=role)


def test_the_last_step_is_signed_not_passed(bureau, reviewed, submitted):
    item = reviewed()
    assert refusals(PassStep(actor=bureau.actor("gu"), item=item)) == {"approval"}
    assert "has_role" in refusals(ApproveItem(actor=bureau.actor("gu"), item=submitted()))


def test_approving_is_refused(bureau, reviewed, submitted):
    item = reviewed()
    assert "has_role" in refusals(ApproveItem(actor=bureau.actor("xu"), item=item))
    stale = Actor(bureau.people["gu"])
    assert refusals(ApproveItem(actor=stale, item=item)) == {"fresh"}
    person_posts(bureau, "fan", Role.APPROVER)
    assert "four_eyes" in refusals(ApproveItem(actor=bureau.actor("fan"), item=item))
    person_posts(bureau, "mi", Role.APPROVER)
    assert "one_step_each" in refusals(ApproveItem(actor=bureau.actor("mi"), item=item))
    changed = {"attribute": "on_request", "withheld_under": "specific_parties"}
    assert refusals(ApproveItem(actor=bureau.actor("gu"), item=item, **changed)) == {"no_comment"}
    assert "withheld_under" in refusals(ApproveItem(actor=bureau.actor("gu"), item=item, attribute="on_request", comment="x"))
    assert refusals(ApproveItem(actor=bureau.actor("gu"), item=item, comment="字" * 1001)) == {"long"}
    early = submitted()
    person_posts(bureau, "gu", Role.SECTION_REVIEWER)
    assert refusals(ApproveItem(actor=bureau.actor("gu"), item=early)) == {"not_yet"}


def test_the_signer_settles_a_disagreement(bureau, submitted):
    item = submitted()
    PassStep(
        actor=bureau.actor("xu"), item=item, attribute="on_request", withheld_under="specific_parties", comment="只涉及两家单位"
    ).perform()
    for who in ("mi", "ou"):
        PassStep(actor=bureau.actor(who), item=item).perform()
    assert refusals(ApproveItem(actor=bureau.actor("gu"), item=item)) == {"unsettled", "no_comment"}
    ApproveItem(
        actor=bureau.actor("gu"), item=item, attribute="on_request", withheld_under="specific_parties", comment="同意科室意见"
    ).perform()
    item.refresh_from_db()
    assert (item.stage, item.attribute) == (Stage.KEPT, "on_request")


@pytest.mark.parametrize("steps", [0, 1, 2, 3])
def test_each_may_return_and_the_drafter_hands_in_again(bureau, submitted, steps):
    item = submitted()
    for who in ("xu", "mi", "ou")[:steps]:
        PassStep(actor=bureau.actor(who), item=item).perform()
    holder = ("xu", "mi", "ou", "gu")[steps]
    ReturnToDrafter(actor=bureau.actor(holder), item=item, comment="请补充施行日期").perform()
    item.refresh_from_db()
    assert item.stage == Stage.RETURNED
    assert item in queues.own_returned(bureau.actor("fan"))
    SubmitItem(actor=bureau.actor("fan"), item=item).perform()
    assert item.rounds.first().number == 2
    assert item.rounds.first().here().position == 1


def test_returning_is_refused(bureau, submitted, approved, published, draft, at):
    item = submitted()
    assert refusals(ReturnToDrafter(actor=bureau.actor("xu"), item=item, comment=" ")) == {"no_comment"}
    assert refusals(ReturnToDrafter(actor=bureau.actor("xu"), item=item, comment="字" * 1001)) == {"long"}
    assert "has_role" in refusals(ReturnToDrafter(actor=bureau.actor("gu"), item=item, comment="x"))
    assert "has_role" in refusals(ReturnToDrafter(actor=bureau.actor("xu"), item=approved(), comment="x"))
    assert "stage" in refusals(ReturnToDrafter(actor=bureau.actor("ou"), item=published(), comment="x"))
    assert "takes_step" in refusals(ReturnToDrafter(actor=bureau.actor("ou"), item=draft(**CLEAN), comment="x"))
    person_posts(bureau, "fan", Role.SECTION_REVIEWER)
    assert refusals(ReturnToDrafter(actor=bureau.actor("fan"), item=item, comment="x")) == {"four_eyes"}
    PassStep(actor=bureau.actor("xu"), item=item).perform()
    person_posts(bureau, "xu", Role.SECRECY_REVIEWER)
    assert refusals(ReturnToDrafter(actor=bureau.actor("xu"), item=item, comment="x")) == {"one_step_each"}
    imported = at(Stage.APPROVED)
    assert refusals(ReturnToDrafter(actor=bureau.actor("ou"), item=imported, comment="x")) == {"no_round"}
    assert "signed_in" in refusals(ReturnToDrafter(actor=Actor.operator(), item=imported, comment="x"))


def test_what_is_approved_can_still_go_back(bureau, approved):
    item = approved()
    ReturnToDrafter(actor=bureau.actor("ou"), item=item, comment="附件有误").perform()
    item.refresh_from_db()
    assert item.stage == Stage.RETURNED


def test_publishing_is_refused(bureau, approved, submitted):
    item = approved()
    assert "has_role" in refusals(PublishItem(actor=bureau.actor("fan"), item=item))
    assert "signed_in" in refusals(PublishItem(actor=Actor.operator(), item=item))
    assert "stage" in refusals(PublishItem(actor=bureau.actor("ou"), item=submitted()))
    assert refusals(PublishItem(actor=Actor(bureau.people["ou"]), item=item)) == {"fresh"}
    past = timezone.now() - timedelta(minutes=1)
    assert refusals(PublishItem(actor=bureau.actor("ou"), item=item, until=past)) == {"past"}
    assert refusals(PublishItem(actor=bureau.actor("ou"), item=_spoil(item, body=LEAK))) == {"check_id_card"}
    spoiled = _spoil(approved(), body="<p>手机13912345678</p>")
    assert refusals(PublishItem(actor=bureau.actor("ou"), item=spoiled)) == {"check_mobile"}
    wrong = _spoil(approved(), attribute="on_request", withheld_under="specific_parties")
    assert "attribute" in refusals(PublishItem(actor=bureau.actor("ou"), item=wrong))


def test_an_embargo_holds_whoever_set_it(bureau, approved):
    later, latest = timezone.now() + timedelta(days=1), timezone.now() + timedelta(days=2)
    item = approved(embargo_until=latest)
    PublishItem(actor=bureau.actor("ou"), item=item, until=later).perform()
    item.refresh_from_db()
    assert item.published_at == latest
    assert not item.is_public()


def test_an_emergency_goes_out_first_and_is_reviewed_by_another(bureau, submitted):
    item = submitted()
    EmergencyPublish(actor=bureau.actor("ou"), item=item, reason="供水管道爆裂，须立即告知停水范围").perform()
    item.refresh_from_db()
    review = EmergencyReview.objects.get(item=item)
    assert item.is_public()
    assert item.rounds.get().state == RoundState.OVERTAKEN
    assert review.due_on == official_calendar().add(timezone.localdate(), DEFAULT.emergency_days)
    assert review in queues.emergencies(bureau.actor("gu"))
    assert refusals(ReviewEmergency(actor=bureau.actor("ou"), item=item, keep=True, comment="x")) == {"four_eyes"}
    person_posts(bureau, "fan", Role.APPROVER)
    assert refusals(ReviewEmergency(actor=bureau.actor("fan"), item=item, keep=True, comment="x")) == {"four_eyes"}
    assert "has_role" in refusals(ReviewEmergency(actor=bureau.actor("xu"), item=item, keep=True, comment="x"))
    assert "signed_in" in refusals(ReviewEmergency(actor=Actor.operator(), item=item, keep=True, comment="x"))
    assert refusals(ReviewEmergency(actor=bureau.actor("gu"), item=item, keep=True, comment="")) == {"no_comment"}
    assert refusals(ReviewEmergency(actor=bureau.actor("gu"), item=item, keep=True, comment="字" * 301)) == {"long"}
    ReviewEmergency(actor=bureau.actor("gu"), item=item, keep=True, comment="情况属实").perform()
    item.refresh_from_db()
    assert item.is_public()
    assert item.emergency_reviewed_by.username == "gu"
    assert not queues.emergencies(bureau.actor("gu")).exists()
    assert refusals(ReviewEmergency(actor=bureau.actor("gu"), item=item, keep=True, comment="x")) == {"nothing"}


def test_what_should_not_have_gone_out_comes_down_at_once(bureau, submitted):
    item = submitted()
    EmergencyPublish(actor=bureau.actor("ou"), item=item, reason="停水").perform()
    ReviewEmergency(actor=bureau.actor("mi"), item=item, keep=False, comment="内容未经核实").perform()
    item.refresh_from_db()
    assert item.stage == Stage.WITHDRAWN
    assert "内容未经核实" in item.withdrawn_reason


def test_emergency_publishing_is_refused(bureau, submitted, published, draft, town):
    item = submitted()
    assert refusals(EmergencyPublish(actor=bureau.actor("ou"), item=item, reason="")) == {"no_reason"}
    assert refusals(EmergencyPublish(actor=bureau.actor("ou"), item=item, reason="字" * 301)) == {"long"}
    assert "has_role" in refusals(EmergencyPublish(actor=bureau.actor("fan"), item=item, reason="x"))
    assert "signed_in" in refusals(EmergencyPublish(actor=Actor.operator(), item=item, reason="x"))
    assert refusals(EmergencyPublish(actor=Actor(bureau.people["ou"]), item=item, reason="x")) == {"fresh"}
    assert "stage" in refusals(EmergencyPublish(actor=bureau.actor("ou"), item=published(), reason="x"))
    assert "attribute" in refusals(EmergencyPublish(actor=bureau.actor("ou"), item=draft(**WITHHELD), reason="x"))
    assert "check_id_card" in refusals(EmergencyPublish(actor=bureau.actor("ou"), item=draft(**{**CLEAN, "body": LEAK}), reason="x"))
    waits = draft(**{**CLEAN, "embargo_until": timezone.now() + timedelta(days=3)})
    assert refusals(EmergencyPublish(actor=bureau.actor("ou"), item=waits, reason="x")) == {"embargo"}
    assert "invalid" in refusals(EmergencyPublish(actor=bureau.actor("ou"), item=_spoil(draft(**CLEAN), kind="nothing"), reason="x"))
    Organ.objects.filter(pk=town.water.pk).update(closed_on=timezone.localdate())
    item.organ.refresh_from_db()
    assert "open" in refusals(EmergencyPublish(actor=bureau.actor("ou"), item=item, reason="x"))


def test_withdrawing(bureau, published, submitted):
    item = published()
    assert refusals(WithdrawItem(actor=bureau.actor("gu"), item=item, reason=" ")) == {"no_reason"}
    assert refusals(WithdrawItem(actor=bureau.actor("gu"), item=item, reason="字" * 301)) == {"long"}
    assert "has_role" in refusals(WithdrawItem(actor=bureau.actor("xu"), item=item, reason="x"))
    assert "signed_in" in refusals(WithdrawItem(actor=Actor.operator(), item=item, reason="x"))
    assert refusals(WithdrawItem(actor=Actor(bureau.people["gu"]), item=item, reason="x")) == {"fresh"}
    assert "stage" in refusals(WithdrawItem(actor=bureau.actor("gu"), item=submitted(), reason="x"))
    WithdrawItem(actor=bureau.actor("ou"), item=item, reason="数据有误").perform()
    item.refresh_from_db()
    assert (item.stage, item.is_public()) == (Stage.WITHDRAWN, False)


def test_conversion_is_recorded_and_published_by_another(bureau, approved):
    item = approved(**WITHHELD)
    assert item.stage == Stage.KEPT
    person_posts(bureau, "ou", Role.APPROVER)
    ChangeAttribute(actor=bureau.actor("ou"), item=item, attribute="proactive", why="情况已经公开，可以公开").perform()
    item.refresh_from_db()
    change = AttributeChange.objects.get(item=item)
    assert (item.stage, change.converts, change.old) == (Stage.APPROVED, True, "on_request")
    assert refusals(PublishItem(actor=bureau.actor("ou"), item=item, reasons=reasons(item))) == {"four_eyes"}
    other = person("wen", "温婉", bureau.water, Role.OGI_OFFICE)
    bureau.people["wen"] = other
    PublishItem(actor=bureau.actor("wen"), item=item, reasons=reasons(item)).perform()
    item.refresh_from_db()
    assert item.is_public()


def test_changing_the_attribute_is_refused(bureau, approved, published):
    item = approved(**WITHHELD)
    change = {"actor": bureau.actor("gu"), "item": item}
    same = {"attribute": "on_request", "withheld_under": "specific_parties", "why": "x"}
    assert "same" in refusals(ChangeAttribute(**change, **same))
    assert refusals(ChangeAttribute(**change, attribute="proactive", why="")) == {"no_reason"}
    assert refusals(ChangeAttribute(**change, attribute="proactive", why="字" * 501)) == {"long"}
    assert "attribute" in refusals(ChangeAttribute(**change, attribute="open", why="x"))
    assert "withheld_under" in refusals(ChangeAttribute(**change, attribute="not_public", why="x"))
    assert "withheld_under" in refusals(
        ChangeAttribute(**change, attribute="not_public", withheld_under="specific_parties", why="x")
    )
    assert "secret" in refusals(ChangeAttribute(**change, attribute="not_public", withheld_under="state_secret", why="x"))
    past = {"attribute": "not_public", "withheld_under": "process_info", "why": "x", "next_on": date(2020, 1, 1)}
    assert refusals(ChangeAttribute(**change, **past)) == {"past"}
    assert "has_role" in refusals(ChangeAttribute(actor=bureau.actor("ou"), item=item, attribute="proactive", why="x"))
    assert "signed_in" in refusals(ChangeAttribute(actor=Actor.operator(), item=item, attribute="proactive", why="x"))
    assert refusals(ChangeAttribute(actor=Actor(bureau.people["gu"]), item=item, attribute="proactive", why="x")) == {"fresh"}
    assert "stage" in refusals(ChangeAttribute(actor=bureau.actor("gu"), item=published(), attribute="on_request", why="x"))


def test_what_is_withheld_is_always_looked_at_again(bureau, approved):
    """Art. 18: where nobody set a day, the organ's own period does; what came without one is due at once."""
    item = approved(**WITHHELD)
    today = timezone.localdate()
    assert (item.reassess_on.year - today.year) * 12 + item.reassess_on.month - today.month == 12
    plan = Plan(DEFAULT.steps, reassess_months=1)
    SetRoute(actor=bureau.actor("shi"), organ=bureau.water, plan=plan).perform()
    assert next_look(bureau.water, date(2026, 1, 31)) == date(2026, 2, 28)
    ChangeAttribute(
        actor=bureau.actor("gu"), item=item, attribute=Attribute.NOT_PUBLIC, withheld_under="process_info", why="属于过程性信息"
    ).perform()
    item.refresh_from_db()
    assert item.reassess_on == next_look(bureau.water, today)
    assert item not in queues.reassessments(bureau.actor("ou"))
    Item.objects.filter(pk=item.pk).update(reassess_on=None)
    assert item in queues.reassessments(bureau.actor("ou"))
    assert refusals(SetRoute(actor=bureau.actor("shi"), organ=bureau.water, plan=Plan(DEFAULT.steps, reassess_months=0))) == {"months"}


def test_reassessment(bureau, approved):
    item = approved(**{**WITHHELD, "reassess_on": timezone.localdate()})
    assert item in queues.reassessments(bureau.actor("ou"))
    later = timezone.localdate() + timedelta(days=365)
    act = {"item": item, "on": later, "why": "仍只涉及特定单位"}
    assert refusals(SetReassessDate(actor=bureau.actor("ou"), **{**act, "on": timezone.localdate()})) == {"past"}
    assert refusals(SetReassessDate(actor=bureau.actor("ou"), **{**act, "why": ""})) == {"no_reason"}
    assert refusals(SetReassessDate(actor=bureau.actor("ou"), **{**act, "why": "字" * 501})) == {"long"}
    assert "has_role" in refusals(SetReassessDate(actor=bureau.actor("xu"), **act))
    assert "signed_in" in refusals(SetReassessDate(actor=Actor.operator(), **act))
    assert "stage" in refusals(SetReassessDate(actor=bureau.actor("ou"), **{**act, "item": approved()}))
    SetReassessDate(actor=bureau.actor("ou"), **act).perform()
    assert item not in queues.reassessments(bureau.actor("ou"))
    assert AttributeChange.objects.get(item=item).next_on == later
    assert "attribute" in refusals(SetReassessDate(actor=bureau.actor("ou"), **{**act, "item": _spoil(item, attribute="proactive")}))


def small(*steps, **more):
    return Plan(tuple(StepPlan(name, duties) for name, duties in steps), **more)


def test_a_small_organ_merges_steps_but_not_people(bureau, draft):
    plan = small(("初审", ("unit", "secrecy")), ("审签", ("office", "approval")))
    SetRoute(actor=bureau.actor("shi"), organ=bureau.water, plan=plan).perform()
    item = draft(**CLEAN)
    SubmitItem(actor=bureau.actor("fan"), item=item).perform()
    assert refusals(PassStep(actor=bureau.actor("xu"), item=item)) == {"has_role"}
    person_posts(bureau, "xu", Role.SECRECY_REVIEWER)
    person_posts(bureau, "gu", Role.OGI_OFFICE)
    assert [one.round.item for one in queues.mine(bureau.actor("xu"))] == [item]
    PassStep(actor=bureau.actor("xu"), item=item).perform()
    assert not queues.mine(bureau.actor("xu")).exists()
    person_posts(bureau, "xu", Role.APPROVER)
    person_posts(bureau, "xu", Role.OGI_OFFICE)
    assert refusals(ApproveItem(actor=bureau.actor("xu"), item=item)) == {"one_step_each"}
    ApproveItem(actor=bureau.actor("gu"), item=item).perform()


def test_where_the_route_lets_one_person_take_two_steps_the_submitter_still_takes_none(bureau, draft):
    SetRoute(
        actor=bureau.actor("shi"), organ=bureau.city, plan=small(("保密", ("secrecy",)), ("审签", ("approval",)), distinct_people=False)
    ).perform()
    assert plan_for(bureau.water).organ == bureau.city
    for role in (Role.SECRECY_REVIEWER, Role.APPROVER):
        person_posts(bureau, "fan", role)
    person_posts(bureau, "gu", Role.SECRECY_REVIEWER)
    item = draft(**CLEAN)
    SubmitItem(actor=bureau.actor("fan"), item=item).perform()
    assert refusals(PassStep(actor=bureau.actor("fan"), item=item)) == {"four_eyes"}
    PassStep(actor=bureau.actor("gu"), item=item).perform()
    assert "four_eyes" in refusals(ApproveItem(actor=bureau.actor("fan"), item=item))
    ApproveItem(actor=bureau.actor("gu"), item=item).perform()


def test_routes_are_refused(bureau, town):
    act = {"actor": bureau.actor("shi"), "organ": bureau.water}
    good = DEFAULT
    assert refusals(SetRoute(**act, plan=small())) >= {"no_steps"}
    for steps in (
        [("审签", ("approval",))], [("保密", ("secrecy",))], [("审签", ("approval",)), ("保密", ("secrecy",))],
        [("", ("secrecy",)), ("审签", ("approval",))], [("空", ()), ("全", ("secrecy", "approval"))],
        [("甲", ("secrecy",)), ("乙", ("secrecy", "approval"))],
    ):  # fmt: skip
        assert refusals(SetRoute(**act, plan=small(*steps))) == {"steps"}
    assert refusals(SetRoute(**act, plan=Plan(good.steps, emergency_days=21))) == {"days"}
    assert refusals(SetRoute(**act, plan=good, levels={"nothing": "warn"})) == {"level"}
    assert refusals(SetRoute(**act, plan=good, levels={"id_card": "off"})) == {"off"}
    assert "has_role" in refusals(SetRoute(actor=bureau.actor("ou"), organ=bureau.water, plan=good))
    assert refusals(SetRoute(actor=Actor(bureau.people["shi"]), organ=bureau.water, plan=good)) == {"fresh"}
    Organ.objects.filter(pk=town.water.pk).update(closed_on=timezone.localdate())
    town.water.refresh_from_db()
    assert "open" in refusals(SetRoute(**act, plan=good))


def test_changing_the_route_leaves_rounds_under_way_alone(bureau, submitted):
    item = submitted()
    SetRoute(actor=bureau.actor("shi"), organ=bureau.water, plan=small(("一", ("secrecy", "approval")))).perform()
    assert item.rounds.get().steps.count() == 4


def test_an_organ_may_make_a_check_stricter(bureau, draft):
    SetRoute(actor=bureau.actor("shi"), organ=bureau.city, plan=DEFAULT, levels={"mobile": "block"}).perform()
    item = draft(**{**CLEAN, "body": "<p>手机13912345678</p>"})
    assert refusals(SubmitItem(actor=bureau.actor("fan"), item=item, reasons=reasons(item))) == {"check_mobile"}
    SetRoute(actor=bureau.actor("shi"), organ=bureau.water, plan=DEFAULT, levels={"mobile": "off"}).perform()
    SubmitItem(actor=bureau.actor("fan"), item=item).perform()


def needing(bureau, draft):
    item = draft(**{**CLEAN, "kind": "policy", "document_number": "临水发〔2026〕3号"})
    SubmitItem(actor=bureau.actor("fan"), item=item, needs_reading=True).perform()
    for who in ("xu", "mi", "ou"):
        PassStep(actor=bureau.actor(who), item=item).perform()
    ApproveItem(actor=bureau.actor("gu"), item=item).perform()
    item.refresh_from_db()
    return item


def test_a_policy_may_go_without_reading_where_the_route_does_not_ask(bureau, draft):
    SetRoute(actor=bureau.actor("shi"), organ=bureau.water, plan=Plan(DEFAULT.steps, reading_rule=ReadingRule.OFF)).perform()
    PublishItem(actor=bureau.actor("ou"), item=needing(bureau, draft)).perform()


def test_secrecy_of_the_unit_step_goes_by_the_unit(bureau, draft, more_people):
    item = draft(**CLEAN, unit=bureau.section, by="ke")
    SubmitItem(actor=bureau.actor("ke"), item=item).perform()
    bureau.people["zu"] = person("zu", "祖科", bureau.section, Role.SECTION_REVIEWER)
    assert [one.round.item for one in queues.mine(bureau.actor("zu"))] == [item]
    PassStep(actor=bureau.actor("zu"), item=item).perform()
    assert "has_role" in refusals(PassStep(actor=bureau.actor("zu"), item=item))


def test_a_returned_item_can_be_revised(bureau, submitted):
    item = submitted()
    ReturnToDrafter(actor=bureau.actor("xu"), item=item, comment="改标题").perform()
    item.refresh_from_db()
    ReviseItem(actor=bureau.actor("fan"), item=item, values={"title": "临禾市水务局关于节约用水的通知"}).perform()
    assert Item.objects.get(pk=item.pk).attribute == Attribute.PROACTIVE
