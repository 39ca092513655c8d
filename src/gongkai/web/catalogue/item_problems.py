"""What stands in the way of saving an item, beside the fields' own validators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from gongkai.web.house.rule import Refusal
from gongkai.web.organs.models import Kind, Organ, Within

from . import index_number, taxonomy
from .models import Attribute, Item, Validity
from .sanitised import plain_text

# What a drafter may write. The rest is the verbs' own.
REVISABLE = (
    "title", "kind", "language", "document_number", "written_on", "formed_on", "effective_on", "expires_on", "art20",
    "art21", "theme", "genre", "keywords", "summary", "body", "source", "attribute", "withheld_under", "reassess_on",
    "embargo_until",
)  # fmt: skip
_SPLIT = str.maketrans(dict.fromkeys("、,;；\n\t\u3000 ", "，"))


def fill(item: Item, values: Mapping[str, Any]) -> None:
    """Put `values` (of REVISABLE) into `item`. Kinds with validity begin in force, the others have none."""
    unknown = set(values) - set(REVISABLE)
    if unknown:
        raise ValueError(f"not revisable: {sorted(unknown)}")
    for name, value in values.items():
        setattr(item, name, value)
    words = item.keywords.translate(_SPLIT).split("，")
    item.keywords = "，".join(dict.fromkeys(word for word in words if word))
    kind = taxonomy.KINDS.get(item.kind)
    if kind is not None and not kind.validity:
        item.validity = Validity.NONE
    elif kind is not None and not item.validity:
        item.validity = Validity.IN_FORCE


def problems_of(item: Item) -> Iterable[Refusal]:
    """Every reason why `item` can't be saved as it stands, at its field."""
    yield from _invalid_fields(item)
    yield from _days(item)
    yield from _attribute(item)
    yield from _places(item.organ, item.unit)
    if item.index_number and not index_number.acceptable(item.index_number):
        yield Refusal(
            "index_number",
            f"索引号“{item.index_number}”应为3至60个汉字、字母、数字或“/_.:-〔〕”。",
            field="index_number",
        )


def _invalid_fields(item: Item) -> Iterable[Refusal]:
    blank = [] if item.index_number else ["index_number"]
    try:
        item.full_clean(exclude=["organ", "unit", "validity_by", "number", *blank])
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            yield from (
                Refusal("invalid", text, field="" if name == "__all__" else name) for text in messages
            )


def _days(item: Item) -> Iterable[Refusal]:
    today = timezone.localdate()
    for name in ("written_on", "formed_on"):
        day = getattr(item, name)
        if day is not None and day > today:
            label = item._meta.get_field(name).verbose_name
            yield Refusal("future", f"{label}不能晚于今天（{today}）。请核对年份。", field=name)
    if item.effective_on and item.expires_on and item.expires_on < item.effective_on:
        yield Refusal("expires", "有效期至不能早于施行日期。请核对两个日期。", field="expires_on")
    if item.embargo_until is not None and item._state.adding and item.embargo_until < timezone.now():
        yield Refusal("embargo", "定时发布的时间已经过去。请改为将来的时间，或留空。", field="embargo_until")


def _attribute(item: Item) -> Iterable[Refusal]:
    reason = taxonomy.REASONS.get(item.withheld_under)
    if item.attribute == Attribute.PROACTIVE:
        if item.withheld_under:
            yield Refusal(
                "withheld_under",
                "主动公开的信息不填不公开理由。请清除理由，或改公开属性。",
                field="withheld_under",
            )
        return
    label = Attribute(item.attribute).label if item.attribute in Attribute.values else ""
    if reason is None:
        yield Refusal(
            "withheld_under",
            f"{label}的信息须注明理由。",
            "《条例》第十三条至第十六条",
            field="withheld_under",
        )
        return
    if item.attribute == Attribute.NOT_PUBLIC and reason.on_request:
        yield Refusal(
            "withheld_under", f"“{reason.title}”只能作为依申请公开的理由。请改公开属性，或选第十四条至第十六条的理由。",
            field="withheld_under",
        )  # fmt: skip
    if not reason.held and (plain_text(item.body) or _has_files(item)):
        yield Refusal(
            "secret", "国家秘密不得录入本平台。请删除正文和附件，只登记标题以外的必要信息。", "《保守国家秘密法》", field="body"
        )  # fmt: skip


def _has_files(item: Item) -> bool:
    return item.pk is not None and item.attachments.exists()


def _places(organ: Organ, unit: Organ | None) -> Iterable[Refusal]:
    if organ.kind not in {Kind.ORGAN, Kind.DISPATCHED} or not organ.listed:
        yield Refusal(
            "organ",
            f"“{organ.name}”不以自己名义公开信息。请选择列入公开栏目的机关。",
            "《条例》第十条",
            field="organ",
        )
    if unit is not None and not Within.objects.filter(high=organ, low=unit).exists():
        yield Refusal(
            "unit", f"“{unit.name}”不是{organ.name}的内设或下属机构。请重新选择起草单位。", field="unit"
        )
