"""One row of the table as the values of an entry, with an error for each cell that can't be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from gongkai.web.house.plain_text import whole_number
from gongkai.web.organs.models import Organ

from .columns import LABELS
from .marks import UnknownMark, carriers, group_named, ticked
from .reading import RawRow


@dataclass(slots=True)
class EntryRow:
    """`values` are fields of SaveEntry, only for columns the table has."""

    place: str
    values: dict[str, Any] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What the row is about."""
        return self.values.get("item_level2") or self.values.get("item_level1") or ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same entry as one that is there."""
        return self.values["field"], self.values["item_level1"], self.values.get("item_level2", "")


def _line(text: str) -> str:
    """Names: white space of a wrapped cell says nothing."""
    return "".join(text.split())


def _lines(text: str) -> str:
    """Lists: one a line, as printed."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _whole(text: str) -> int:
    return int(text.strip().rstrip("."))


def _days(text: str) -> int | None:
    if not text.strip():
        return None
    days = whole_number(text.strip())
    if days is None or days > 3660:
        raise UnknownMark(f"“{text[:20]}”应是1至3660的整数")
    return days


_READERS: dict[str, Callable[[str], Any]] = {
    "seq": _whole, "item_level1": _line, "item_level2": _line, "content_elements": _lines, "legal_basis": _lines,
    "time_limit": _lines, "responsible_body": _line, "carriers": carriers, "audience_all": ticked,
    "audience_specific": group_named, "mode_proactive": ticked, "mode_on_request": ticked, "level_county": ticked,
    "level_township": ticked, "level_village": ticked, "fresh_days": _days,
}  # fmt: skip


def read_row(raw: RawRow, organs: dict[str, Organ]) -> EntryRow:
    """`organs`: names and other names of the organs a 公开主体 may be."""
    found = EntryRow(raw.place)
    if raw.field_key:
        found.values["field"] = raw.field_key
    else:
        found.errors.append(
            "看不出属于哪个试点领域。请把工作表改名为领域名称（例如“养老服务”），或加“试点领域”一列"
        )
    for key, text in raw.cells.items():
        if key not in _READERS:
            continue
        try:
            found.values[key] = _READERS[key](text)
        except UnknownMark as error:
            found.errors.append(f"“{LABELS[key]}”：{error}")
    if "responsible_body" in found.values:
        found.values["responsible"] = organs.get(found.values["responsible_body"])
    for key in ("item_level1", "content_elements"):
        if not found.values.get(key):
            found.errors.append(f"缺少“{LABELS[key]}”")
    return found
