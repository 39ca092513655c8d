"""What was asked of others about an item, and what their answer allows (Art. 17, third paragraph)."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.web.catalogue.models import Attribute, Item
from gongkai.web.house.rule import Refusal

from .models import AWAITED, Answer, Referral, ReviewRound, RoundState

UNSURE = "《条例》第十七条第三款"


def awaited(round_: ReviewRound | None) -> Referral | None:
    """The question of this round that waits for its answer."""
    return round_.referrals.filter(AWAITED).first() if round_ is not None else None


def last_answered(item: Item) -> Referral | None:
    """The newest answer about the item, of whichever round."""
    return Referral.objects.filter(round__item=item).exclude(recorded_at=None).order_by("-recorded_at", "-pk").first()


def answer_problems(item: Item, attribute: str, field: str = "") -> Iterable[Refusal]:
    """Why the last answer does not allow `attribute`.

    不得公开 binds until another answer is recorded: a returned text that comes again must be asked about again. 部分可以公开
    binds the round it was given in: the parts are taken out before the next.
    """
    last = last_answered(item)
    if last is None:
        return
    if last.answer == Answer.CLOSED and attribute != Attribute.NOT_PUBLIC:
        words = "请退回修改，或改为不予公开；情况变化的，再次提交或另行起草后，在审核中重新报请确定。"
    elif last.answer == Answer.PARTLY and attribute == Attribute.PROACTIVE and last.round.state in (RoundState.OPEN, RoundState.APPROVED):
        words = "请退回起草人区分处理后再报审（已存档的另行起草），或改变公开属性。"
    else:
        return
    label = Attribute(attribute).label if attribute in Attribute.values else attribute
    yield Refusal("answer", f"{last.body}{last.answered_on}答复：{last.get_answer_display()}。不能按“{label}”办理。{words}", UNSURE, field=field)
