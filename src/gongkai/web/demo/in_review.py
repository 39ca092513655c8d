"""Items on their way through review: some at every step, some returned, some approved and waiting."""

from __future__ import annotations

from gongkai.web.catalogue.models import Item
from gongkai.web.house.actor import Actor
from gongkai.web.review.actions.approve_item import ApproveItem
from gongkai.web.review.actions.pass_step import PassStep
from gongkai.web.review.actions.return_item import ReturnToDrafter
from gongkai.web.review.actions.submit_item import SubmitItem

from .authors import Author
from .planning import Plan
from .teams import teams
from .work import drafts

EACH = 2
REMARKS = ("同意。", "已核对正文和附件，同意公开。", "不涉及国家秘密、工作秘密和个人信息，同意公开。")


def send_through_review(plan: Plan, authors: list[Author]) -> int:
    """Hand drafts in and pass them on through the verbs themselves; how many. Inside the caller's transaction."""
    by_slug = {author.organ.slug: author for author in authors}
    count = 0
    for team in teams().values():
        user = team.people[0].user
        assert user is not None
        # As many steps passed as `passed` says; one more group comes back from the office.
        for passed in (0, 1, 2, 3, 4, None):
            for item in drafts(plan, by_slug[team.slug], user, EACH):
                _send(item, team.people, passed, plan)
                count += 1
    return count


def _send(item: Item, people: tuple[Actor, ...], passed: int | None, plan: Plan) -> None:
    drafter, *reviewers = people
    SubmitItem(actor=drafter, item=item, note="请审核。").perform()
    for place, reviewer in enumerate(reviewers[: 2 if passed is None else passed]):
        if place < len(reviewers) - 1:
            PassStep(actor=reviewer, item=item, comment=plan.speech.one_of(REMARKS)).perform()
        else:
            ApproveItem(actor=reviewer, item=item, comment="同意发布。").perform()
    if passed is None:
        ReturnToDrafter(
            actor=reviewers[2], item=item, comment="请补充咨询电话的接听时间，并核对公示期限。"
        ).perform()
