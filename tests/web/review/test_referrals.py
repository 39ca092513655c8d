"""Not sure whether it may be disclosed: the question put to others, the halt, and what their answer allows (Art. 17)."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.web.audit.models import AuditEvent
from gongkai.web.catalogue.models import Item, Stage
from gongkai.web.house.actor import Actor
from gongkai.web.organs.models import Role
from gongkai.web.review import queues
from gongkai.web.review.actions.approve_item import ApproveItem
from gongkai.web.review.actions.change_attribute import ChangeAttribute
from gongkai.web.review.actions.confirm_emergency import ConfirmEmergency
from gongkai.web.review.actions.emergency_publish import EmergencyPublish
from gongkai.web.review.actions.pass_step import PassStep
from gongkai.web.review.actions.publish_item import PublishItem
from gongkai.web.review.actions.record_answer import RecordAnswer
from gongkai.web.review.actions.refer_item import ReferItem
from gongkai.web.review.actions.return_item import ReturnToDrafter
from gongkai.web.review.actions.set_route import SetRoute
from gongkai.web.review.actions.submit_item import SubmitItem
from gongkai.web.review.clock import clock_of
from gongkai.web.review.models import Referral, RoundState
from gongkai.web.review.printing.docx import to_docx
from gongkai.web.review.printing.facts import facts
from gongkai.web.review.printing.forms import FORMS
from gongkai.web.review.printing.pdf import to_pdf

from .conftest import CLEAN
from .test_printing import words_of
from .test_verbs import person_posts, refusals, small

BODY, QUESTION = "临禾市保密局", "取水口坐标是否属于国家秘密，能否公开？"
ASKING = {"to": "secrecy", "body": BODY, "question": QUESTION}
WITHHOLD = {"attribute": "not_public", "withheld_under": "internal_affairs", "comment": "按答复办理"}


def answer(**values):
    return {"on": timezone.localdate(), "answer": "open", "text": "不涉及国家秘密。", "number": "临保函〔2026〕5号", **values}


@pytest.fixture
def at_secrecy(bureau, submitted):
    def make(**values):
        item = submitted(**values)
        PassStep(actor=bureau.actor("xu"), item=item).perform()
        return item

    return make


@pytest.fixture
def asked(bureau, at_secrecy):
    """宓密 has asked the secrecy administration."""

    def make(**values):
        item = at_secrecy(**values)
        ReferItem(actor=bureau.actor("mi"), item=item, **ASKING).perform()
        return item

    return make


@pytest.fixture
def answered(bureau, asked):
    def make(verdict, **values):
        item = asked(**values)
        RecordAnswer(actor=bureau.actor("mi"), item=item, **answer(answer=verdict)).perform()
        return item

    return make


def test_asking_halts_the_step_and_the_answer_frees_it(bureau, asked):
    item = asked()
    waiting = Referral.objects.get(round__item=item)
    assert (waiting.step.name, waiting.by.username, waiting.awaited) == ("保密审查", "mi", True)
    assert refusals(PassStep(actor=bureau.actor("mi"), item=item)) == {"referred"}
    assert refusals(ReferItem(actor=bureau.actor("mi"), item=item, **ASKING)) == {"referred"}
    RecordAnswer(actor=bureau.actor("mi"), item=item, **answer()).perform()
    waiting.refresh_from_db()
    assert (waiting.answer, waiting.answer_number, waiting.recorded_by.username) == ("open", "临保函〔2026〕5号", "mi")
    for who in ("mi", "ou"):
        PassStep(actor=bureau.actor(who), item=item).perform()
    ApproveItem(actor=bureau.actor("gu"), item=item).perform()
    item.refresh_from_db()
    PublishItem(actor=bureau.actor("ou"), item=item).perform()
    item.refresh_from_db()
    assert item.is_public()


def test_both_acts_are_in_the_log_with_what_was_said(bureau, answered):
    answered("partly")
    said, put = AuditEvent.objects.filter(verb__in=("review.record_answer", "review.refer")).order_by("-number")
    asked, told = json.loads(put.details), json.loads(said.details)
    assert (asked["body"], asked["question"], asked["referred_to"]) == (BODY, QUESTION, "secrecy")
    assert (told["answer"], told["answer_number"]) == ("partly", "临保函〔2026〕5号")


def test_asking_is_refused(bureau, submitted, at_secrecy, draft):
    act = {"item": at_secrecy(), **ASKING}
    assert refusals(ReferItem(actor=bureau.actor("ou"), **act)) == {"has_role"}
    assert refusals(ReferItem(actor=Actor.operator(), **act)) == {"takes_step", "four_eyes"}
    assert "takes_step" in refusals(ReferItem(actor=bureau.actor("mi"), **act, seen=1))
    assert "takes_step" in refusals(ReferItem(actor=bureau.actor("mi"), **{**act, "item": draft(**CLEAN)}))
    assert refusals(ReferItem(actor=bureau.actor("xu"), **{**act, "item": submitted()})) == {"may_refer"}
    assert refusals(ReferItem(actor=bureau.actor("mi"), **{**act, "to": "court"})) == {"to"}
    assert refusals(ReferItem(actor=bureau.actor("mi"), **{**act, "body": " ", "question": ""})) == {"no_body", "no_question"}
    assert refusals(ReferItem(actor=bureau.actor("mi"), **{**act, "body": "字" * 101})) == {"long"}
    assert refusals(ReferItem(actor=bureau.actor("mi"), **{**act, "question": "字" * 1001})) == {"long"}
    for who in ("fan", "xu"):
        person_posts(bureau, who, Role.SECRECY_REVIEWER)
    assert refusals(ReferItem(actor=bureau.actor("fan"), **act)) == {"four_eyes"}
    assert refusals(ReferItem(actor=bureau.actor("xu"), **act)) == {"one_step_each"}
    assert not Referral.objects.exists()


def test_recording_is_refused(bureau, asked, at_secrecy):
    act = {"item": asked(), **answer()}
    today = timezone.localdate()
    assert refusals(RecordAnswer(actor=bureau.actor("ou"), **act)) == {"has_role"}
    assert refusals(RecordAnswer(actor=Actor.operator(), **act)) == {"takes_step", "four_eyes"}
    assert "takes_step" in refusals(RecordAnswer(actor=bureau.actor("mi"), **act, seen=1))
    assert refusals(RecordAnswer(actor=bureau.actor("mi"), **{**act, "item": at_secrecy()})) == {"not_referred"}
    for values, why in (
        ({"on": None}, "no_day"), ({"on": today + timedelta(days=1)}, "future"), ({"on": today - timedelta(days=1)}, "early"),
        ({"answer": "perhaps"}, "answer"), ({"text": " "}, "no_text"), ({"text": "字" * 1001}, "long"), ({"number": "字" * 61}, "long"),
    ):  # fmt: skip
        assert refusals(RecordAnswer(actor=bureau.actor("mi"), **{**act, **values})) == {why}
    for who in ("fan", "xu"):
        person_posts(bureau, who, Role.SECRECY_REVIEWER)
    assert refusals(RecordAnswer(actor=bureau.actor("fan"), **act)) == {"four_eyes"}
    assert refusals(RecordAnswer(actor=bureau.actor("xu"), **act)) == {"one_step_each"}
    assert Referral.objects.get().awaited


def test_another_who_may_pass_the_step_records_and_passes(bureau, asked):
    item = asked()
    person_posts(bureau, "ou", Role.SECRECY_REVIEWER)
    RecordAnswer(actor=bureau.actor("ou"), item=item, **answer()).perform()
    PassStep(actor=bureau.actor("ou"), item=item).perform()
    assert Referral.objects.get().recorded_by.username == "ou"


def test_the_office_asks_the_competent_authority(bureau, at_secrecy):
    item = at_secrecy()
    PassStep(actor=bureau.actor("mi"), item=item).perform()
    ReferItem(actor=bureau.actor("ou"), item=item, to="authority", body="临禾市自然资源局", question="能否公开？").perform()
    assert refusals(PassStep(actor=bureau.actor("ou"), item=item)) == {"referred"}


def test_a_merged_last_step_is_not_signed_while_others_are_asked(bureau, draft):
    plan = small(("保密审查", ("secrecy",)), ("审签", ("office", "approval")))
    SetRoute(actor=bureau.actor("shi"), organ=bureau.water, plan=plan).perform()
    person_posts(bureau, "gu", Role.OGI_OFFICE)
    item = draft(**CLEAN)
    SubmitItem(actor=bureau.actor("fan"), item=item).perform()
    PassStep(actor=bureau.actor("mi"), item=item).perform()
    ReferItem(actor=bureau.actor("gu"), item=item, **ASKING).perform()
    assert refusals(ApproveItem(actor=bureau.actor("gu"), item=item)) == {"referred"}
    RecordAnswer(actor=bureau.actor("gu"), item=item, **answer(answer="closed")).perform()
    assert refusals(ApproveItem(actor=bureau.actor("gu"), item=item)) == {"answer"}
    ApproveItem(actor=bureau.actor("gu"), item=item, **WITHHOLD).perform()
    item.refresh_from_db()
    assert (item.stage, item.attribute) == (Stage.KEPT, "not_public")


def test_nothing_goes_out_while_others_are_asked_however_it_came_to_be_approved(bureau, asked):
    item = asked()
    Item.objects.filter(pk=item.pk).update(stage=Stage.APPROVED)
    item.refresh_from_db()
    assert refusals(PublishItem(actor=bureau.actor("ou"), item=item)) == {"referred"}


def test_an_emergency_that_secrecy_confirms_goes_out_and_ends_the_question(bureau, asked):
    item = asked()
    ConfirmEmergency(actor=bureau.actor("mi"), item=item, reason="停水范围不涉及取水口坐标").perform()
    EmergencyPublish(actor=bureau.actor("ou"), item=item, reason="供水管道爆裂，须立即告知停水范围").perform()
    item.refresh_from_db()
    assert item.is_public()
    ended = Referral.objects.get()
    assert (ended.awaited, ended.recorded_at, ended.round.state) == (False, None, RoundState.OVERTAKEN)


@pytest.mark.parametrize("verdict", ["closed", "partly"])
def test_a_no_allows_only_returning_or_another_attribute(bureau, answered, verdict):
    item = answered(verdict)
    assert refusals(PassStep(actor=bureau.actor("mi"), item=item)) == {"answer"}
    assert refusals(EmergencyPublish(actor=bureau.actor("ou"), item=item, reason="紧急")) == {"answer"}
    for who in ("mi", "ou"):
        PassStep(actor=bureau.actor(who), item=item, **WITHHOLD).perform()
    settled = {"actor": bureau.actor("gu"), "item": item}
    assert refusals(ApproveItem(**settled, attribute="proactive", comment="仍应公开")) == {"answer"}
    ApproveItem(**settled, **WITHHOLD).perform()
    item.refresh_from_db()
    assert item.stage == Stage.KEPT
    assert "answer" in refusals(ChangeAttribute(actor=bureau.actor("gu"), item=item, attribute="proactive", why="已过时"))
    Item.objects.filter(pk=item.pk).update(stage=Stage.APPROVED, attribute="proactive", withheld_under="")
    item.refresh_from_db()
    assert refusals(PublishItem(actor=bureau.actor("ou"), item=item)) == {"answer"}


def test_what_may_not_be_disclosed_is_not_given_on_request_either(bureau, answered):
    other = {"attribute": "on_request", "withheld_under": "specific_parties", "comment": "只涉及两家单位"}
    assert refusals(PassStep(actor=bureau.actor("mi"), item=answered("closed"), **other)) == {"answer"}
    PassStep(actor=bureau.actor("mi"), item=answered("partly"), **other).perform()


def test_returning_ends_the_question_and_the_next_round_is_free(bureau, asked):
    item = asked()
    ReturnToDrafter(actor=bureau.actor("mi"), item=item, comment="请删去坐标").perform()
    ended = Referral.objects.get()
    assert ended.ended_at is not None
    assert not ended.awaited
    item.refresh_from_db()
    SubmitItem(actor=bureau.actor("fan"), item=item).perform()
    for who in ("xu", "mi"):
        PassStep(actor=bureau.actor(who), item=item).perform()
    assert not queues.referred(bureau.actor("mi")).exists()


@pytest.mark.parametrize(("verdict", "bound"), [("closed", True), ("partly", False)])
def test_what_an_answer_binds_after_a_return(bureau, answered, verdict, bound):
    """A no binds until it is asked again; what may go in part comes again without the rest."""
    item = answered(verdict)
    ReturnToDrafter(actor=bureau.actor("mi"), item=item, comment="按答复修改").perform()
    item.refresh_from_db()
    SubmitItem(actor=bureau.actor("fan"), item=item).perform()
    first = PassStep(actor=bureau.actor("xu"), item=item)
    if not bound:
        first.perform()
        return
    assert refusals(first) == {"answer"}
    PassStep(actor=bureau.actor("xu"), item=item, **WITHHOLD).perform()
    ReferItem(actor=bureau.actor("mi"), item=item, **ASKING).perform()
    RecordAnswer(actor=bureau.actor("mi"), item=item, **answer()).perform()
    PassStep(actor=bureau.actor("mi"), item=item, comment="已重新确定可以公开").perform()


def test_the_database_keeps_one_question_and_whole_answers(asked):
    waiting = Referral.objects.get(round__item=asked())
    copy = {"round": waiting.round, "step": waiting.step, "by": waiting.by, **ASKING}
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.create(**copy)
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=waiting.pk).update(recorded_at=timezone.now(), answer="open")
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=waiting.pk).update(question="")


def test_the_pages_of_asking_and_answering(bureau, at_secrecy, sign_in):
    item, page = at_secrecy(), sign_in("mi")
    address = f"/staff/review/{item.number}"
    assert f"{address}/refer" in page.get(address).content.decode()
    assert page.get(f"{address}/answer").status_code == 403
    shown = page.post(f"{address}/refer", {"to": "secrecy", "body": "", "question": "", "seen": 2}).content.decode()
    assert "请填写报请机关的名称" in shown
    assert page.post(f"{address}/refer", {**ASKING, "seen": 2}).status_code == 302
    shown = page.get(address).content.decode()
    assert "同意，转下一环节" not in shown
    assert "退回起草人" in shown
    assert QUESTION in shown
    assert "公开期限照常计算" in shown
    assert page.get(f"{address}/refer").status_code == 403
    assert "答复登记前不能审核同意" in page.post(f"{address}/pass", {"o-comment": "x"}).content.decode()
    assert QUESTION in page.get(f"{address}/answer").content.decode()
    bad = page.post(f"{address}/answer", {"answer": "open", "on": "", "text": "可以。"})
    assert bad.status_code == 200
    assert page.post(f"{address}/answer", {**answer(answer="closed"), "on": str(timezone.localdate())}).status_code == 302
    shown = page.get(address).content.decode()
    assert "答复：不得公开" in shown
    assert "临保函〔2026〕5号" in shown
    assert "等待答复" not in shown


def test_tracker_worklist_and_first_page_say_so(bureau, asked, sign_in):
    item = asked()
    page = sign_in("mi")
    tracker = page.get(f"/staff/review/{item.number}").content.decode().split('<ol class="stages"')[1].split("</ol>")[0]
    assert "已报请确定" in tracker.split("保密审查")[1].split("</li>")[0]
    assert tracker.count("已报请确定") == 1
    for queue in ("mine", "under_way", "referred"):
        rows = page.get(f"/staff/review?queue={queue}").content.decode().split("<tbody>")[1]
        assert item.title in rows
        assert "已报请确定" in rows
    assert "保密审查（已报请确定）" in page.get("/staff/home").content.decode()
    RecordAnswer(actor=bureau.actor("mi"), item=item, **answer()).perform()
    assert "<tbody>" not in page.get("/staff/review?queue=referred").content.decode()
    assert "保密审查（已报请确定）" not in page.get("/staff/home").content.decode()


def test_the_clock_is_the_same_before_and_after(bureau, at_secrecy):
    item = at_secrecy()
    before = clock_of(item)
    ReferItem(actor=bureau.actor("mi"), item=item, **ASKING).perform()
    item.refresh_from_db()
    assert clock_of(item) == before


def test_an_ended_question_stays_in_the_history(bureau, asked, sign_in):
    item = asked()
    ReturnToDrafter(actor=bureau.actor("mi"), item=item, comment="请删去坐标").perform()
    shown = sign_in("fan").get(f"/staff/review/{item.number}").content.decode()
    assert "退回修改，报请终止" in shown
    assert "已报请确定" not in shown


def test_the_review_form_has_the_question_and_the_answer(bureau, asked):
    item = asked()
    assert "等待答复" in facts(item)["referrals"]
    RecordAnswer(actor=bureau.actor("mi"), item=item, **answer(answer="partly")).perform()
    for suffix, write in (("docx", to_docx), ("pdf", to_pdf)):
        words = words_of(write(FORMS["publication"], item.organ.name, facts(item)), suffix).replace(" ", "")
        for part in ("报请确定及答复", BODY, "临保函〔2026〕5号", "不涉及国家秘密"):
            assert part in words


def test_the_review_form_says_that_a_question_ended(bureau, asked):
    item = asked()
    ReturnToDrafter(actor=bureau.actor("mi"), item=item, comment="请删去坐标").perform()
    assert "退回修改，报请终止" in facts(item)["referrals"]
