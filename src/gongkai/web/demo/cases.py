"""What is under way beside the ordinary round, made through the verbs: questions put to others, joint documents, emergencies."""

from __future__ import annotations

from django.utils import timezone

from gongkai.web.catalogue.actions.create_item import CreateItem
from gongkai.web.catalogue.models import Item
from gongkai.web.organs.models import Organ
from gongkai.web.review.actions.emergency_publish import EmergencyPublish
from gongkai.web.review.actions.pass_step import PassStep
from gongkai.web.review.actions.record_answer import RecordAnswer
from gongkai.web.review.actions.record_opinion import RecordOpinion
from gongkai.web.review.actions.refer_item import ReferItem
from gongkai.web.review.actions.return_item import ReturnToDrafter
from gongkai.web.review.actions.review_emergency import ReviewEmergency
from gongkai.web.review.actions.submit_item import SubmitItem

from .authors import Author
from .case_files import Emergency, Joint, Paperwork, Referred, cases
from .composing import Facts, chinese_day, compose
from .planning import Plan
from .teams import Team, teams

AGREED = "已核对，同意公开。"


def open_cases(plan: Plan, authors: list[Author]) -> int:
    """All of data/cases.toml but its changes of attributes (turned.py); how many. Inside the caller's transaction."""
    found, by_slug = teams(), {author.organ.slug: author for author in authors}
    all_cases = cases()
    for referral in all_cases.referral:
        _refer(found[referral.team], by_slug, referral, plan)
    for joint in all_cases.joint:
        _jointly(found[joint.team], by_slug, joint, plan)
    for emergency in all_cases.emergency:
        _in_an_emergency(found[emergency.team], by_slug, emergency, plan)
    return len(all_cases.referral) + len(all_cases.joint) + len(all_cases.emergency)


def _drafted(team: Team, by_slug: dict[str, Author], case: Paperwork, plan: Plan, others: tuple[Organ, ...] = ()) -> tuple[Item, Facts]:
    author, today = by_slug[team.slug], timezone.localdate()
    facts = {
        "organ": author.organ.name, "signed": author.organ.name, "place": author.place, "phone": author.phone, "address": author.address,
        "day": chinese_day(today), "year": str(today.year), **{f"with{place}": organ.name for place, organ in enumerate(others)},
    }  # fmt: skip
    if others:
        facts["signed"] = "　".join((author.organ.name, *(organ.name for organ in others)))
    values = {
        "title": plan.speech.say(case.title, facts), "kind": case.kind, "genre": case.genre, "art20": case.art20,
        "theme": author.portfolio.theme, "written_on": today, "formed_on": today, "source": author.organ.name,
        "body": compose(case.body, facts, plan.speech, author.scale), "document_number": plan.next_number(author, "plain", today.year) if case.kind == "policy" else "",
    }  # fmt: skip
    item = CreateItem(actor=team.people[0], organ=author.organ, values=values, joint_organs=others).perform()
    return item, facts


def _sent(team: Team, item: Item, steps: int) -> None:
    """Handed in, and passed by so many."""
    SubmitItem(actor=team.people[0], item=item, note="请审核。").perform()
    for reviewer in team.people[1 : steps + 1]:
        PassStep(actor=reviewer, item=item, comment=AGREED).perform()


def _refer(team: Team, by_slug: dict[str, Author], case: Referred, plan: Plan) -> None:
    item, facts = _drafted(team, by_slug, case, plan)
    _sent(team, item, case.steps)
    reviewer = team.people[case.steps + 1]
    ReferItem(actor=reviewer, item=item, to=case.to, body=plan.speech.say(case.asked, facts), question=case.question).perform()
    if not case.answer:
        return
    RecordAnswer(
        actor=reviewer, item=item, on=timezone.localdate(), answer=case.answer, text=case.text, number=plan.speech.say(case.number, facts)
    ).perform()
    if case.returned:
        ReturnToDrafter(actor=reviewer, item=item, comment=case.returned).perform()
    else:
        PassStep(actor=reviewer, item=item, comment="按答复意见办理，同意公开。").perform()


def _jointly(team: Team, by_slug: dict[str, Author], case: Joint, plan: Plan) -> None:
    others = {slug: by_slug[slug].organ for slug in case.others}
    item, _ = _drafted(team, by_slug, case, plan, tuple(others.values()))
    _sent(team, item, case.steps)
    for opinion in case.opinions:
        RecordOpinion(
            actor=team.people[case.steps + 1], item=item, organ=others[opinion.of], stand=opinion.stand, on=timezone.localdate(), text=opinion.text
        ).perform()


def _in_an_emergency(team: Team, by_slug: dict[str, Author], case: Emergency, plan: Plan) -> None:
    item, _ = _drafted(team, by_slug, case, plan)
    EmergencyPublish(actor=team.office, item=item, reason=case.reason).perform()
    if case.reviewed:
        ReviewEmergency(actor=team.approver, item=item, keep=True, comment=case.reviewed).perform()
