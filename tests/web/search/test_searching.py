"""The search as the public uses it: forgiving, suggesting, the page, what it never shows."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from gongkai.web.catalogue.models import Item, Stage
from gongkai.web.search.indexing import Indexer
from gongkai.web.search.models import PastQuery, SearchChange
from gongkai.web.search.query import Query
from gongkai.web.search.searching import search
from gongkai.web.search.suggestions import OFTEN, Memory, may_be_kept, often, remember, suggest

from .test_engines import NASTY
from .test_indexing import engine, indexer, make  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db

TITLES = [
    ("临禾市政府信息公开申请办理规范", "依申请公开的办理程序。"),
    ("关于调整城市供水价格的通知", "居民生活用水价格。"),
    ("临禾市最低生活保障审核确认办法", "低保申请人。"),
    ("老旧小区改造补贴办法", "改造补贴标准。"),
    ("住房公积金缴存提取管理办法", "缴存比例。"),
    ("行政复议案件办理情况", "行政复议。"),
    ("义务教育阶段学校招生方案", "义务教育。"),
    ("食品安全监督抽检信息公告", "食品安全。"),
]


@pytest.fixture
def found(make, indexer):  # noqa: F811
    """The titles, indexed."""
    for title, body in TITLES:
        make(title, body=f"<p>{body}</p>", document_number="" if "补贴" not in title else "临政规〔2024〕6号")
    Indexer(indexer.engine).apply()
    return indexer


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("信息供开", "信息公开"), ("信息公井", "信息公开"), ("供水架格", "供水价格"), ("供税价格", "供水价格"),
        ("最低生活饱障", "最低生活保障"), ("公积京", "公积金"), ("小区改造卜贴", "小区改造补贴"), ("行政付议", "行政复议"),
        ("义物教育", "义务教育"), ("食品安拳", "食品安全"), ("食品安全全监督", "食品安全监督"), ("食安品全", "食品安全"),
    ],
)  # fmt: skip
def test_one_wrong_character_is_forgiven_and_told(found, typed, right):
    results = search(Query(words=typed))
    assert results.total == 1
    # A lone character beside a word that is found (公积|京) is simply let go.
    assert results.corrected == right or (results.corrected == "" and typed in {"公积京", "食品安全全监督"})


def test_correct_words_are_not_corrected(found):
    results = search(Query(words="供水价格"))
    assert (results.total, results.corrected, results.relaxed) == (1, "", False)


def test_what_cannot_be_put_right_is_not_invented(found):
    results = search(Query(words="量子计算机"))
    assert (results.total, results.corrected) == (0, "")


def test_all_but_one_word_when_nothing_has_all(found):
    results = search(Query(words="老旧小区 补贴 办法 火星基地"))
    assert results.relaxed or results.total == 0
    results = search(Query(words="补贴 办法 标准 缴存"))
    assert results.relaxed
    assert results.hits[0].document.title == "老旧小区改造补贴办法"


def test_marks_come_as_segments(found):
    hit = search(Query(words="供水价格")).hits[0]
    assert [(one.text, one.marked) for one in hit.title] == [("关于调整城市", False), ("供水价格", True), ("的通知", False)]
    data = search(Query(words="供水价格")).data()
    text, marks = data["hits"][0]["title"]["text"], data["hits"][0]["title"]["marks"]
    assert [text[a:b] for a, b in marks] == ["供水价格"]
    assert data["groups"] == [{"kind": "item", "title": "政府信息", "total": 1}]


def test_what_is_shown_is_what_is_there_now(found):
    Item.objects.filter(title__contains="供水价格").update(title="关于供水价格的新通知")
    SearchChange.objects.all().delete()
    assert search(Query(words="供水价格")).hits[0].document.title == "关于供水价格的新通知"


def test_what_the_index_holds_wrongly_is_not_shown(found):
    Item.objects.filter(title__contains="供水价格").update(stage=Stage.DRAFT, published_at=None)
    SearchChange.objects.all().delete()
    results = search(Query(words="供水价格"))
    assert (results.hits, results.total) == ((), 0)


# suggestions


def test_titles_are_suggested(found):
    assert suggest("公积金") == ["住房公积金缴存提取管理办法"]
    assert suggest("  ") == suggest("没有这个") == []


def test_titles_of_what_is_hidden_are_not_suggested(found):
    Item.objects.filter(title__contains="公积金").update(stage=Stage.WITHDRAWN, withdrawn_at=timezone.now(), withdrawn_reason="误")
    assert suggest("公积金") == []


def test_what_is_often_asked_is_suggested_first(found):
    PastQuery.objects.create(text="供水价格", times=9)
    PastQuery.objects.create(text="供水听证", times=1)
    assert suggest("供水") == ["供水价格", "关于调整城市供水价格的通知"]
    assert suggest("") == ["供水价格"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("办法 补贴", False), ("办法", True), ("临禾 办法", True), ("13900001234", False), ("张建国", False), ("办法 张建国", False),
        ("办法 110101199003071234", False), ("办法 a@b.cn", False), ("办", False), ("办法" * 20, False),
    ],
)  # fmt: skip
def test_only_words_of_public_titles_are_remembered(found, text, kept):
    assert may_be_kept(text, found.engine) is kept


def test_queries_are_counted_without_who(found, monkeypatch):
    memory = Memory()
    monkeypatch.setattr("gongkai.web.search.suggestions.memory", memory)
    for words in ("办法", "办法", "张建国", "量子计算机"):
        remember(search(Query(words=words)))
    assert PastQuery.objects.count() == 0
    memory.write()
    memory.write()
    row = PastQuery.objects.get()
    assert (row.text, row.times) == ("办法", 2)
    assert {field.name for field in PastQuery._meta.get_fields()} == {"id", "text", "times", "last_on"}


# the page


def page(client, **fields):
    return client.get("/search/?" + urlencode(fields))


def test_the_empty_page_says_how(found, client):
    answer = page(client)
    assert answer.status_code == 200
    assert "怎样检索" in answer.content.decode()


def test_results_are_on_the_page_marked_and_linked(found, client):
    text = page(client, q="供水价格").content.decode()
    item = Item.objects.get(title__contains="供水价格")
    assert f'href="/info/{item.number}"' in text
    assert "关于调整城市<mark>供水价格</mark>的通知" in text
    assert "共1条" in text
    assert '<option value="' not in text or "供水" in text


def test_a_correction_is_told_on_the_page(found, client):
    text = page(client, q="信息供开").content.decode()
    assert "没有找到“信息供开”" in text
    assert "<b>信息公开</b>" in text


def test_nothing_found_says_what_to_do(found, client):
    assert "没有找到符合条件的信息" in page(client, q="量子计算机").content.decode()


def test_filters_of_the_page(found, client, make, town):  # noqa: F811
    make("早年的办法", published_at=timezone.now() - timedelta(days=400), organ=town.county_bureau)
    found.apply()
    assert "早年的" in page(client, q="办法").content.decode()
    assert "早年的" not in page(client, q="办法", period="year").content.decode()
    assert "早年的" in page(client, organ=town.county.pk).content.decode()
    assert "共1条" in page(client, organ=town.county.pk).content.decode()
    year = timezone.localdate() - timedelta(days=390)
    assert "共1条" in page(client, until=year.isoformat()).content.decode()
    assert "共1条" in page(client, number="临政规[2024]6号").content.decode()


def test_pages_of_results(found, client, make):  # noqa: F811
    for number in range(45):
        make(f"第{number}号通告")
    found.apply()
    text = page(client, q="通告").content.decode()
    assert "第1至20条，共45条" in text
    last = unescape(page(client, q="通告", page=3).content.decode())
    assert "第41至45条，共45条" in last
    assert "?q=%E9%80%9A%E5%91%8A&page=2" in last
    for odd in ("0", "-1", "x", "999999", "99999999999999", "²"):
        assert page(client, q="通告", page=odd).status_code == 200


def test_a_wrong_condition_is_told_and_the_rest_searched(found, client):
    text = page(client, q="供水价格", since="昨天").content.decode()
    assert "错误：" in text
    assert "<mark>供水价格</mark>" in text
    text = page(client, q="供水", since="2024-02-01", until="2024-01-01").content.decode()
    assert "早于" in text


@pytest.mark.parametrize("words", [*NASTY[:-8], "的" * 3000])
def test_nothing_typed_breaks_the_page(found, client, words):
    answer = client.get("/search/", {"q": words.encode("utf-8", "replace").decode(), "without": "(", "kind": "x", "organ": "1 OR 1", "sort": "'"})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()
    assert client.get("/search/suggest", {"q": words.encode("utf-8", "replace").decode()}).status_code == 200


def test_broken_bytes_do_not_break_the_page(found, client):
    assert client.get("/search/?q=%ff%fe%00%e5%85").status_code == 200


def test_only_reading(found, client):
    assert client.post("/search/").status_code == 405


def test_without_an_index_the_page_says_so(town, client, tmp_path, monkeypatch):
    from gongkai.web.search import engines

    monkeypatch.setattr("gongkai.web.search.searching.configured", lambda: engines.make("tantivy", tmp_path / "none"))
    answer = page(client, q="供水")
    assert answer.status_code == 503
    assert "检索暂时不能使用" in answer.content.decode()


def test_what_was_asked_is_suggested_while_public_titles_hold_it_only(found, make):  # noqa: F811
    """A name that stood in notices is not suggested any more when they are withdrawn, at once."""
    for number in (1, 2):
        make(f"关于钱蓼蓝行政处罚决定的公告（{number}）")
    found.apply()
    PastQuery.objects.create(text="钱蓼蓝处罚", times=OFTEN, last_on=timezone.localdate())
    assert suggest("钱蓼", found.engine)[0] == "钱蓼蓝处罚"
    assert often(found.engine) == ["钱蓼蓝处罚"]
    Item.objects.filter(title__contains="钱蓼蓝").update(stage=Stage.WITHDRAWN, withdrawn_at=timezone.now(), withdrawn_reason="有误")
    assert suggest("钱蓼", found.engine) == []
    assert often(found.engine) == []
    found.apply()
    assert often(found.engine) == []


def test_suggestions_as_options_and_as_data(found, client):
    assert '<option value="住房公积金缴存提取管理办法">' in client.get("/search/suggest?q=公积金").content.decode()
    answer = client.get("/search/suggest?q=公积金", headers={"accept": "application/json"})
    assert answer.json() == {"suggestions": ["住房公积金缴存提取管理办法"]}


def test_staff_find_no_more_than_the_public(found, make, sign_in):  # noqa: F811
    make("起草中的办法", stage=Stage.DRAFT)
    found.apply()
    assert "起草中" not in page(sign_in("fan"), q="起草").content.decode()


def test_the_days_of_the_filter_are_chinas(found):
    today = timezone.localdate()
    assert search(Query(words="供水", since=today - timedelta(days=2), until=today)).total == 1
    assert search(Query(words="供水", since=date(2001, 1, 1), until=date(2002, 1, 1))).total == 0
