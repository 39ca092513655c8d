"""The log is read by people: every fact has a Chinese name, and no value shows how a program writes it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import gongkai.web
from gongkai.web.audit.models import AuditEvent
from gongkai.web.audit.words import DETAILS, in_words
from gongkai.web.house.actor import Actor
from gongkai.web.house.events import Subject, record

ACTIONS = sorted(Path(gongkai.web.__file__).parent.glob("*/actions/*.py"))


def keys_of(path):
    """The constant keys of what `details` gives in a module of a verb."""
    tree = ast.parse(path.read_text("utf-8"))
    return {
        key.value
        for method in ast.walk(tree) if isinstance(method, ast.FunctionDef) and method.name == "details"
        for found in ast.walk(method) if isinstance(found, ast.Dict)
        for key in found.keys if isinstance(key, ast.Constant)
    }  # fmt: skip


def test_every_fact_a_verb_keeps_has_a_name():
    found = {path.name: keys_of(path) for path in ACTIONS}
    assert sum(map(len, found.values())) > 80
    assert {name: keys - set(DETAILS) for name, keys in found.items() if keys - set(DETAILS)} == {}


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("steps", ["初审（unit）", "审签"], "初审（unit）、审签"), ("counts", {"废止": 2, "继续有效": 5}, "废止：2；继续有效：5"), ("passed_over", [], "无"),
        ("kept", True, "是"), ("kept", False, "否"), ("next_on", None, "无"), ("attribute", "on_request", "依申请公开"),
        ("withheld_under", "process_info", "讨论记录、过程稿、磋商信函、请示报告等过程性信息"), ("channel", "wechat", "微信"), ("changed", ["title", "art20"], "标题、法定主动公开内容"),
        ("changed", {"theme": "budget"}, "主题分类：budget"), ("basis", "proactive", "proactive"),
    ],
)  # fmt: skip
def test_values_in_words(key, value, words):
    assert in_words(key, value) == words


def test_the_log_is_searched_by_organ(town, sign_in):
    record(Actor.operator(), "organs.rename", Subject.of(town.water, organ_id=town.water.pk), details={"to": "甲局"})
    admin = sign_in("shi")
    page = admin.get("/staff/audit?organ=lh-shuiwu&verb=organs.rename").content.decode()
    assert "没有符合条件的记录" not in page
    assert "没有符合条件的记录" in admin.get("/staff/audit?organ=dp-nongye&verb=organs.rename").content.decode()
    assert "没有符合条件的记录" not in admin.get("/staff/audit?organ=linhe&verb=organs.rename").content.decode()
    number = AuditEvent.objects.get(verb="organs.rename").number
    assert "甲局" in admin.get(f"/staff/audit/{number}").content.decode()
