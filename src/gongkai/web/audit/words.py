"""Chinese words for what events keep, for the page that shows one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

DETAILS = {
    "slug": "代号", "kind": "类别", "parent": "上级", "from": "原来", "to": "现在", "on": "日期", "basis": "依据",
    "successors": "承接机关", "organ": "机关", "role": "角色", "username": "登录名", "active": "启用", "what": "查看的内容",
    "created": "新建", "revised": "修改", "unchanged": "无变化", "aliases": "别名", "type": "类型", "level": "层级",
    "short_name": "简称", "division_code": "行政区划代码", "credit_code": "统一社会信用代码", "listed": "在公开栏目中列出",
    "order": "排序", "founded_on": "成立日期", "name": "名称", "address": "地址", "postcode": "邮政编码", "hours": "办公时间",
    "phone": "电话", "fax": "传真", "email": "电子邮箱", "online": "互联网联系方式", "reasons": "未准的理由", "values": "项数", "readings": "同时发布的解读",
}  # fmt: skip
DOORS = {"web": "网页", "api": "接口", "import": "导入", "cli": "管理命令", "worker": "后台任务"}


VALUES: dict[str, dict[str, str]] = {}


def add_values(values: dict[str, dict[str, str]]) -> None:
    """A room adds what the stored keys of its facts mean, by fact."""
    VALUES.update(values)


def in_words(key: str, value: Any) -> str:
    """A fact's value as people read it: lists and mappings in words, stored keys by their titles."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if value is None or value in ([], {}):
        return "无"
    titles = VALUES.get(key, {})
    if isinstance(value, Mapping):
        return "；".join(f"{titles.get(str(name), name)}：{in_words('', one)}" for name, one in value.items())
    if isinstance(value, list):
        return "、".join(titles.get(str(one), str(one)) for one in value)
    return titles.get(str(value), str(value))


def add_words(words: dict[str, str]) -> None:
    """A room adds the names of what its own verbs keep, from its AppConfig.ready()."""
    DETAILS.update(words)
