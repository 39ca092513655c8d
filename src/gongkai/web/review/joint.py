"""Joint documents (联合发文): the lead organ decides, the others give an opinion before it does."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.web.catalogue.models import Item
from gongkai.web.house.rule import Refusal
from gongkai.web.organs.models import Organ

from .models import JointOpinion, ReviewRound, Stand


def opinions(item: Item, round_: ReviewRound | None) -> list[tuple[Organ, JointOpinion | None]]:
    """Each joint organ with the newest opinion it gave in this round, None where none is recorded."""
    given = {one.organ_id: one for one in round_.joint_opinions.select_related("recorded_by")} if round_ is not None else {}
    return [(organ, given.get(organ.pk)) for organ in item.joint_organs.all()]


def joint_problems(item: Item, round_: ReviewRound, comment: str) -> Iterable[Refusal]:
    """Whose opinion is missing; and whose differs without a word of the signer on it."""
    found = opinions(item, round_)
    if missing := [organ.name for organ, given in found if given is None]:
        yield Refusal("joint", f"联合发文机关的意见还没有登记：{'、'.join(missing)}。请先登记意见，再审签。")
    differing = [organ.name for organ, given in found if given is not None and given.stand == Stand.DIFFERS]
    if differing and not comment.strip():
        yield Refusal("no_comment", f"联合发文机关有不同意见：{'、'.join(differing)}。请写明裁定理由。", field="comment")
