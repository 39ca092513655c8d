"""The columns of the table of items, as data, and what a cell may say."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from gongkai.web.catalogue import taxonomy
from gongkai.web.catalogue.models import Attribute, Validity
from gongkai.web.catalogue.taxonomy.terms import Terms

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_MOMENT = re.compile(r"(.+?)[\sT]+(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ZONE = ZoneInfo("Asia/Shanghai")


class BadCell(ValueError):  # noqa: N818
    """A cell that says nothing we understand; the message names what it may be."""


def day(text: str) -> date:
    """2024-03-01, 2024/3/1, 2024.3.1, 2024年3月1日; a time after it is left out. Raises BadCell."""
    plain = _MOMENT.fullmatch(text)
    found = _DAY.fullmatch((plain[1] if plain else text).strip())
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    raise BadCell(f"“{text}”应是日期，例如2024-03-01")


def moment(text: str) -> datetime:
    """A day, with or without a time (then midnight), in Beijing time, as UTC. Raises BadCell."""
    found = _MOMENT.fullmatch(text)
    try:
        clock = time(int(found[2]), int(found[3]), int(found[4] or 0)) if found else time()
    except ValueError as error:
        raise BadCell(f"“{text}”中的时间不对，例如2024-03-01 09:30") from error
    at = datetime.combine(day(found[1] if found else text), clock, _ZONE)
    try:
        return at.astimezone(UTC)
    except OverflowError as error:
        raise BadCell(f"“{text}”应是日期，例如2024-03-01") from error


def names(text: str) -> tuple[str, ...]:
    """Names parted by ；or a new line."""
    return tuple(part.strip() for part in re.split(r"[;；\n]", text) if part.strip())


def html_of(text: str) -> str:
    """HTML as it is; plain text as a paragraph a line."""
    if _TAG.search(text):
        return text
    return "".join(
        f"<p>{escape(line.strip(), quote=False)}</p>" for line in text.splitlines() if line.strip()
    )


def _term(terms: Terms[Any]) -> Callable[[str], str]:
    def parse(text: str) -> str:
        found = terms.named(text)
        if found is None:
            titles = [term.title for term in terms]
            shown = "、".join(titles[:8]) + ("等" if len(titles) > 8 else "")
            raise BadCell(f"“{text}”不在分类中，应是{shown}之一")
        return str(found.key)

    return parse


def _choice(choices: Any) -> Callable[[str], str]:
    by_word = {str(label): str(value) for value, label in choices.choices if value}
    by_word |= {value: value for value in by_word.values()}

    def parse(text: str) -> str:
        if text not in by_word:
            labels = "、".join(str(label) for value, label in choices.choices if value)
            raise BadCell(f"“{text}”应是{labels}之一")
        return by_word[text]

    return parse


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is a field of items, or one of the row's own: key, organ, unit, index_number, published_at, validity,
    body_file, files, old_paths."""

    title: str
    name: str
    parse: Callable[[str], Any] = str
    required: bool = False
    note: str = ""
    example: str = ""


COLUMNS = (
    Column("来源编号", "key", note="原系统中的编号。再次导入时据此认出同一条；不填则用索引号，都不填则按内容认", example="OLD-2024-0001"),
    Column("标题", "title", required=True, note="不超过300字", example="关于做好防汛抗旱工作的通知"),
    Column("信息类别", "kind", _term(taxonomy.KINDS), required=True, note="见“取值”工作表", example="其他政策文件"),
    Column("发布机构", "organ", note="机关代号、全称或简称；不填为导入时所选机关"),
    Column("起草单位", "unit", note="内设或下属机构的代号或全称"),
    Column("索引号", "index_number", note="沿用原索引号；不填由平台编号"),
    Column("文号", "document_number", example="某水发〔2024〕6号"),
    Column("成文日期", "written_on", day, example="2024-05-08"),
    Column("形成日期", "formed_on", day, note="信息形成或变更之日"),
    Column("发布日期", "published_at", moment, note="可带时间。只在按已发布导入时使用", example="2024-05-10 09:30"),
    Column("施行日期", "effective_on", day),
    Column("有效期至", "expires_on", day),
    Column("有效性", "validity", _choice(Validity), note="现行有效、已修改、失效、废止；只限规章和政策文件"),
    Column("法定主动公开内容", "art20", _term(taxonomy.ART20), note="《条例》第二十条的事项，见“取值”工作表"),
    Column("第二十一条事项", "art21", _term(taxonomy.ART21)),
    Column("主题分类", "theme", _term(taxonomy.THEMES)),
    Column("体裁分类", "genre", _term(taxonomy.GENRES)),
    Column("关键词", "keywords", note="用逗号或顿号隔开"),
    Column("内容概述", "summary", note="不超过1000字"),
    Column("正文", "body", html_of, note="纯文本或HTML", example="各单位：现将有关事项通知如下。"),
    Column("正文文件", "body_file", note="文件夹中的TXT或HTML文件，代替“正文”一列"),
    Column("信息来源", "source"),
    Column("公开属性", "attribute", _choice(Attribute), note="不填为主动公开"),
    Column("不公开理由", "withheld_under", _term(taxonomy.REASONS), note="不主动公开的须填"),
    Column("附件", "files", names, note="文件夹中的文件名，多个用分号隔开", example=""),
    Column("旧地址", "old_paths", names, note="原网站上的路径，例如/zwgk/2024/t1.shtml；以后仍可由此打开"),
)  # fmt: skip
BY_TITLE = {column.title: column for column in COLUMNS}
REQUIRED = tuple(column.title for column in COLUMNS if column.required)
