"""Whether an attribute and its ground go together (Art. 13 to 16)."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.web.catalogue import taxonomy
from gongkai.web.catalogue.models import Attribute, Item
from gongkai.web.house.rule import Refusal


def attribute_problems(item: Item, attribute: str, reason: str, field: str = "attribute") -> Iterable[Refusal]:
    """Every reason why `item` can't have this attribute on this ground."""
    term = taxonomy.REASONS.get(reason)
    if attribute not in Attribute.values:
        yield Refusal("attribute", "请选择公开属性。", field=field)
    elif attribute == Attribute.PROACTIVE and reason:
        yield Refusal("withheld_under", "主动公开的信息不填不公开理由。请清除理由，或改公开属性。", field="withheld_under")
    elif attribute != Attribute.PROACTIVE and term is None:
        label = Attribute(attribute).label
        yield Refusal("withheld_under", f"{label}的信息须注明理由。", "《条例》第十三条至第十六条", field="withheld_under")
    elif attribute == Attribute.NOT_PUBLIC and term is not None and term.on_request:
        yield Refusal(
            "withheld_under", f"“{term.title}”只能作为依申请公开的理由。请改公开属性，或选第十四条至第十六条的理由。",
            field="withheld_under",
        )  # fmt: skip
    if term is not None and not term.held and attribute != Attribute.PROACTIVE and (item.text or item.attachments.exists()):
        yield Refusal(
            "secret", "国家秘密不得录入本平台。请退回起草人删除正文和附件，交保密机构处理。", "《保守国家秘密法》",
            field="withheld_under",
        )  # fmt: skip
