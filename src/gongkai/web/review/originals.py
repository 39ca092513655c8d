"""Forwarded documents (转发): what the original's maker decided, now and when it was named (Art. 10)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils import timezone

from gongkai.web.catalogue.models import Attribute, Item, Stage
from gongkai.web.house.actor import Actor
from gongkai.web.house.rule import Refusal
from gongkai.web.house.visibility import visible

from .checks.finding import Found
from .models import Act, Original, ReviewMark

BASIS = "《条例》第十条第一款"
_DECIDED = (Stage.APPROVED, Stage.PUBLISHED, Stage.KEPT)
_FORWARDS = re.compile(r"^[^《]{0,40}(?:转发(?!展[^改])|批转)")


@dataclass(frozen=True, slots=True)
class Standing:
    """What the maker holds about the original: `attribute` empty where it decided nothing, or took it down."""

    attribute: str
    withheld_under: str
    words: str


def decision_of(source: Item, actor: Actor) -> tuple[str, str, str]:
    """Attribute, ground and who decided when, of an item that somebody passes on. The person is named only to those who
    may see the maker's review."""
    if source.stage not in _DECIDED:
        return "", "", ""
    change = source.attribute_changes.select_related("by").first()
    mark = ReviewMark.objects.filter(round__item=source, act=Act.APPROVE).select_related("by").order_by("-at").first()
    decided_anew = change is not None and (change.old, change.old_reason) != (change.new, change.new_reason)
    last = change if decided_anew else mark
    who, on = source.organ.name, source.published_at or source.updated_at
    if last is not None:
        on = last.at
        if visible(ReviewMark, actor).filter(round__item=source).exists():
            who += last.by.name
    return source.attribute, source.withheld_under, f"{who}，{timezone.localtime(on).date()}"


def standing(original: Original) -> Standing:
    """As it is now: the maker may have decided anew since the original was named."""
    source = original.source
    if source is None:
        label = original.get_attribute_display()
        return Standing(original.attribute, original.withheld_under, f"的公开属性是{label}" if label else "的公开属性不明")
    if source.stage == Stage.WITHDRAWN:
        return Standing("", "", "已被制作机关撤下")
    if source.stage not in _DECIDED:
        return Standing("", "", "的公开属性制作机关还没有认定")
    changed = f"（登记时为{original.get_attribute_display()}）" if original.attribute and original.attribute != source.attribute else ""
    return Standing(source.attribute, source.withheld_under, f"的公开属性是{source.get_attribute_display()}{changed}")


def original_of(item: Item) -> Original | None:
    """What it passes on."""
    return Original.objects.filter(item=item).select_related("source__organ", "by").first()


def words_of(item: Item) -> str:
    """What a version keeps of it: as it was named, whatever became of the original since."""
    original = Original.objects.filter(item=item).first()
    if original is None:
        return ""
    facts = (original.get_attribute_display(), original.get_withheld_under_display(), original.decided)
    return "，".join((f"{original.maker}{original}{original.number}", *(str(one) for one in facts if one)))


def of_original(item: Item) -> Iterator[Found]:
    """Where an item and its original part; that a forwarded document names none."""
    original = original_of(item)
    if original is None:
        if _FORWARDS.search(item.title):
            yield Found("forwarded_unnamed", "标题表明是转发文件，没有登记转发的原件", "标题", value=item.title)
        return
    now = standing(original)
    told = f"{original.maker}{original}{now.words}，本件拟{Attribute(item.attribute).label}"
    print_ = f"{original.title}|{original.number}|{now.attribute}|{now.withheld_under}|{item.attribute}"
    if conflicts(now, item.attribute):
        yield Found("forwarded_conflict", told, "公开属性", value=print_)
    elif now.attribute and now.attribute != item.attribute:
        yield Found("forwarded_differs", told, "公开属性", value=print_)


def conflicts(now: Standing, attribute: str) -> bool:
    """Whether this would let out what its maker has not let out."""
    return attribute == Attribute.PROACTIVE and now.attribute != Attribute.PROACTIVE


def original_problems(item: Item, attribute: str, comment: str) -> Iterable[Refusal]:
    """The signer answers for a forwarded document that parts from its original."""
    original = original_of(item)
    if original is not None and conflicts(now := standing(original), attribute) and not comment.strip():
        words = f"转发的原件{original}{now.words}，本件拟主动公开。请写明裁定理由。"
        yield Refusal("original", words, BASIS, field="comment")
