"""Out first: what takes two people, and what comes of a review that nobody makes in time."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta

import pytest
from django.apps import apps
from django.db.models.signals import post_migrate
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from gongkai.web.audit.models import AuditEvent
from gongkai.web.catalogue.actions.revise_item import ReviseItem
from gongkai.web.catalogue.models import Item, ItemVersion, Stage
from gongkai.web.house.actor import Actor, Via
from gongkai.web.house.home import _makers
from gongkai.web.organs.models import Organ, Role
from gongkai.web.review import escalating, queues
from gongkai.web.review.actions.change_attribute import ChangeAttribute
from gongkai.web.review.actions.confirm_emergency import ConfirmEmergency
from gongkai.web.review.actions.emergency_publish import EmergencyPublish
from gongkai.web.review.actions.escalate_emergency import EscalateEmergency
from gongkai.web.review.actions.pass_step import PassStep
from gongkai.web.review.actions.record_answer import RecordAnswer
from gongkai.web.review.actions.refer_item import ReferItem
from gongkai.web.review.actions.return_item import ReturnToDrafter
from gongkai.web.review.actions.review_emergency import ReviewEmergency
from gongkai.web.review.actions.set_route import SetRoute
from gongkai.web.review.actions.submit_item import SubmitItem
from gongkai.web.review.models import EmergencyConsent, EmergencyReview, OverdueRule
from gongkai.web.review.routes import DEFAULT, Plan, plan_for
from tests.web.support.town import person

from .conftest import CLEAN, WITHHELD, reasons
from .test_referrals import ASKING, answer
from .test_verbs import person_posts, refusals

REASON = "供水管道爆裂，须立即告知停水范围"


def publish(town, item, who="ou"):
    item.refresh_from_db()
    return EmergencyPublish(actor=town.actor(who), item=item, reason=REASON)


def confirm(town, item, who="mi", reason="取水口坐标已删去，停水须立即告知"):
    item.refresh_from_db()
    return ConfirmEmergency(actor=town.actor(who), item=item, reason=reason)


# Each leaves something standing against letting it out; `by` is who could undo it alone before.
def returned_by_secrecy(town, item):
    ReturnToDrafter(actor=town.actor("mi"), item=item, comment="取水口坐标不得公开").perform()


def asked_and_waiting(town, item):
    ReferItem(actor=town.actor("mi"), item=item, **ASKING).perform()


def asked_by_the_office(town, item):
    PassStep(actor=town.actor("mi"), item=item).perform()
    ReferItem(actor=town.actor("ou"), item=item, **ASKING).perform()


def asked_and_taken_back(town, item):
    """A return ends the question; it answers nothing."""
    asked_by_the_office(town, item)
    ReturnToDrafter(actor=town.actor("ou"), item=item, comment="改").perform()


def partly_and_taken_back(town, item):
    asked_by_the_office(town, item)
    RecordAnswer(actor=town.actor("ou"), item=item, **answer(answer="partly")).perform()
    ReturnToDrafter(actor=town.actor("ou"), item=item, comment="改").perform()


def held_by_secrecy(town, item):
    PassStep(
        actor=town.actor("mi"), item=item, attribute="on_request", withheld_under="specific_parties", comment="只涉及两家单位"
    ).perform()


AGAINST = (returned_by_secrecy, asked_and_waiting, asked_by_the_office, asked_and_taken_back, partly_and_taken_back, held_by_secrecy)


def test_one_person_overrides_neither_secrecy_nor_a_question(bureau, submitted):
    for against in AGAINST:
        item = submitted()
        PassStep(actor=bureau.actor("xu"), item=item).perform()
        against(bureau, item)
        item.refresh_from_db()
        assert {one.rule for one in publish(bureau, item).check()} == {"unconfirmed"}, against
        confirm(bureau, item).perform()
        publish(bureau, item).perform()
        review = EmergencyReview.objects.get(item=item)
        assert (review.published_by.username, review.confirmed_by.username) == ("ou", "mi"), against
    events = AuditEvent.objects.filter(verb="review.confirm_emergency", outcome="done")
    assert [json.loads(one.details)["basis"] for one in events] == [confirm(bureau, item).reason] * len(AGAINST)


def test_the_refusal_names_what_stands_against_it_and_who_may_confirm(bureau, submitted):
    item = submitted()
    PassStep(actor=bureau.actor("xu"), item=item).perform()
    returned_by_secrecy(bureau, item)
    told = publish(bureau, item).check()[0].message
    assert "宓密在保密审查中退回：取水口坐标不得公开" in told
    assert told.endswith("请转宓密办理。")


def test_a_consent_is_of_another_person_to_these_words(bureau, submitted):
    item = submitted()
    PassStep(actor=bureau.actor("xu"), item=item).perform()
    returned_by_secrecy(bureau, item)
    person_posts(bureau, "ou", Role.SECRECY_REVIEWER)
    confirm(bureau, item, "ou").perform()
    assert refusals(publish(bureau, item)) == {"unconfirmed"}
    assert refusals(confirm(bureau, item)) == {"twice"}
    publish(bureau, item, "gu").perform()

    item = submitted()
    PassStep(actor=bureau.actor("xu"), item=item).perform()
    returned_by_secrecy(bureau, item)
    confirm(bureau, item).perform()
    item.refresh_from_db()
    ReviseItem(actor=bureau.actor("fan"), item=item, values={"body": "<p>另一段文字。</p>"}).perform()
    assert refusals(publish(bureau, item)) == {"unconfirmed"}  # another text
    confirm(bureau, item).perform()
    SubmitItem(actor=bureau.actor("fan"), item=item).perform()
    PassStep(actor=bureau.actor("xu"), item=item).perform()
    returned_by_secrecy(bureau, item)
    assert refusals(publish(bureau, item)) == {"unconfirmed"}  # secrecy returned it again
    SubmitItem(actor=bureau.actor("fan"), item=item).perform()
    PassStep(actor=bureau.actor("xu"), item=item).perform()
    PassStep(actor=bureau.actor("mi"), item=item).perform()
    publish(bureau, item).perform()  # secrecy has passed it since
    assert EmergencyReview.objects.get(item=item).confirmed_by is None


def test_confirming_is_refused(bureau, submitted, published, draft):
    item = submitted()
    assert "objected" in refusals(confirm(bureau, item))
    PassStep(actor=bureau.actor("xu"), item=item).perform()
    returned_by_secrecy(bureau, item)
    assert refusals(confirm(bureau, item, reason=" ")) == {"no_reason"}
    assert refusals(confirm(bureau, item, reason="字" * 301)) == {"long"}
    assert refusals(confirm(bureau, item, "gu")) == {"has_role"}
    assert "signed_in" in refusals(ConfirmEmergency(actor=Actor.operator(), item=item, reason="x"))
    assert refusals(ConfirmEmergency(actor=Actor(bureau.people["mi"]), item=item, reason="x")) == {"fresh"}
    assert "stage" in refusals(confirm(bureau, published()))
    person_posts(bureau, "fan", Role.SECRECY_REVIEWER)
    assert refusals(confirm(bureau, item, "fan")) == {"four_eyes"}
    ReviseItem(actor=bureau.actor("fan"), item=item, values=WITHHELD).perform()
    assert refusals(confirm(bureau, item)) == {"attribute"}
    Organ.objects.filter(pk=bureau.water.pk).update(closed_on=timezone.localdate())
    assert "open" in refusals(confirm(bureau, item))


def test_a_consent_does_not_open_what_an_answer_closed(bureau, submitted):
    item = submitted()
    PassStep(actor=bureau.actor("xu"), item=item).perform()
    asked_and_waiting(bureau, item)
    RecordAnswer(actor=bureau.actor("mi"), item=item, **answer(answer="closed")).perform()
    ReturnToDrafter(actor=bureau.actor("mi"), item=item, comment="不得公开").perform()
    assert refusals(confirm(bureau, item)) == {"answer"}
    assert refusals(publish(bureau, item)) == {"answer"}


def test_who_confirmed_does_not_review_it_afterwards(bureau, submitted):
    item = submitted()
    PassStep(actor=bureau.actor("xu"), item=item).perform()
    returned_by_secrecy(bureau, item)
    confirm(bureau, item).perform()
    publish(bureau, item).perform()
    assert refusals(ReviewEmergency(actor=bureau.actor("mi"), item=item, keep=True, comment="x")) == {"four_eyes"}
    ReviewEmergency(actor=bureau.actor("gu"), item=item, keep=True, comment="属实").perform()


def test_what_nobody_wrote_or_handed_in_one_person_does_not_let_out(bureau, draft):
    item = draft(**CLEAN)
    Item.objects.filter(pk=item.pk).update(created_by=None)
    ItemVersion.objects.filter(item=item).update(by=None)
    assert refusals(publish(bureau, item)) == {"nobodys"}


def test_the_page_of_confirming(bureau, submitted, sign_in):
    item = submitted()
    PassStep(actor=bureau.actor("xu"), item=item).perform()
    returned_by_secrecy(bureau, item)
    page, link = f"/staff/review/{item.number}", f"/staff/review/{item.number}/emergency-confirm"
    ou, mi = sign_in("ou"), sign_in("mi")
    shown = ou.get(page).content.decode()
    assert "须另一名任“保密审查”的人员确认" in shown
    assert link not in shown
    assert ou.get(link).status_code == 403
    assert "取水口坐标不得公开" in ou.get(f"{page}/emergency").content.decode()
    assert link in mi.get(page).content.decode()
    assert "取水口坐标不得公开" in mi.get(link).content.decode()
    assert "请写明确认的理由" in mi.post(link, {"reason": ""}).content.decode()
    assert mi.post(link, {"reason": "坐标已删去"}).status_code == 302
    assert EmergencyConsent.objects.get().by.username == "mi"
    assert link not in mi.get(page).content.decode()
    assert "宓密已确认：坐标已删去" in ou.get(page).content.decode()


@pytest.fixture
def late(bureau, draft):
    """Out, and its term over since yesterday."""

    def make(**values):
        item = draft(**{**CLEAN, **values})
        publish(bureau, item).perform()
        EmergencyReview.objects.filter(item=item).update(due_on=timezone.localdate() - timedelta(days=1))
        item.refresh_from_db()
        return item

    return make


def worker(item):
    return EscalateEmergency(actor=Actor.operator(Via.WORKER), item=item)


def test_an_overdue_review_goes_to_the_organ_above_once(bureau, late, draft, sign_in):
    bureau.people["su"] = person("su", "苏督", bureau.city, Role.SUPERVISOR)
    item, in_time = late(), draft(**CLEAN)
    publish(bureau, in_time).perform()
    escalating.escalate_overdue.func()
    escalating.escalate_overdue.func()
    event = AuditEvent.objects.get(verb="review.escalate_emergency")
    told = json.loads(event.details)
    assert (event.subject_id, told["escalated_to"], told["withdrawn"]) == (str(item.pk), "临禾市苏督", False)
    item.refresh_from_db()
    assert item.is_public()
    assert [one.item for one in queues.escalated(bureau.actor("su"))] == [item]
    assert not queues.escalated(bureau.actor("gu")).exists()  # he has it among his own
    su = sign_in("su")
    assert f'href="/staff/items/{item.number}"' in su.get("/staff/review?queue=escalated").content.decode()
    assert su.get(f"/staff/items/{item.number}").status_code == 200
    assert "下级逾期未审查" not in sign_in("gu").get("/staff/review").content.decode()
    assert "下级应急发布逾期未审查" in {pile.title for make in _makers for pile in make(bureau.actor("su"))}
    ReviewEmergency(actor=bureau.actor("gu"), item=item, keep=True, comment="补审，属实").perform()
    assert not queues.escalated(bureau.actor("su")).exists()


def test_escalating_is_refused(bureau, late, draft):
    item, in_time = late(), draft(**CLEAN)
    publish(bureau, in_time).perform()
    assert refusals(EscalateEmergency(actor=bureau.actor("gu"), item=item)) == {"by_worker"}
    assert refusals(worker(in_time)) == {"early"}
    assert refusals(worker(draft(**CLEAN))) == {"nothing"}
    worker(item).perform()
    assert refusals(worker(item)) == {"twice"}


def test_where_the_organ_wants_it_what_nobody_reviewed_comes_down(bureau, late):
    SetRoute(actor=bureau.actor("shi"), organ=bureau.city, plan=Plan(DEFAULT.steps, overdue_rule=OverdueRule.WITHDRAW)).perform()
    assert plan_for(bureau.water).overdue_rule == OverdueRule.WITHDRAW
    item = late()
    worker(item).perform()
    item.refresh_from_db()
    assert (item.stage, item.is_public()) == (Stage.WITHDRAWN, False)
    assert "逾期未经事后审查" in item.withdrawn_reason
    # The review stays due; what is down is not kept public by it.
    assert refusals(ReviewEmergency(actor=bureau.actor("gu"), item=item, keep=True, comment="x")) == {"down"}
    ReviewEmergency(actor=bureau.actor("gu"), item=item, keep=False, comment="未及时审查").perform()
    item.refresh_from_db()
    assert "逾期未经事后审查" in item.withdrawn_reason


def test_the_worker_looks_on_the_day_after_the_term(bureau, draft, late):
    tasks = DBTaskResult.objects.filter(task_path=escalating.escalate_overdue.module_path, status="READY")
    assert not tasks.exists()
    item = draft(**CLEAN)
    publish(bureau, item).perform()
    due = EmergencyReview.objects.get(item=item).due_on
    assert tasks.get().run_after == timezone.make_aware(datetime.combine(due + timedelta(days=1), time(0, 10)))
    publish(bureau, draft(**CLEAN)).perform()
    assert tasks.count() == 1
    # A watch that was lost goes on with the next start, at once where a term has ended.
    tasks.delete()
    late()
    room = apps.get_app_config("review")
    post_migrate.send(sender=room, app_config=room, verbosity=0, interactive=False, using="default", apps=apps, plan=[])
    assert tasks.filter(run_after__lte=timezone.now()).exists()


def test_who_opened_it_confirms_nothing(bureau, approved):
    item = approved(**WITHHELD)
    ChangeAttribute(actor=bureau.actor("gu"), item=item, attribute="proactive", why="可以公开").perform()
    item.refresh_from_db()
    ReturnToDrafter(actor=bureau.actor("ou"), item=item, comment="改").perform()
    SubmitItem(actor=bureau.actor("fan"), item=item, reasons=reasons(item)).perform()
    PassStep(actor=bureau.actor("xu"), item=item).perform()
    returned_by_secrecy(bureau, item)
    person_posts(bureau, "gu", Role.SECRECY_REVIEWER)
    assert refusals(confirm(bureau, item, "gu")) == {"four_eyes"}
