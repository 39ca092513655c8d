"""Policies and their interpretations go out together, or whoever parts them says why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.web.audit.models import AuditEvent
from gongkai.web.catalogue.actions.link_interpretation import LinkInterpretation
from gongkai.web.catalogue.models import Form, Item, Stage
from gongkai.web.house.rule import Refused
from gongkai.web.review.actions.publish_item import PublishItem
from gongkai.web.review.actions.set_route import SetRoute
from gongkai.web.review.models import ReadingRule
from gongkai.web.review.routes import DEFAULT, Plan

from .conftest import CLEAN, reasons
from .test_verbs import needing, refusals


def a_reading(bureau, draft, policy, stage=Stage.APPROVED, **values):
    made = draft(**{**CLEAN, "title": "《通知》的政策解读", "kind": "interpretation", **values})
    LinkInterpretation(actor=bureau.actor("fan"), reading=made, policy=policy, form=Form.TEXT).perform()
    Item.objects.filter(pk=made.pk).update(stage=stage)
    made.refresh_from_db()
    return made


def test_policy_and_reading_go_out_together(bureau, draft, approved):
    item = needing(bureau, draft)
    assert refusals(PublishItem(actor=bureau.actor("ou"), item=item)) == {"check_no_reading"}
    SetRoute(actor=bureau.actor("shi"), organ=bureau.water, plan=Plan(DEFAULT.steps, reading_rule=ReadingRule.BLOCK)).perform()
    assert refusals(PublishItem(actor=bureau.actor("ou"), item=item, reasons=reasons(item))) == {"check_no_reading"}
    reading = a_reading(bureau, draft, item, Stage.DRAFT)
    assert refusals(PublishItem(actor=bureau.actor("ou"), item=item)) == {"check_no_reading"}
    Item.objects.filter(pk=reading.pk).update(stage=Stage.APPROVED)
    # Ready is not out: whoever leaves it behind is told.
    assert refusals(PublishItem(actor=bureau.actor("ou"), item=item)) == {"check_no_reading"}
    reading.refresh_from_db()
    later = timezone.now() + timedelta(days=3)
    Item.objects.filter(pk=reading.pk).update(embargo_until=later)
    PublishItem(actor=bureau.actor("ou"), item=item, readings=(reading,)).perform()
    item.refresh_from_db()
    reading.refresh_from_db()
    assert (item.stage, reading.stage) == (Stage.PUBLISHED, Stage.PUBLISHED)
    assert item.published_at == reading.published_at == later
    assert {event.subject_id for event in AuditEvent.objects.filter(verb="review.publish", outcome="done")} >= {str(item.pk), str(reading.pk)}


def test_neither_goes_out_when_one_may_not(bureau, draft, approved):
    item = needing(bureau, draft)
    reading = a_reading(bureau, draft, item, body="<p>联系人身份证号11010519491231002X。</p>")
    with pytest.raises(Refused) as refused:
        PublishItem(actor=bureau.actor("ou"), item=item, readings=(reading,)).perform()
    assert [one.rule for one in refused.value.refusals] == ["check_id_card"]
    assert "解读《〈通知〉的政策解读》" in refused.value.refusals[0].message
    assert {one.stage for one in Item.objects.filter(pk__in=(item.pk, reading.pk))} == {Stage.APPROVED}
    stranger = draft(**{**CLEAN, "title": "另一篇解读", "kind": "interpretation"})
    assert refusals(PublishItem(actor=bureau.actor("ou"), item=item, readings=(stranger,))) >= {"reading"}


def test_a_reading_does_not_go_out_before_its_policy_unnoticed(bureau, draft, approved):
    item = needing(bureau, draft)
    reading = a_reading(bureau, draft, item)
    assert refusals(PublishItem(actor=bureau.actor("ou"), item=reading)) == {"check_policy_first"}
    Item.objects.filter(pk=item.pk).update(stage=Stage.PUBLISHED, published_at=timezone.now())
    PublishItem(actor=bureau.actor("ou"), item=reading).perform()


def test_the_publish_page_offers_the_readings_that_are_ready(bureau, draft, sign_in):
    item = needing(bureau, draft)
    reading = a_reading(bureau, draft, item)
    office = sign_in("ou")
    page = office.get(f"/staff/review/{item.number}/publish").content.decode()
    assert reading.title in page
    assert "政策解读未就绪" not in page
    assert "还没有关联解读" not in page
    office.post(f"/staff/review/{item.number}/publish", {"readings": [reading.pk]})
    assert {one.stage for one in Item.objects.filter(pk__in=(item.pk, reading.pk))} == {Stage.PUBLISHED}
    assert office.get(f"/info/{reading.number}").status_code == 200
