"""Joint documents: the lead organ decides, after the others gave their opinion."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.web.catalogue.models import Stage
from gongkai.web.house.actor import Actor
from gongkai.web.organs.models import Role
from gongkai.web.review.actions.approve_item import ApproveItem
from gongkai.web.review.actions.pass_step import PassStep
from gongkai.web.review.actions.record_opinion import RecordOpinion
from gongkai.web.review.actions.return_item import ReturnToDrafter
from gongkai.web.review.actions.submit_item import SubmitItem
from gongkai.web.review.models import JointOpinion
from gongkai.web.review.printing.facts import facts

from .test_verbs import person_posts, refusals


@pytest.fixture
def joint(bureau, reviewed):
    """At the approver, issued together with the county's bureau and the city's hidden office."""
    item = reviewed()
    item.joint_organs.set([bureau.county_bureau, bureau.hidden])
    return item


def opinion(organ, **values):
    return {"organ": organ, "stand": "agrees", "on": timezone.localdate(), **values}


def record(bureau, item, organ, who="gu", **values):
    return RecordOpinion(actor=bureau.actor(who), item=item, **opinion(organ, **values)).perform()


def test_the_signature_waits_for_every_opinion_and_says_whose(bureau, joint):
    def missing():
        found = ApproveItem(actor=bureau.actor("gu"), item=joint).check()
        assert [one.rule for one in found] == ["joint"]
        return found[0].message

    assert bureau.county_bureau.name in missing()
    record(bureau, joint, bureau.county_bureau)
    assert bureau.hidden.name in missing()
    assert bureau.county_bureau.name not in missing()
    record(bureau, joint, bureau.hidden)
    ApproveItem(actor=bureau.actor("gu"), item=joint).perform()
    joint.refresh_from_db()
    assert joint.stage == Stage.APPROVED


def test_a_differing_opinion_is_settled_in_words(bureau, joint):
    record(bureau, joint, bureau.county_bureau)
    record(bureau, joint, bureau.hidden, stand="differs", text="附件不宜公开")
    assert refusals(ApproveItem(actor=bureau.actor("gu"), item=joint)) == {"no_comment"}
    record(bureau, joint, bureau.hidden)
    ApproveItem(actor=bureau.actor("gu"), item=joint).perform()
    assert JointOpinion.objects.filter(organ=bureau.hidden).count() == 2


def test_the_lead_organ_decides(bureau, joint):
    for organ in (bureau.county_bureau, bureau.hidden):
        record(bureau, joint, organ, stand="differs", text="不宜公开")
    ApproveItem(actor=bureau.actor("gu"), item=joint, comment="属于应当主动公开的内容").perform()
    joint.refresh_from_db()
    assert (joint.stage, joint.attribute) == (Stage.APPROVED, "proactive")


def test_any_step_may_record_before(bureau, submitted):
    item = submitted()
    item.joint_organs.add(bureau.county_bureau)
    record(bureau, item, bureau.county_bureau, "xu")
    for who in ("xu", "mi", "ou"):
        PassStep(actor=bureau.actor(who), item=item).perform()
    ApproveItem(actor=bureau.actor("gu"), item=item).perform()


def test_recording_is_refused(bureau, joint, submitted):
    act = {"item": joint, **opinion(bureau.hidden)}
    assert refusals(RecordOpinion(actor=bureau.actor("ou"), **act)) == {"has_role", "one_step_each"}
    assert refusals(RecordOpinion(actor=Actor.operator(), **act)) == {"takes_step", "four_eyes"}
    assert "takes_step" in refusals(RecordOpinion(actor=bureau.actor("gu"), **act, seen=1))
    assert refusals(RecordOpinion(actor=bureau.actor("xu"), **{**act, "item": submitted()})) == {"is_joint"}
    for values, why in (
        ({"organ": None}, "organ"), ({"organ": bureau.county}, "organ"), ({"stand": "perhaps"}, "stand"), ({"stand": "differs"}, "no_text"),
        ({"text": "字" * 1001}, "long"), ({"on": None}, "no_day"), ({"on": timezone.localdate() + timedelta(days=1)}, "future"),
    ):  # fmt: skip
        assert refusals(RecordOpinion(actor=bureau.actor("gu"), **{**act, **values})) == {why}
    person_posts(bureau, "fan", Role.APPROVER)
    assert refusals(RecordOpinion(actor=bureau.actor("fan"), **act)) == {"four_eyes"}
    assert not JointOpinion.objects.exists()


def test_a_new_round_asks_again(bureau, joint):
    for organ in (bureau.county_bureau, bureau.hidden):
        record(bureau, joint, organ)
    ReturnToDrafter(actor=bureau.actor("gu"), item=joint, comment="改标题").perform()
    joint.refresh_from_db()
    SubmitItem(actor=bureau.actor("fan"), item=joint).perform()
    for who in ("xu", "mi", "ou"):
        PassStep(actor=bureau.actor(who), item=joint).perform()
    assert refusals(ApproveItem(actor=bureau.actor("gu"), item=joint)) == {"joint"}


def test_the_database_keeps_no_difference_without_words(bureau, joint):
    kept = record(bureau, joint, bureau.hidden)
    with pytest.raises(IntegrityError), transaction.atomic():
        JointOpinion.objects.filter(pk=kept.pk).update(stand="differs")


def test_the_pages(bureau, joint, submitted, sign_in):
    page, address = sign_in("gu"), f"/staff/review/{joint.number}"
    shown = page.get(address).content.decode()
    assert f"{address}/joint" in shown
    assert shown.count("意见未登记") == 2
    assert bureau.hidden.name in page.post(f"{address}/approve", {"o-comment": ""}).content.decode().split("联合发文机关的意见还没有登记：")[1][:60]
    values = {"organ": bureau.hidden.pk, "stand": "differs", "on": str(timezone.localdate()), "text": "附件不宜公开", "seen": 4}
    assert "请填写意见内容" in page.post(f"{address}/joint", {**values, "text": ""}).content.decode()
    assert page.post(f"{address}/joint", values).status_code == 302
    shown = page.get(address).content.decode()
    assert shown.count("意见未登记") == 1
    assert shown.count("附件不宜公开") == 2
    alone = f"/staff/review/{submitted().number}"
    assert sign_in("xu").get(f"{alone}/joint").status_code == 403
    assert "联合发文" not in sign_in("xu").get(alone).content.decode()


def test_the_review_form_has_them(bureau, joint):
    record(bureau, joint, bureau.hidden, stand="differs", text="附件不宜公开")
    remarks = facts(joint)["remarks"]
    assert f"联合发文机关{bureau.hidden.name}意见：有不同意见。附件不宜公开" in remarks
    assert f"联合发文机关{bureau.county_bureau.name}意见：" in remarks
