"""Items from a site's pages: a server of our own on the loopback, and every way a page can stay out."""

from __future__ import annotations

import contextlib
import gzip
import socket
import threading
import time

import pytest
from django.core.management import CommandError, call_command

from gongkai.web.audit.chain import verify
from gongkai.web.bringing_in.models import PageState, SitePage
from gongkai.web.bringing_in.site import addresses, guard
from gongkai.web.bringing_in.site import crawl as crawling
from gongkai.web.bringing_in.site.guard import CannotFetch, Guard
from gongkai.web.bringing_in.site.manners import Guest
from gongkai.web.bringing_in.site.page import CannotUse, read_page
from gongkai.web.catalogue.models import Attachment, Item, OldAddress, Stage

from .served import ARTICLE


@pytest.fixture
def run(site, town, tmp_path, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "kept"},
        },
    }

    def go(*paths, fails=False, **more):
        listing = tmp_path / "list.txt"
        listing.write_text("\n".join(site.url(path) for path in paths), "utf-8")
        options = {
            "organ": "lh-shuiwu",
            "source": "旧站",
            "allow_host": [site.host],
            "seconds": 0,
            "list": listing,
            **more,
        }
        if fails:
            with pytest.raises(CommandError):
                call_command("bring_in", "site", **options)
        else:
            call_command("bring_in", "site", **options)
        return {page.address.removeprefix(f"http://{site.host}"): page for page in SitePage.objects.all()}

    return go


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_an_article_with_its_files(site, run, charset):
    site.article(charset=charset)
    page = run("/zwgk/2023/t1.html", publish=True, kind="其他政策文件")["/zwgk/2023/t1.html"]
    assert page.state == PageState.DONE
    item = Item.objects.get()
    assert page.item == item
    assert (item.title, item.index_number, item.document_number) == (
        "关于做好春灌工作的通知",
        "SW/2023-00017",
        "临水发〔2023〕4号",
    )
    assert (str(item.written_on), item.source, item.validity, item.stage) == (
        "2023-03-01",
        "局办公室",
        "expired",
        Stage.PUBLISHED,
    )
    assert item.published_at.isoformat() == "2023-03-02T01:30:00+00:00"
    assert sorted(item.attachments.values_list("name", flat=True)) == ["渠道图.png", "面积表.txt"]
    picture, table = (item.attachments.get(name=name) for name in ("渠道图.png", "面积表.txt"))
    assert f'src="/info/{item.number}/files/{picture.pk}"' in item.body
    assert f'href="/info/{item.number}/files/{table.pk}"' in item.body
    assert site.url("/next.html") in item.body
    assert "script" not in item.body
    assert "onclick" not in item.body
    assert OldAddress.objects.get().path == "/zwgk/2023/t1.html"
    assert not list(verify())


def test_drafts_unless_said_otherwise_and_again_changes_nothing(site, run):
    site.article()
    run("/zwgk/2023/t1.html")
    assert Item.objects.get().stage == Stage.DRAFT
    asked = len(site.asked)
    run("/zwgk/2023/t1.html")
    assert len(site.asked) == asked, "what is done is not asked for again"
    SitePage.objects.update(state=PageState.WAITING)
    assert run("/zwgk/2023/t1.html")["/zwgk/2023/t1.html"].state == PageState.SAME
    assert Item.objects.count() == 1
    assert Attachment.objects.count() == 2


def test_robots_are_obeyed(site, run):
    site.article("/open/t.html")
    site.article("/closed/t.html", number="SW/2")
    site.pages["/robots.txt"] = (200, "text/plain", b"User-agent: *\nDisallow: /closed/")
    pages = run("/open/t.html", "/closed/t.html", fails=True)
    assert pages["/open/t.html"].state == PageState.DONE
    assert "robots.txt不允许" in pages["/closed/t.html"].reason
    assert "/closed/t.html" not in site.asked


def test_robots_that_cannot_be_had_forbid_for_now(site, run):
    site.article()
    site.pages["/robots.txt"] = (503, "text/plain", b"")
    page = run("/zwgk/2023/t1.html")["/zwgk/2023/t1.html"]
    assert (page.state, Item.objects.count()) == (PageState.WAITING, 0)


def test_every_page_left_out_has_its_reason(site, run):
    site.article("/a/lost.html", number="SW/3")
    site.pages["/a/files/t1.txt"] = (404, "text/plain", b"")
    site.pages["/list.html"] = (200, "text/html", "<title>列表</title><ul><li>一</li></ul>".encode())
    site.pages["/doc.pdf"] = (200, "application/pdf", b"%PDF-1.4")
    site.pages["/away.html"] = (302, "http://127.0.0.1:1/x.html", b"")
    site.article("/b/macro.html", number="SW/4")
    site.pages["/b/files/t1.txt"] = (200, "text/plain", b"MZ\x90\x00program")
    paths = ["/a/lost.html", "/list.html", "/doc.pdf", "/away.html", "/gone.html", "/b/macro.html"]
    pages = run(*paths, fails=True)
    words = ["附件", "没有找到正文", "不是网页", "标准端口", "状态码404", "是程序"]
    for path, word in zip(paths, words, strict=True):
        assert pages[path].state == PageState.SKIPPED, path
        assert word in pages[path].reason, (path, pages[path].reason)
    assert not Item.objects.exists()
    assert not Attachment.objects.exists()


def test_a_site_that_stumbles_is_tried_again(site, run):
    site.pages["/x.html"] = (500, "text/html", b"")
    for expected in (PageState.WAITING, PageState.WAITING):
        assert run("/x.html")["/x.html"].state == expected
    assert run("/x.html", fails=True)["/x.html"].state == PageState.FAILED
    site.article("/x.html")
    assert run("/x.html", retry=True)["/x.html"].state == PageState.DONE


def test_a_run_cut_short_goes_on_where_it_was(site, run, monkeypatch):
    for number in range(4):
        site.article(f"/d{number}/t.html", number=f"SW/9-{number}", title=f"第{number}号通知")
    paths = [f"/d{number}/t.html" for number in range(4)]
    plain, calls = crawling._settle, []

    def dying(page):
        calls.append(page)
        if len(calls) == 3:
            raise KeyboardInterrupt
        plain(page)

    monkeypatch.setattr(crawling, "_settle", dying)
    with pytest.raises(KeyboardInterrupt):
        run(*paths)
    assert Item.objects.count() == 2, "the third was rolled back with its state"
    monkeypatch.undo()
    pages = run(*paths)
    assert {page.state for page in pages.values()} == {PageState.DONE}
    assert Item.objects.count() == 4


def test_sitemaps_with_maps_inside(site, run, tmp_path):
    site.article()
    ns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    inner = f"<urlset {ns}><url><loc>{site.url('/zwgk/2023/t1.html')}</loc></url></urlset>"
    outer = f"<sitemapindex {ns}><sitemap><loc>{site.url('/s1.xml.gz')}</loc></sitemap><sitemap><loc>{site.url('/s.xml')}</loc></sitemap></sitemapindex>"
    site.pages["/s1.xml.gz"] = (200, "application/gzip", gzip.compress(inner.encode()))
    site.pages["/s.xml"] = (200, "text/xml", outer.encode())
    pages = run(list=None, sitemap=site.url("/s.xml"))
    assert [page.state for page in pages.values()] == [PageState.DONE]


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("ftp://example.org/", "http"), ("http://user:pass@example.org/", "用户名"), ("http://127.0.0.1/", "公众互联网"),
        ("http://[::1]/", "公众互联网"), ("http://169.254.169.254/latest", "公众互联网"), ("http://10.0.0.8/", "公众互联网"),
        ("http://[::ffff:127.0.0.1]/", "公众互联网"), ("http://example.org:8080/", "标准端口"), ("http://2130706433/", "公众互联网"),
    ],
)  # fmt: skip
def test_nobody_reaches_into_our_network(address, word):
    with pytest.raises(CannotFetch, match=word):
        Guard().get(address)


def test_a_redirection_inwards_is_refused(site):
    site.pages["/in"] = (302, "http://127.0.0.2/secret", b"")
    with pytest.raises(CannotFetch, match="公众互联网"):
        Guard((site.host,)).get(site.url("/in"))


def test_without_tags_the_page_speaks_for_itself():
    html = (
        "<html><head><title>节水条例_水务局</title></head><body><div id='x'><p>发布时间：2020-05-06 来源：水务局</p></div>"
        "<div class='weird'><p>第一条 为了节约用水，促进可持续发展，制定本条例。</p><p>第二条 本市行政区域内适用。</p></div></body></html>"
    )
    article = read_page(html.encode(), "http://a.example/t.html")
    assert article.facts == {"title": "节水条例", "published_at": "2020-05-06", "source": "水务局"}
    assert "第二条" in article.body
    assert "发布时间" not in article.body
    with pytest.raises(CannotUse):
        read_page(b"<p></p>", "http://a.example/")


def test_a_hijacked_page_stays_out():
    spoilt = ARTICLE.replace("{charset}", "utf-8").replace(
        "请遵照执行。", "请遵照执行。</p><p>某某体育在线投注人民政府办公室"
    )
    with pytest.raises(CannotUse, match="疑似被植入"):
        read_page(spoilt.encode(), "http://a.example/t.html")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(gzip.compress(b"<urlset/>")[:-6], id="gzip cut short"),
        pytest.param(b"\x1f\x8b" + b"\xff" * 50, id="gzip head, then noise"),
        pytest.param(b"\x1f\x8b\x08\x00", id="gzip head alone"),
        pytest.param(gzip.compress(b"a"), id="gzip of no XML"),
        pytest.param(b"", id="nothing"),
        pytest.param(b"\x00", id="a zero"),
        pytest.param(b"<urlset>", id="never closed"),
        pytest.param(
            b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><urlset><url><loc>&b;</loc>", id="entity of a file"
        ),
    ],
)
def test_a_broken_sitemap_is_said_in_words(data):
    with pytest.raises(CannotFetch, match=r"[\u4e00-\u9fff]{4}"):
        list(addresses._entries(data))


def test_an_address_that_is_none_is_said_in_words():
    with pytest.raises(CannotFetch, match="网址写法有误"):
        Guest(Guard(), 0).get("http://[::1")


def test_links_and_redirections_that_are_none(site):
    article = read_page(ARTICLE.format(charset="utf-8").replace("/next.html", "http://[::1").encode(), "http://a.example/t.html")
    assert "春灌" in article.body
    site.pages["/in"] = (302, "http://[::1", b"")
    with pytest.raises(CannotFetch, match="没有连上"):
        Guard((site.host,)).get(site.url("/in"))


def test_an_address_too_long_to_keep_is_named_with_its_reason(site, run):
    pages = run("/" + "x" * 600, fails=True)
    (page,) = pages.values()
    assert (page.state, "超过500个字" in page.reason) == (PageState.SKIPPED, True)
    assert run("/" + "x" * 600, fails=True, retry=True).keys() == pages.keys()
    assert site.asked == []


@pytest.mark.parametrize("drip", ["head", "body"])
def test_an_answer_that_drips_is_left(drip, monkeypatch):
    monkeypatch.setattr(guard, "MOST_SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_dripping, args=(server, drip), daemon=True).start()
        host = f"127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(CannotFetch, match="应答过慢") as caught:
            Guard((host,)).get(f"http://{host}/")
    assert caught.value.later


def _dripping(server, drip):
    connection, _ = server.accept()
    with connection, contextlib.suppress(OSError):
        connection.recv(4096)
        connection.sendall(b"HTTP/1.1 200 OK\r\n" + (b"Content-Length: 100000\r\n\r\n" if drip == "body" else b"X-Slow: "))
        while True:
            connection.sendall(b"a")
            time.sleep(0.05)


def test_two_names_at_one_address_do_not_share_a_connection(site):
    site.pages["/robots.txt"] = (200, "text/plain", b"")
    met = Guard((site.host,))
    first, second = (met.get(site.url("/robots.txt")) for _ in range(2))
    assert first.status == second.status == 200
    assert len(set(site.peers)) == 2


@pytest.mark.parametrize(
    ("limit", "value", "words"),
    [("MOST_PAGE", 10, "网页超过"), ("MOST", 1, "附件超过1个"), ("MOST_TAKEN", 10, "附件共超过"), ("MOST_SECONDS", -1.0, "读取附件超过")],
)
def test_a_page_that_asks_for_too_much_stays_out(site, run, monkeypatch, limit, value, words):
    monkeypatch.setattr(crawling, limit, value)
    site.article()
    page = run("/zwgk/2023/t1.html", fails=True)["/zwgk/2023/t1.html"]
    assert page.state == PageState.SKIPPED
    assert words in page.reason
    assert not Item.objects.exists()


def test_a_page_whose_reading_never_ended_is_given_up(site, run):
    site.article()
    SitePage.objects.create(source="旧站", address=site.url("/zwgk/2023/t1.html"), tries=3)
    page = run(fails=True)["/zwgk/2023/t1.html"]
    assert (page.state, "3次中断" in page.reason) == (PageState.FAILED, True)
    assert site.asked == []
