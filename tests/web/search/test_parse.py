"""The simple box and the advanced fields."""

from __future__ import annotations

import pytest

from gongkai.web.search.parse import parse
from gongkai.web.search.plan import Characters, plan, relaxed
from gongkai.web.search.query import LONGEST, Query


@pytest.mark.parametrize(
    ("typed", "chunks", "phrases", "without"),
    [
        ("供水 价格", ("供水", "价格"), (), ()),
        ("　供水　价格　", ("供水", "价格"), (), ()),
        ('"供水 价格"', (), ("供水 价格",), ()),
        ("“供水”价格", ("价格",), ("供水",), ()),
        ("「供水」", (), ("供水",), ()),
        ('"没有关上的引号', (), ("没有关上的引号",), ()),
        ("供水 -价格", ("供水",), (), ("价格",)),
        ("供水 －“居民 价格”", ("供水",), (), ("居民 价格",)),
        ("2023-2024", ("2023-2024",), (), ()),
        ("-", ("-",), (), ()),
        ("- 供水", ("-", "供水"), (), ()),
        ('""', (), (), ()),
    ],
)
def test_the_box(typed, chunks, phrases, without):
    found = parse(Query(words=typed))
    assert (found.chunks, found.phrases, found.without) == (chunks, phrases, without)


def test_a_number_is_recognised_and_nothing_else_is_wanted():
    found = parse(Query(words=" 临政办发[2024] 第 06 号 "))
    assert (found.number, found.chunks) == ("临政办发〔2024〕6号", ())


def test_the_advanced_fields():
    found = parse(Query(phrase="供水 价格", any_of="甲，乙、丙", without="丁 戊", number="临政办发"))
    assert found.phrases == ("供水 价格", "临政办发")
    assert (found.any_of, found.without) == (("甲", "乙", "丙"), ("丁", "戊"))


def test_what_is_too_long_is_cut_and_said():
    assert parse(Query(words="水" * LONGEST)).cut is False
    found = parse(Query(words="水" * (LONGEST + 1)))
    assert found.cut
    assert len(found.chunks[0]) == LONGEST


def texts(query):
    return [[part.text for part in group] for group in plan(query).groups]


def test_words_of_a_plan():
    assert texts(Query(words="老旧小区改造")) == [["老旧 小区 改造", "旧改"]]
    assert texts(Query(words="供水检漏的通知")) == [["供水"], ["检漏"], ["通知"]]
    assert texts(Query(words="供水价格的通知")) == [["供水 价格", "水价"], ["通知"]]
    assert texts(Query(words="低保 低保")) == [["低保", "最低生活保障"]]


def test_only_small_words_are_looked_for_when_there_is_nothing_else():
    assert texts(Query(words="的")) == [["的"]]
    assert texts(Query(words="如何")) == [["如何"]]


def test_signs_alone_want_nothing():
    assert plan(Query(words="《》。，")).everything


def test_a_phrase_stands_together_and_a_word_need_not():
    groups = plan(Query(words="最低生活保障标准 “最低生活保障标准”")).groups
    assert (Characters("最低生活保障标准", True),) in groups
    assert (Characters("标准"),) in groups


def test_relaxing_needs_two_words_and_happens_once():
    assert relaxed(plan(Query(words="供水"))) is None
    compound = relaxed(plan(Query(words="住房补贴")))
    assert ([group[0].text for group in compound.groups], compound.at_least) == (["住房", "补贴"], 1)
    assert {"住房", "补贴"} <= {one.word for one in compound.scored}
    assert relaxed(plan(Query(words="供水 价格"))).at_least == 1
    assert relaxed(plan(Query(words="供水 “价格听证”"))) is None  # what was quoted is wanted as it stands
    assert relaxed(plan(Query(words="供水", number="临政规〔2024〕6号"))) is None
    looser = relaxed(plan(Query(words="供水 价格 听证")))
    assert (looser.at_least, len(looser.ways())) == (2, 3)
    assert relaxed(looser) is None


def test_each_of_several_alternatives_is_relaxed():
    looser = relaxed(plan(Query(any_of="住房补贴 供水")))
    assert ({one.text for one in looser.groups[0]}, looser.at_least) == ({"住房", "补贴"}, 1)
    both = relaxed(plan(Query(any_of="住房补贴 供水价格")))
    assert {one.text for one in both.groups[0]} == {"住房", "补贴", "供水", "价格"}
    assert {one.text for one in relaxed(plan(Query(any_of="供水价格管网 补贴"))).groups[0]} == {"供水 价格", "供水 管网", "价格 管网"}
    assert {"住房", "补贴", "供水", "价格"} <= {one.word for one in both.scored}
    assert relaxed(both) is None
    assert relaxed(plan(Query(any_of="供水 补贴"))) is None
