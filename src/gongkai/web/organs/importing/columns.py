"""The columns of the organs table, and one row read into values."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Choices

from gongkai.web.organs.models import Kind, Level, Type

from .table import TableRow

YES, NO = {"是", "1", "列出"}, {"否", "0", "不列出"}


class BadCell(ValueError):  # noqa: N818
    """A cell that says nothing we understand; the message names what it may be."""


def _choice(choices: type[Choices]) -> Callable[[str], Any]:
    by_word: dict[str, Any] = {str(label): value for value, label in choices.choices}
    by_word |= {str(value): value for value in choices.values}

    def parse(text: str) -> Any:
        if text not in by_word:
            labels = "、".join(str(label) for label in choices.labels)
            raise BadCell(f"“{text}”应是{labels}之一")
        return by_word[text]

    return parse


def _switch(text: str) -> bool:
    if text not in YES | NO:
        raise BadCell(f"“{text}”应是“是”或“否”")
    return text in YES


def _day(text: str) -> date:
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    raise BadCell(f"“{text}”应是日期，例如2019-03-01")


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise BadCell(f"“{text}”应是不小于0的整数")
    return int(text)


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"[、;；\n]", text) if part.strip())


@dataclass(frozen=True, slots=True)
class Column:
    """`group` says where the value goes: organ, office, parent, aliases, basis. `words` are all a cell may hold."""

    title: str
    group: str
    name: str
    parse: Callable[[str], Any] = str
    required: bool = False
    note: str = ""
    words: tuple[str, ...] = ()


def _chosen(title: str, name: str, choices: type[Choices], required: bool = False) -> Column:
    return Column(title, "organ", name, _choice(choices), required, words=tuple(str(label) for label in choices.labels))


COLUMNS = (
    Column("代号", "organ", "slug", required=True, note="小写字母、数字和连字符，用在网址中，以后不改，例如lh-jyj"),
    Column("名称", "organ", "name", required=True),
    _chosen("类别", "kind", Kind, required=True),
    Column("上级代号", "parent", "slug", note="上级机关的代号；上级可以在同一张表中"),
    _chosen("类型", "type", Type),
    _chosen("层级", "level", Level, required=True),
    Column("简称", "organ", "short_name"),
    Column("别名", "aliases", "aliases", _list, note="几个别名用“；”隔开"),
    Column("行政区划代码", "organ", "division_code"),
    Column("统一社会信用代码", "organ", "credit_code", str.upper),
    Column("列出", "organ", "listed", _switch, note="是否在门户中有自己的栏目", words=("是", "否")),
    Column("排序", "organ", "order", _number),
    Column("成立日期", "organ", "founded_on", _day, note="例如2019-03-01"),
    Column("成立依据", "basis", "basis"),
    Column("工作机构名称", "office", "name"),
    Column("办公地址", "office", "address"),
    Column("邮政编码", "office", "postcode"),
    Column("办公时间", "office", "hours"),
    Column("联系电话", "office", "phone"),
    Column("传真", "office", "fax"),
    Column("电子邮箱", "office", "email"),
    Column("互联网联系方式", "office", "online"),
)
BY_TITLE = {column.title: column for column in COLUMNS}


@dataclass(slots=True)
class OrganRow:
    """One row in the platform's words. Empty cells are left out: an import never empties a field."""

    number: int
    organ: dict[str, Any] = field(default_factory=dict)
    office: dict[str, str] = field(default_factory=dict)
    parent: str = ""
    aliases: tuple[str, ...] = ()
    basis: str = ""
    errors: list[str] = field(default_factory=list)


def unknown_columns(row: TableRow) -> list[str]:
    """Headings that are no column of ours."""
    return [title for title in row.cells if title and title not in BY_TITLE]


def read_row(row: TableRow) -> OrganRow:
    """The values of one row, with an error for each cell that can't be read."""
    found = OrganRow(row.number)
    for column in COLUMNS:
        text = row.cells.get(column.title, "")
        if not text:
            if column.required:
                found.errors.append(f"缺少“{column.title}”")
            continue
        try:
            _put(found, column, column.parse(text))
        except BadCell as error:
            found.errors.append(f"“{column.title}”：{error}")
    return found


def _put(row: OrganRow, column: Column, value: Any) -> None:
    if column.group == "organ":
        row.organ[column.name] = value
    elif column.group == "office":
        row.office[column.name] = value
    elif column.group == "parent":
        row.parent = value
    elif column.group == "aliases":
        row.aliases = value
    else:
        row.basis = value
