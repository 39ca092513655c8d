"""The item of an address, its ways, and its buttons."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from gongkai.web.catalogue.models import Item, Stage
from gongkai.web.catalogue.visibility import WRITERS
from gongkai.web.house.action import Action
from gongkai.web.house.actor import Actor
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.house.rule import demand
from gongkai.web.house.visibility import get_visible
from gongkai.web.organs.rules import HasRole
from gongkai.web.review.actions.approve_item import ApproveItem
from gongkai.web.review.actions.change_attribute import ChangeAttribute
from gongkai.web.review.actions.confirm_emergency import ConfirmEmergency
from gongkai.web.review.actions.drop_original import DropOriginal
from gongkai.web.review.actions.emergency_publish import EmergencyPublish
from gongkai.web.review.actions.name_original import NameOriginal
from gongkai.web.review.actions.pass_step import PassStep
from gongkai.web.review.actions.publish_item import PublishItem
from gongkai.web.review.actions.record_answer import RecordAnswer
from gongkai.web.review.actions.record_opinion import RecordOpinion
from gongkai.web.review.actions.refer_item import ReferItem
from gongkai.web.review.actions.return_item import ReturnToDrafter
from gongkai.web.review.actions.review_emergency import ReviewEmergency
from gongkai.web.review.actions.set_reassess_date import SetReassessDate
from gongkai.web.review.actions.submit_item import SubmitItem
from gongkai.web.review.actions.withdraw_item import WithdrawItem
from gongkai.web.review.objections import consent_to, objections


def the_item(request: HttpRequest, number: int) -> Item:
    """The item, for those who write and review for its organ or unit: others get 404, or the reason."""
    actor = actor_of(request)
    item = get_visible(Item, actor, number=number)
    demand(HasRole(item.unit or item.organ, WRITERS, "查看审核情况"), actor)
    return item


def crumbs_of(item: Item) -> list[tuple[str, str]]:
    """The way to an item's review."""
    return [("审核发布", reverse("review:worklist")), (item.title, reverse("review:item", args=[item.number]))]


def back(item: Item) -> str:
    """Its page."""
    return reverse("review:item", args=[item.number])


@dataclass(frozen=True, slots=True)
class Button:
    """A link to a verb's page."""

    title: str
    address: str
    main: bool = False


def verbs(actor: Actor, item: Item) -> dict[str, Action[object]]:
    """Every verb of this room on `item`, not filled in: their rules say who may."""
    day = timezone.localdate()
    acts: dict[str, Action[object]] = {
        "submit": SubmitItem(actor=actor, item=item),
        "pass": PassStep(actor=actor, item=item),
        "approve": ApproveItem(actor=actor, item=item),
        "return": ReturnToDrafter(actor=actor, item=item, comment=""),
        "refer": ReferItem(actor=actor, item=item, to="", body="", question=""),
        "answer": RecordAnswer(actor=actor, item=item, on=None, answer="", text=""),
        "original": NameOriginal(actor=actor, item=item),
        "drop_original": DropOriginal(actor=actor, item=item),
        "joint": RecordOpinion(actor=actor, item=item, organ=None, stand="", on=None),
        "publish": PublishItem(actor=actor, item=item),
        "emergency": EmergencyPublish(actor=actor, item=item, reason=""),
        "confirm_emergency": ConfirmEmergency(actor=actor, item=item, reason=""),
        "review_emergency": ReviewEmergency(actor=actor, item=item, keep=True, comment=""),
        "withdraw": WithdrawItem(actor=actor, item=item, reason=""),
        "attribute": ChangeAttribute(actor=actor, item=item, attribute="", why=""),
        "reassess": SetReassessDate(actor=actor, item=item, on=day, why=""),
    }
    return acts


def may(actor: Actor, item: Item) -> set[str]:
    """The verbs whose rules let the actor through."""
    open_to = {
        name for name, act in verbs(actor, item).items() if all(rule.refuse(actor) is None for rule in act.rules())
    }
    at = PassStep(actor=actor, item=item).step
    last = at is not None and at.approval
    open_to.discard("pass" if last else "approve")
    if not item.emergency_reviews.filter(reviewed_at=None).exists():
        open_to.discard("review_emergency")
    if "confirm_emergency" in open_to and consent_to(item, objections(item)) is not None:
        open_to.discard("confirm_emergency")
    if item.stage != Stage.KEPT:
        open_to.discard("reassess")
    return open_to


TITLES = (
    ("submit", "提交审核", True), ("answer", "登记答复", True), ("refer", "报请确定", False), ("joint", "登记联合发文意见", False), ("original", "登记转发原件", False),
    ("publish", "发布", True), ("review_emergency", "事后审查", True), ("confirm_emergency", "确认应急发布", False),
    ("reassess", "登记重新评估", False), ("attribute", "变更公开属性", False), ("withdraw", "撤下", False),
    ("emergency", "应急先行发布", False),
)  # fmt: skip


def buttons(item: Item, open_to: set[str]) -> list[Button]:
    """The links at the head of the page."""
    return [
        Button(title, reverse(f"review:{name}", args=[item.number]), main) for name, title, main in TITLES if name in open_to
    ]
