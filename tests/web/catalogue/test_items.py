"""Drafting: what verbs do and what they refuse."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.web.audit.models import AuditEvent
from gongkai.web.catalogue.actions.create_item import CreateItem
from gongkai.web.catalogue.actions.discard_draft import DiscardDraft
from gongkai.web.catalogue.actions.reclassify_item import ReclassifyItem
from gongkai.web.catalogue.actions.revise_item import ReviseItem
from gongkai.web.catalogue.models import Attribute, Item, Stage, Validity
from gongkai.web.catalogue.models.item import in_force
from gongkai.web.catalogue.versions import changed_fields
from gongkai.web.house.rule import Refused

LATER = timezone.now() + timedelta(days=40)


def refusal(action) -> set[str]:
    with pytest.raises(Refused) as caught:
        action.perform()
    return {one.rule if one.rule != "invalid" else f"invalid:{one.field}" for one in caught.value.refusals}


def test_a_draft_has_numbers_a_version_and_an_event(town, draft):
    item = draft(document_number="临水规[2026]3号", keywords="节水、 用水,节水", body="<p onclick=x>甲</p>")
    assert item.stage == Stage.DRAFT
    assert item.index_number.startswith("LH-SHUIWU/")
    assert (item.number_issuer, item.number_year, item.number_serial) == ("临水规", 2026, 3)
    assert item.document_number == "临水规[2026]3号"
    assert item.keyword_list == ["节水", "用水"]
    assert item.body == "<p>甲</p>"
    assert item.validity == Validity.IN_FORCE
    assert item.versions.get().version == 1
    event = AuditEvent.objects.first()
    assert (event.verb, event.subject_id, event.organ_id) == ("catalogue.create", str(item.pk), town.water.pk)


def test_a_notice_has_no_validity(draft):
    assert draft(kind="notice").validity == Validity.NONE


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"title": ""}, "invalid:title"),
        ({"title": "长" * 301}, "invalid:title"),
        ({"kind": "none"}, "invalid:kind"),
        ({"theme": "none"}, "invalid:theme"),
        ({"written_on": date(2999, 1, 1)}, "future"),
        ({"formed_on": date(2999, 1, 1)}, "future"),
        ({"effective_on": date(2026, 2, 1), "expires_on": date(2026, 1, 1)}, "expires"),
        ({"embargo_until": timezone.now() - timedelta(days=1)}, "embargo"),
        ({"attribute": "on_request"}, "withheld_under"),
        ({"attribute": "not_public"}, "withheld_under"),
        ({"attribute": "not_public", "withheld_under": "specific_parties"}, "withheld_under"),
        ({"withheld_under": "third_party"}, "withheld_under"),
        ({"attribute": "not_public", "withheld_under": "state_secret", "body": "<p>甲</p>"}, "secret"),
    ],
)
def test_create_refuses_bad_values(town, values, rule):
    values = {"title": "甲", "kind": "policy", **values}
    assert rule in refusal(CreateItem(actor=town.actor("fan"), organ=town.water, values=values))
    assert not Item.objects.exists()


def test_create_refuses_the_wrong_people_and_places(town, more_people):
    values = {"title": "甲", "kind": "policy"}
    assert refusal(CreateItem(actor=town.actor("gu"), organ=town.water, values=values)) == {"has_role"}
    assert refusal(CreateItem(actor=town.actor("fan"), organ=town.county_bureau, values=values)) == {"has_role"}
    assert refusal(CreateItem(actor=town.actor("fan"), organ=town.section, values=values)) == {"organ"}
    assert refusal(CreateItem(actor=town.actor("ke"), organ=town.water, values=values)) == {"has_role"}
    item = CreateItem(actor=town.actor("ke"), organ=town.water, unit=town.section, values=values).perform()
    assert item.unit == town.section
    odd = CreateItem(actor=town.actor("fan"), organ=town.water, unit=town.county_bureau, values=values)
    assert refusal(odd) == {"has_role"}


def test_an_index_number_is_used_once(town, draft):
    first = draft()
    again = CreateItem(
        actor=town.actor("fan"), organ=town.water, values={"title": "乙", "kind": "other"}, index_number=first.index_number
    )
    assert refusal(again) == {"invalid:index_number"}


def revise(town, item, by="fan", **values):
    now = {"title": item.title, "kind": item.kind}
    return ReviseItem(actor=town.actor(by), item=item, values=now | values)


def test_revising_keeps_versions(town, draft):
    item = draft()
    revise(town, item, title="新标题", theme="agriculture").perform()
    revise(town, item, title="新标题", theme="agriculture").perform()
    versions = list(item.versions.all())
    assert [one.version for one in versions] == [2, 1]
    assert changed_fields(versions[0], versions[1]) == ["标题", "主题分类"]
    assert versions[1].content["title"] == "临禾市节约用水办法"


def test_two_editors_do_not_overwrite_each_other(town, draft):
    item = draft()
    revise(town, item, title="先存的").perform()
    late = revise(town, item, title="后存的")
    late.seen = 1
    assert refusal(late) == {"meanwhile"}
    item.refresh_from_db()
    assert item.title == "先存的"


@pytest.mark.parametrize("stage", [Stage.SUBMITTED, Stage.APPROVED, Stage.PUBLISHED, Stage.KEPT, Stage.WITHDRAWN])
def test_only_drafts_are_revised_or_discarded(town, at, stage):
    item = at(stage)
    assert refusal(revise(town, item, title="改")) == {"stage"}
    assert refusal(DiscardDraft(actor=town.actor("fan"), item=item)) == {"stage"}


def test_a_returned_item_is_revised_not_discarded(town, at):
    item = at(Stage.RETURNED)
    revise(town, item, title="改过").perform()
    assert refusal(DiscardDraft(actor=town.actor("fan"), item=item)) == {"stage"}
    Item.objects.filter(pk=item.pk).update(stage=Stage.DRAFT)
    assert refusal(DiscardDraft(actor=town.actor("fan"), item=item)) == {"submitted"}


def test_others_neither_revise_nor_discard(town, draft):
    item = draft()
    assert refusal(revise(town, item, by="gu")) == {"has_role"}
    assert refusal(DiscardDraft(actor=town.actor("gu"), item=item)) == {"has_role"}
    DiscardDraft(actor=town.actor("fan"), item=item).perform()
    assert not Item.objects.filter(pk=item.pk).exists()


def test_reclassifying_changes_headings_only(town, at):
    item = at(Stage.PUBLISHED)
    ReclassifyItem(actor=town.actor("ou"), item=item, values={"theme": "finance", "keywords": "甲 乙"}).perform()
    item.refresh_from_db()
    assert (item.theme, item.keywords) == ("finance", "甲，乙")
    assert refusal(ReclassifyItem(actor=town.actor("ou"), item=item, values={"title": "改"})) == {"headings"}
    assert refusal(ReclassifyItem(actor=town.actor("ou"), item=item, values={"theme": "x"})) == {"invalid:theme"}


def test_reclassifying_is_the_office_s_and_for_finished_items(town, at):
    item = at(Stage.PUBLISHED)
    assert refusal(ReclassifyItem(actor=town.actor("fan"), item=item, values={"theme": "finance"})) == {"has_role"}
    other = at(Stage.DRAFT, title="另一件")
    assert refusal(ReclassifyItem(actor=town.actor("ou"), item=other, values={"theme": "finance"})) == {"stage"}


@pytest.mark.parametrize(
    "facts",
    [
        {"stage": Stage.PUBLISHED},
        {"stage": Stage.PUBLISHED, "published_at": timezone.now(), "attribute": Attribute.ON_REQUEST},
        {"stage": Stage.PUBLISHED, "published_at": timezone.now(), "embargo_until": LATER},
        {"stage": Stage.WITHDRAWN},
        {"emergency": True},
    ],
)
def test_the_database_refuses_states_that_cannot_be(draft, facts):
    item = draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.filter(pk=item.pk).update(**facts)


def test_a_term_that_has_run_out_ends_a_document_by_itself(at):
    item = at(Stage.PUBLISHED, effective_on=date(2020, 1, 1), expires_on=date(2025, 1, 1))
    assert item.validity == Validity.IN_FORCE
    assert item.validity_on(date(2025, 1, 1)) == Validity.IN_FORCE
    assert item.validity_on(date(2025, 1, 2)) == Validity.EXPIRED
    assert Item.objects.filter(in_force(date(2025, 1, 1)), pk=item.pk).exists()
    assert not Item.objects.filter(in_force(date(2025, 1, 2)), pk=item.pk).exists()
