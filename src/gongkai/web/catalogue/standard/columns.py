"""The columns of the official table and how their headings are recognised (国办发〔2019〕54号 and the 26 standards)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """`top` and `below` are the words of the two heading rows; `width` is for the written table."""

    key: str
    top: str
    below: str = ""
    width: int = 10
    also: tuple[str, ...] = ()


COLUMNS = (
    Column("seq", "序号", width=6),
    Column("item_level1", "公开事项", "一级事项", 12),
    Column("item_level2", "公开事项", "二级事项", 14),
    Column("content_elements", "公开内容（要素）", width=30, also=("公开内容", "公开要素", "内容要素")),
    Column("legal_basis", "公开依据", width=30),
    Column("time_limit", "公开时限", width=18),
    Column("responsible_body", "公开主体", width=14, also=("责任主体",)),
    Column("carriers", "公开渠道和载体", width=24, also=("公开渠道", "公开载体")),
    Column("audience_all", "公开对象", "全社会", 7),
    Column("audience_specific", "公开对象", "特定群体", 9, also=("特定群众", "特定对象", "特定")),
    Column("mode_proactive", "公开方式", "主动", 7, also=("主动公开",)),
    Column("mode_on_request", "公开方式", "依申请公开", 7, also=("依申请",)),
    Column("level_county", "公开层级", "县级", 7, also=("县（市、区）级", "县区级", "区级", "县、区级", "市县级")),
    Column("level_township", "公开层级", "乡级", 7, also=("乡、村级", "乡村级", "乡镇级", "镇级", "街道级", "乡（镇）级")),
    Column("level_village", "公开层级", "村级", 7, also=("村（社区）级", "社区级")),
    Column("fresh_days", "更新周期（天）", width=8),
    Column("field", "试点领域", width=12, also=("领域",)),
)  # fmt: skip
REQUIRED = ("seq", "item_level1", "content_elements")
OPTIONAL = ("level_village", "fresh_days", "field")
LABELS = {column.key: column.below or column.top for column in COLUMNS}


def recognise(headings: list[str]) -> str | None:
    """The key of a column whose heading cells, from top to bottom, say `headings`."""
    words = ["".join(word.split()) for word in headings if word.strip()]
    words = list(dict.fromkeys(words))
    if not words:
        return None
    for column in COLUMNS:
        if words[-1] in (column.below or column.top, *column.also):
            return column.key
    if len(words) == 1:
        return next((c.key for c in COLUMNS if not c.below and words[0].startswith(c.top[:4])), None)
    return None
