"""The search as the public uses it: forgiving, suggesting, the page, what it never shows."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from gongkai.web.audit.models import AuditEvent
from gongkai.web.catalogue.models import Item, Stage
from gongkai.web.house.actor import Actor
from gongkai.web.house.rule import Refused
from gongkai.web.organs.models import Role
from gongkai.web.search.actions.approve_word import ApproveWord
from gongkai.web.search.indexing import Indexer
from gongkai.web.search.models import ApprovedWord, SearchChange
from gongkai.web.search.query import Query
from gongkai.web.search.searching import search
from gongkai.web.search.sources.catalogue import item_documents
from gongkai.web.search.suggestions import MOST, suggest
from tests.web.support.town import person

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


def approve(text):
    return ApproveWord(actor=Actor.operator(), text=text).perform()


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


def test_what_strangers_and_staff_type_is_never_suggested(found, client, sign_in):
    """However many ask it, and though every word of it stands in public titles."""
    for visitor in [client] * 23 + [sign_in("fan"), sign_in("ou")]:
        for words in ("办法", "临禾 办法"):
            assert page(visitor, q=words).status_code == 200
    assert suggest("") == []
    assert set(suggest("办法")) == {one for one, _ in TITLES if "办法" in one}
    assert "常查" not in page(client).content.decode()


def test_approved_words_are_suggested_first_and_only_while_something_public_holds_them(found):
    approve("供水价格")
    assert suggest("供水") == ["供水价格", "关于调整城市供水价格的通知"]
    assert suggest("") == ["供水价格"]
    Item.objects.filter(title__contains="供水价格").update(stage=Stage.WITHDRAWN, withdrawn_at=timezone.now(), withdrawn_reason="有误")
    assert suggest("供水") == suggest("") == []
    found.apply()
    assert suggest("") == []


def test_an_embargoed_title_is_suggested_from_its_release_to_its_withdrawal(found, make, monkeypatch):  # noqa: F811
    """Whatever the index holds, and however much waits to be indexed: the database is asked each time."""
    item = make("萤石矿山整合方案", published_at=timezone.now() + timedelta(hours=1))
    found.engine.replace(item_documents([item]))  # as a mistaken index would have it
    monkeypatch.setattr("gongkai.web.search.searching.MOST_PENDING", 0)
    assert suggest("萤石") == []
    Item.objects.filter(pk=item.pk).update(published_at=timezone.now() - timedelta(seconds=1))
    assert suggest("萤石") == ["萤石矿山整合方案"]
    Item.objects.filter(pk=item.pk).update(stage=Stage.WITHDRAWN, withdrawn_at=timezone.now(), withdrawn_reason="有误")
    assert suggest("萤石") == []


def test_hidden_titles_take_no_place_among_the_suggested(found, make):  # noqa: F811
    for _ in range(MOST):
        make("萤石")
    make("关于萤石矿山整合的通知")
    found.apply()
    Item.objects.filter(title="萤石").update(stage=Stage.WITHDRAWN, withdrawn_at=timezone.now(), withdrawn_reason="有误")
    assert suggest("萤石") == ["关于萤石矿山整合的通知"]


def test_a_correction_is_no_word_of_something_withdrawn(found, client, monkeypatch):
    """Not even when more waits to be indexed than a search looks at."""
    monkeypatch.setattr("gongkai.web.search.searching.MOST_PENDING", 0)
    assert search(Query(words="供水架格")).corrected == "供水价格"
    Item.objects.filter(title__contains="供水价格").update(stage=Stage.WITHDRAWN, withdrawn_at=timezone.now(), withdrawn_reason="有误")
    assert search(Query(words="供水架格")).corrected == ""
    assert "供水价格" not in page(client, q="供水架格").content.decode()


@pytest.mark.parametrize("text", ["办", "办法" * 20, "量子计算机", "供水价格"])
def test_what_cannot_be_approved_says_why(found, text):
    approve("供水价格")
    with pytest.raises(Refused) as refused:
        approve(text)
    assert refused.value.refusals[0].field == "text"


def test_the_office_of_the_site_alone_approves_and_drops(found, town, sign_in):
    town.people["zhu"] = person("zhu", "朱理", town.city, Role.OGI_OFFICE)
    refused = sign_in("ou").post("/staff/search-words", {"text": "供水价格"})
    assert "核准推荐检索词需要在临禾市或其上级任“公开机构”" in refused.content.decode()
    assert suggest("") == []
    office = sign_in("zhu")
    assert "已核准“供水价格”" in office.post("/staff/search-words", {"text": " 供水价格 "}, follow=True).content.decode()
    assert suggest("") == ["供水价格"]
    pk = ApprovedWord.objects.get().pk
    assert sign_in("ou").post(f"/staff/search-words/{pk}/drop").status_code == 403
    assert "已停用“供水价格”" in office.post(f"/staff/search-words/{pk}/drop", follow=True).content.decode()
    assert suggest("") == []
    assert list(AuditEvent.objects.filter(verb__startswith="search.", outcome="done").order_by("number").values_list("verb", flat=True)) == [
        "search.approve_word", "search.drop_word",
    ]  # fmt: skip


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
