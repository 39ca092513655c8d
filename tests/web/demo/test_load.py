"""The whole city in small: what `load_demo` puts into an empty platform."""

from __future__ import annotations

import io
from collections import Counter

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from gongkai.web.accounts.models import User
from gongkai.web.audit.models import AuditEvent
from gongkai.web.catalogue.document_number import faults
from gongkai.web.catalogue.models import (
    Attachment,
    CatalogueEntry,
    Interpretation,
    Item,
    Stage,
    StandingPage,
    TextState,
    Validity,
)
from gongkai.web.catalogue.published import published_items
from gongkai.web.catalogue.standard.coverage import State, coverage, totals
from gongkai.web.demo import loading
from gongkai.web.demo.people import PEOPLE
from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import visible
from gongkai.web.organs.models import Organ, Post, Role
from gongkai.web.reporting.models import AnnualReport
from gongkai.web.review.joint import opinions
from gongkai.web.review.models import AttributeChange, EmergencyReview, Referral, RoundStep
from gongkai.web.review.rounds import open_round
from gongkai.web.review.views.worklist import QUEUES

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def load(monkeypatch, **options):
    monkeypatch.setattr("gongkai.web.demo.management.commands.load_demo.get_commands", dict)
    out = io.StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def demo(monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "ENV", _environment(tmp_path))


def _environment(folder):
    from dataclasses import replace

    return replace(settings.ENV, demo=True, data=folder)


def test_a_city_that_is_whole(demo, monkeypatch):
    said = load(monkeypatch, items=300)
    # Two emergencies and two documents that were kept went out besides.
    assert published_items().count() == 300 + 4
    assert set(Item.objects.values_list("stage", flat=True)) == set(Stage.values)
    assert set(RoundStep.objects.filter(state="here").values_list("position", flat=True)) == {1, 2, 3, 4}
    assert [
        fault for item in Item.objects.exclude(document_number="") for fault in faults(item.document_number)
    ] == []
    assert not [item.title for item in Item.objects.all() if "{" in item.title + item.body + item.summary]
    ended = Item.objects.filter(validity__in=(Validity.AMENDED, Validity.REPEALED))
    assert ended
    assert all(item.validity_by.document_number in item.validity_basis for item in ended)
    assert set(Interpretation.objects.values_list("form", flat=True)) == {
        "text",
        "picture",
        "video",
        "press_conference",
        "expert",
    }
    for attachment in Attachment.objects.select_related("file")[:20]:
        assert default_storage.exists(attachment.file.path)
        assert attachment.file.text_state == TextState.DONE
        # words as they stand in the file, not a value printed by Python: the search shows them
        assert attachment.file.text
        assert "\\n" not in attachment.file.text
    publishing = Organ.objects.filter(kind="organ", listed=True)
    assert StandingPage.objects.filter(kind="guide", published=True).count() == publishing.count()
    assert not [organ.slug for organ in publishing.select_related("office") if organ.office.missing()]
    counts = totals(coverage(CatalogueEntry.objects.filter(organ__slug="dongling")))
    assert counts[State.EMPTY]
    assert AnnualReport.objects.filter(status="published", errors=0).count() > 100
    assert AnnualReport.objects.filter(errors__gt=0).count() > 5
    _cases()
    _queues()
    assert AuditEvent.objects.filter(verb=loading.VERB).count() == 1
    assert set(Post.objects.values_list("role", flat=True)) == set(Role.values)
    password = (settings.ENV.data / "demo-password.txt").read_text().strip()
    assert password in said
    assert all(
        user.check_password(password)
        for user in User.objects.filter(username__in=[PEOPLE[0][0], PEOPLE[-1][0]])
    )

    before = (Item.objects.count(), AnnualReport.objects.count(), AuditEvent.objects.count())
    assert "演示内容已在" in load(monkeypatch)
    assert (Item.objects.count(), AnnualReport.objects.count(), AuditEvent.objects.count()) == before


def _cases():
    """Art. 20's second item, questions to others, joint documents, emergencies, changed attributes."""
    profiles = published_items().filter(art20="organ_profile")
    assert profiles.count() == profiles.values("organ").distinct().count() == 75
    assert {(one.answer, one.awaited, one.round.item.stage) for one in Referral.objects.select_related("round__item")} == {
        ("", True, "submitted"), ("open", False, "submitted"), ("partly", False, "returned"),
    }  # fmt: skip
    joint = Item.objects.exclude(joint_organs=None).distinct()
    held = {frozenset(given.stand if given else "" for _, given in opinions(item, open_round(item))) for item in joint}
    assert held == {frozenset(("agrees", "differs")), frozenset(("agrees", ""))}
    assert sorted(EmergencyReview.objects.values_list("kept", "item__stage"), key=str) == [(None, "published"), (True, "published")]
    changes = Counter(AttributeChange.objects.values_list("old", "new", "item__stage"))
    assert changes == {
        ("on_request", "proactive", "published"): 1, ("on_request", "proactive", "approved"): 1, ("not_public", "on_request", "kept"): 1,
        ("not_public", "not_public", "kept"): 1, ("not_public", "proactive", "published"): 1, ("on_request", "not_public", "kept"): 1,
    }  # fmt: skip


# Whose queues hold something, as docs/demo.md tells.
QUEUED = {
    "zhuguan": {"emergency"}, "qicao": {"under_way", "referred", "returned"}, "shenhe": {"mine"},
    "baomi": {"mine", "referred", "emergency"}, "gongkai": {"mine", "publish", "reassess", "emergency"},
    "shenqian": {"mine", "reassess", "emergency"}, "dongling-qicao": {"under_way", "returned"}, "dongling-shenhe": {"mine"},
    "dongling-baomi": {"mine"}, "dongling-gongkai": {"mine", "publish", "reassess"}, "dongling-shenqian": {"mine", "reassess"},
    "wjw-gongkai": {"reassess"},
}  # fmt: skip


def _queues():
    for name, queues in QUEUED.items():
        actor = Actor(User.objects.get(username=name))
        assert queues <= {key for key, (_, rows, _) in QUEUES.items() if rows(actor).exists()}, name
    for name in ("qicao", "dongling-qicao", "wjw-qicao"):
        assert visible(Item, Actor(User.objects.get(username=name))).filter(stage=Stage.DRAFT).count() >= 5
    answers = Actor(User.objects.get(username="chengban"))
    assert visible(Item, answers).filter(stage=Stage.KEPT).exists()


def test_only_for_demonstrations(monkeypatch):
    with pytest.raises(CommandError, match="演示环境"):
        load(monkeypatch)


def test_never_into_a_platform_in_use(demo, monkeypatch, town):
    with pytest.raises(CommandError, match="已有其他机关"):
        load(monkeypatch)
