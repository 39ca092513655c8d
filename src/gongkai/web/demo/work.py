"""What lies on the desks of the city: items in every stage before and after publication."""

from __future__ import annotations

from datetime import datetime, timedelta

from gongkai.web.accounts.models import User
from gongkai.web.catalogue.models import Attribute, Item, Stage, Validity
from gongkai.web.catalogue.numbering import number_items

from .authors import Author
from .composing import compose
from .data_files import Shape, language
from .people import PEOPLE
from .planning import Plan

# Stage, attribute, ground, how many on each desk.
DESK = (
    (Stage.DRAFT, Attribute.PROACTIVE, "", 5),
    (Stage.KEPT, Attribute.ON_REQUEST, "specific_parties", 3),
    (Stage.KEPT, Attribute.NOT_PUBLIC, "process_info", 3),
    (Stage.KEPT, Attribute.NOT_PUBLIC, "third_party", 2),
    (Stage.WITHDRAWN, Attribute.PROACTIVE, "", 2),
)
# What is kept on this ground, as a shape.
_KEPT_AS = {"specific_parties": "kept_reply", "process_info": "kept_request", "third_party": "kept_third"}
DRAFTERS = ("qicao", "dongling-qicao", "wjw-qicao")


def fill_desks(plan: Plan, authors: list[Author]) -> list[Item]:
    """The work of every drafter. Inside the caller's transaction."""
    organs = {name: slug for name, _, slug, _ in PEOPLE}
    by_slug = {author.organ.slug: author for author in authors}
    made = []
    for name in DRAFTERS:
        user, author = User.objects.get(username=name), by_slug[organs[name]]
        for stage, attribute, ground, count in DESK:
            made += [_item(plan, author, user, stage, attribute, ground, first=place == 0) for place in range(count)]
    _save(made)
    return made


def drafts(plan: Plan, author: Author, user: User, count: int) -> list[Item]:
    """Drafts ready to be handed in."""
    made = [_item(plan, author, user, Stage.DRAFT, Attribute.PROACTIVE, "") for _ in range(count)]
    _save(made)
    return made


def _save(made: list[Item]) -> None:
    number_items(made)
    Item.objects.bulk_create(made)


def _item(
    plan: Plan, author: Author, user: User, stage: Stage, attribute: Attribute, ground: str, *, first: bool = False
) -> Item:
    paper = plan.recent(author, _shape(ground, plan))
    body = compose(paper.shape.body if paper.shape else (), paper.facts, plan.speech, author.scale)
    item = Item(
        organ=author.organ, title=paper.title, kind=paper.shape.kind if paper.shape else "other", theme=author.portfolio.theme,
        genre=paper.shape.genre if paper.shape else "other", art20=paper.topic.art20, written_on=paper.written,
        formed_on=paper.written, keywords="，".join((paper.topic.name, paper.facts["m1"])), body=body, source=author.organ.name,
        summary=f"{author.organ.name}有关{paper.topic.name}的信息。", attribute=attribute, withheld_under=ground,
        validity=paper.validity or Validity.NONE, stage=stage, created_by=user, created_at=paper.published,
    )  # fmt: skip
    if attribute != Attribute.PROACTIVE:
        # The first of each ground is due for re-assessment now (Art. 18), the others in a month or next year.
        item.reassess_on = plan.last - timedelta(days=4) if first else paper.written + timedelta(days=plan.speech.random.choice((70, 365, 700)))
    _sign(item, user, paper.published)
    item.prepare()
    return item


def _sign(item: Item, user: User, at: datetime) -> None:
    if item.stage != Stage.DRAFT:
        item.submitted_by, item.submitted_at = user, at
    if item.stage == Stage.WITHDRAWN:
        item.published_at, item.withdrawn_at = at, at + timedelta(hours=20)
        item.withdrawn_reason = "附件版本有误，更正后重新发布。"


def _shape(ground: str, plan: Plan) -> Shape:
    wanted = (_KEPT_AS[ground],) if ground else ("announcement", "publicity", "service_guide")
    return plan.speech.one_of([one for one in language().shape if one.key in wanted])
