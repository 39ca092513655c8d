"""Every page kind answers; tags, links, badges, redirects, methods."""

from __future__ import annotations

import re
from datetime import date, timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import resolve
from django.utils import timezone
from django.utils.html import escape

from gongkai.web.catalogue.models import Item
from gongkai.web.portal import urls
from gongkai.web.portal.views.document import title_lines

from .conftest import CITY, SLUG, exits


def test_every_address_answers_and_none_is_forgotten(shelf, client):
    addresses = exits(shelf)
    for address in addresses:
        expected = 404 if address == "/nowhere" else 302 if address.endswith("/calendar") else 200
        assert client.get(address).status_code == expected, address
    tried = {resolve(address.split("?")[0]).url_name for address in addresses if address != "/nowhere"}
    assert {one.name for one in urls.urlpatterns if not str(one.pattern).startswith("staff/")} <= tried


def test_what_every_page_carries(shelf, client):
    for address in exits(shelf):
        answer = client.get(address)
        if "text/html" not in answer.get("Content-Type", "") or answer.status_code == 302:
            continue
        text = answer.content.decode()
        assert text.count("<h1") == 1, address
        assert '<html lang="zh-CN">' in text
        assert 'href="#main"' in text
        assert " style=" not in text, address
        assert not re.search(r"<script(?![^>]* src=)", text)
        assert not answer.cookies
        if address != "/nowhere":
            for name in ("SiteName", "SiteDomain", "SiteIDCode"):
                assert text.count(f'<meta name="{name}"') == 1, (address, name)


def tags(text):
    return dict(re.findall(r'<meta name="([A-Z]\w+)" content="([^"]*)">', text))


def test_official_tags(shelf, client):
    assert set(tags(client.get("/").content.decode())) == {"SiteName", "SiteDomain", "SiteIDCode"}
    column = tags(client.get(f"{SLUG}/list?kind=normative").content.decode())
    assert column["ColumnName"] == "行政规范性文件"
    assert column["ColumnType"] == "政策文件"
    found = tags(client.get(f"/info/{shelf.policy.number}").content.decode())
    assert found["ArticleTitle"] == "节水办法"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", found["PubDate"])
    assert found["ContentSource"] == "临禾市水务局"
    assert found["Keywords"] == "节水,水价"
    assert found["Description"] == "正文在此。"
    assert found["Url"] == f"http://testserver/info/{shelf.policy.number}"
    assert {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType", "SiteDomain"} <= set(found)


def test_document_page(shelf, client):
    text = client.get(f"/info/{shelf.policy.number}").content.decode()
    for word in ("临政规〔2025〕3号", "2025年12月1日", "正文在此", "节水办法怎么看", "附件：节水办法", "图解", "在线查看", shelf.policy.index_number):
        assert word in text, word
    assert f"/info/{shelf.reading.number}" in text
    assert f"/info/{shelf.policy.number}" in client.get(f"/info/{shelf.reading.number}").content.decode()


def test_an_ended_document_says_so_and_by_what(shelf, client):
    Item.objects.filter(pk=shelf.policy.pk).update(
        validity="repealed", validity_from=date(2026, 1, 8), validity_by=shelf.reading
    )
    text = client.get(f"/info/{shelf.policy.number}").content.decode()
    assert re.search(r'class="ended">本文件已废止：见<a href="/info/\d+">《节水办法怎么看》</a>，自2026年1月8日起', text)
    Item.objects.filter(pk=shelf.policy.pk).update(
        validity="in_force", validity_from=None, validity_by=None, expires_on=timezone.localdate() - timedelta(days=1)
    )
    assert "本文件已失效" in client.get(f"/info/{shelf.policy.number}").content.decode()


def test_a_document_that_begins_later_than_it_is_published_says_when(shelf, client):
    out = timezone.localdate(shelf.policy.published_at)
    Item.objects.filter(pk=shelf.policy.pk).update(effective_on=out)
    assert "起施行" not in client.get(f"/info/{shelf.policy.number}").content.decode().split("</dl>")[0]
    Item.objects.filter(pk=shelf.policy.pk).update(effective_on=out + timedelta(days=1))
    facts = client.get(f"/info/{shelf.policy.number}").content.decode().split("</dl>")[0]
    assert f"{out + timedelta(days=1)}起施行" in facts


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("art20=plans", 1), ("kind=interpretation", 1), ("theme=finance", 1), ("art20=statistics", 0), ("validity=ended", 0),
        ("validity=in_force", 1), ("year=1950", 0), ("art20=plans&kind=normative", 1),
    ],
)  # fmt: skip
def test_lists_filter(shelf, client, query, found):
    assert client.get(f"/api/items?{query}").json()["items"].__len__() == found
    text = client.get(f"{SLUG}/list?{query}").content.decode()
    assert (f"共{found}条" in text) and text.count('datetime="') == found


@pytest.mark.parametrize("query", ["art20=x", "year=20", "day=2026-02-30", "month=2026-13", "validity=x", "theme=x%00", "year=0001", "year=99999"])
def test_a_condition_that_is_none_is_no_page(shelf, client, query):
    for form in ("", ".rss", ".csv"):
        assert client.get(f"{SLUG}/list{form}?{query}").status_code == 404
    assert client.get(f"/api/items?{query}").status_code == 422


def test_days_months_and_years(shelf, client):
    Item.objects.filter(pk=shelf.policy.pk).update(published_at=timezone.make_aware(timezone.datetime(2025, 12, 31, 23, 59)))
    for query, inside in (("day=2025-12-31", True), ("day=2026-01-01", False), ("month=2025-12", True), ("year=2025", True)):
        assert ("节水办法<" in client.get(f"{SLUG}/list?{query}").content.decode()) == inside, query
    assert "?day=2025-12-31" in client.get(f"{SLUG}/calendar/2025/12").content.decode()
    assert f"{SLUG}/calendar/2025/12" in client.get(f"{SLUG}/archive").content.decode()
    for wrong in ("2025/13", "2025/0", "1900/1", "2200/1"):
        assert client.get(f"{SLUG}/calendar/{wrong}").status_code == 404


def test_old_addresses_lead_to_the_item(shelf, client):
    answer = client.get(f"/zwgk/t{shelf.policy.pk}.shtml?id=7")
    assert (answer.status_code, answer["Location"]) == (301, f"/info/{shelf.policy.number}")
    assert client.post(f"/zwgk/t{shelf.policy.pk}.shtml?id=7").status_code == 404


def test_missing_pages_offer_the_search(shelf, client):
    answer = client.get("/column/nobody/")
    assert answer.status_code == 404
    assert 'role="search"' in answer.content.decode()


def test_only_reading(shelf, client):
    for address in (f"{SLUG}/", f"/info/{shelf.policy.number}", f"{SLUG}/list.csv", "/sitemap.xml", f"{SLUG}/list.rss"):
        assert client.post(address).status_code == 405


def test_root_without_any_organ_leads_to_the_directory(db, client):
    assert client.get("/").status_code == 302
    assert client.get("/nowhere").status_code == 404


def test_texts_are_escaped(shelf, client):
    Item.objects.filter(pk=shelf.policy.pk).update(title='<b>"粗"&</b>', summary="<i>", keywords="<u>")
    for address in (f"{SLUG}/", f"{SLUG}/list", f"/info/{shelf.policy.number}", f"/info/{shelf.policy.number}/print"):
        text = client.get(address).content.decode()
        assert '<b>"粗"' not in text
        assert escape('<b>"粗"&</b>') in text
    for form in ("rss", "atom"):
        assert b"<b>" not in client.get(f"{SLUG}/list.{form}").content


def test_titles_are_cut_where_official_titles_are():
    assert title_lines("望津市人民政府关于印发望津市城镇老旧小区改造管理办法的通知")[0].endswith("关于印发")
    assert title_lines("短标题") == ["短标题"]
    assert title_lines("望津市人民政府关于加强城市供水水质监督管理工作的意见")[0] == "望津市人民政府"


def test_no_link_leads_nowhere(shelf, client):
    """A crawl of every link on every page from the first."""
    seen, waiting, broken = set(), ["/"], []
    while waiting:
        address = waiting.pop()
        answer = client.get(address)
        if answer.status_code >= 400:
            broken.append((address, answer.status_code))
        if answer.status_code in {301, 302}:
            found = [answer["Location"]]
        elif "text/html" in answer.get("Content-Type", ""):
            found = re.findall(r'(?:href|action|src)="([^"]+)"', answer.content.decode())
        else:
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            found = re.findall(r"<loc>http://testserver([^<]+)</loc>", body.decode("utf-8", "replace"))
        for one in found:
            target = urlsplit(urljoin(f"http://testserver{address}", one.replace("&amp;", "&")))
            plain = target.path + (f"?{target.query}" if target.query else "")
            skipped = target.scheme == "mailto" or target.netloc != "testserver" or target.path.startswith(("/static/", "/account/", "/staff/", "/search/"))
            if not skipped and plain not in seen:
                seen.add(plain)
                waiting.append(plain)
    assert broken == []
    assert len(seen) > 100
    assert f"{CITY}/archive" in seen
