"""Words for what the verbs on items keep in the log."""

from __future__ import annotations

from . import taxonomy
from .models import Attribute, Item

WORDS = {
    "channel": "渠道", "place": "地点或期号", "index_number": "索引号", "entries": "标准目录事项", "policy": "被解读的文件", "form": "解读形式", "needs_consent": "待对方机关同意", "reading": "解读材料", "reading_organ": "解读机关",
    "counts": "各类结果", "announcement": "清理结果公告", "number": "永久编号", "validity": "有效性", "by": "变更依据文件",
    "cutoff": "清理截止日", "documents": "文件数", "size": "大小（字节）", "verdict": "清理结果", "changed": "改动的内容", "year": "年度",
}  # fmt: skip
_ATTRIBUTES = {str(value): str(label) for value, label in Attribute.choices}
VALUES = {
    "attribute": _ATTRIBUTES, "from": _ATTRIBUTES, "to": _ATTRIBUTES, "withheld_under": dict(taxonomy.REASONS.choices),
    "channel": dict(taxonomy.CHANNELS.choices), "kind": dict(taxonomy.KINDS.choices),
    "changed": {field.name: str(field.verbose_name) for field in Item._meta.concrete_fields},
}  # fmt: skip
