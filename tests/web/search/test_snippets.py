"""Marks and snippets: from the text as published, and nothing of it lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gongkai.web.search.plan import plan
from gongkai.web.search.query import Query
from gongkai.web.search.snippets import LENGTH, marked, needles, snippet


def marks(text, words):
    return [one.text for one in marked(text, needles(plan(Query(words=words)))) if one.marked]


def test_marks():
    assert marks("关于调整城市供水价格的通知", "供水 价格") == ["供水", "价格"]
    assert marks("關於供水價格的通知", "供水价格") == ["供水價格"]
    assert marks("供水成本和价格", "供水价格") == ["供水", "价格"]
    assert marks("临政规〔2024〕6号第八条", "临政规[2024]6号") == ["临政规〔2024〕6号"]
    assert marks("最低生活保障办法", "低保") == ["最低生活保障"]
    assert marks("ＰＭ２．５浓度", "pm2.5") == ["ＰＭ２．５"]
    assert marks("全文没有", "供水") == []
    assert marks("随便", "") == []


@given(st.text(max_size=300), st.text(max_size=20))
def test_segments_give_the_text_back(text, words):
    segments = marked(text, needles(plan(Query(words=words))))
    assert "".join(one.text for one in segments) == text


def test_the_snippet_is_cut_where_it_speaks_of_it():
    body = "第一条 为了加强管理，制定本办法。" * 30 + "居民生活用水价格每立方米三元。供水企业应当公示。" + "附则。" * 100
    found = snippet(body, needles(plan(Query(words="供水 价格"))))
    text = "".join(one.text for one in found)
    assert {one.text for one in found if one.marked} == {"供水", "价格"}
    assert text.startswith("…居民生活用水价格")
    assert text.endswith("…")
    assert len(text) <= LENGTH + 2


def test_without_a_match_it_is_the_beginning():
    assert "".join(one.text for one in snippet("甲。\n\n乙", needles(plan(Query(words="丙"))))) == "甲。 乙"
    assert snippet("", None) == ()


def test_markup_stays_text():
    found = marked("<b>供水</b><script>", needles(plan(Query(words="供水"))))
    assert [one.text for one in found] == ["<b>", "供水", "</b><script>"]


def test_a_huge_body_is_cut_fast():
    body = "供水价格" * 200_000
    assert len("".join(one.text for one in snippet(body, needles(plan(Query(words="供水"))))))  <= LENGTH + 2
