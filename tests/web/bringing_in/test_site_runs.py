"""A site brought in from the staff pages: looked at, started, paused, stopped; the same reading as on the command line."""

from __future__ import annotations

import csv
import io
import time
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from python_calamine import CalamineWorkbook

from gongkai.web.audit.chain import verify
from gongkai.web.audit.models import AuditEvent
from gongkai.web.bringing_in.actions.go_on_site import GoOnSite
from gongkai.web.bringing_in.actions.pause_site import PauseSite
from gongkai.web.bringing_in.actions.plan_site import PlanSite
from gongkai.web.bringing_in.actions.reread_site import RereadSite
from gongkai.web.bringing_in.actions.start_site import StartSite
from gongkai.web.bringing_in.actions.stop_site import NOT_READ, StopSite
from gongkai.web.bringing_in.models import PageState, RunState, SitePage, SiteRun, VisitedSite
from gongkai.web.bringing_in.site import limits, looking, slices, turns
from gongkai.web.bringing_in.site.visits import Visits
from gongkai.web.catalogue.models import Attachment, Item, Stage
from gongkai.web.house.rule import Refused
from gongkai.web.organs.models import Post

from .working import work

PATHS = [f"/d{number}/t.html" for number in range(5)]


@pytest.fixture
def articles(site):
    for number, path in enumerate(PATHS):
        site.article(path, number=f"SW/9-{number}", title=f"第{number}号通知")
    return [site.url(path) for path in PATHS]


@pytest.fixture
def plan(allowed, town):
    def go(addresses, who="fan", **more):
        run = PlanSite(actor=town.actor(who), organ=town.water, addresses=addresses, kind="other", seconds=0, **more).perform()
        work()
        run.refresh_from_db()
        return run

    return go


@pytest.fixture
def begin(plan, town):
    def go(addresses, **more):
        run = plan(addresses, **more)
        StartSite(actor=town.actor("fan"), run=run).perform()
        work()
        run.refresh_from_db()
        return run

    return go


def states(run):
    return {page.address.split("/", 3)[3]: page.state for page in run.pages.all()}


def test_looked_at_then_read_into_drafts_of_who_began(site, plan, articles, town):
    site.pages["/robots.txt"] = (200, "text/plain", b"User-agent: *\nCrawl-delay: 0.1\nDisallow: /d4/")
    run = plan(articles)
    assert run.state == RunState.READY
    assert site.asked == ["/robots.txt"], "nothing else is asked before somebody says so"
    host = run.hosts.get()
    assert (host.site, host.addresses, host.forbidden, host.rules) == (f"http://{site.host}", 5, 1, "部分网址不允许读取")
    StartSite(actor=town.actor("ou"), run=run).perform()
    work()
    run.refresh_from_db()
    assert run.state == RunState.DONE
    assert [page.state for page in run.pages.order_by("pk")] == [PageState.DONE] * 4 + [PageState.SKIPPED]
    assert "robots.txt不允许" in run.pages.get(state=PageState.SKIPPED).reason
    assert set(Item.objects.values_list("stage", "organ", "created_by__username")) == {(Stage.DRAFT, town.water.pk, "ou")}
    assert Attachment.objects.count() == 8
    titles = list(AuditEvent.objects.filter(verb__startswith="bringing_in.").order_by("number").values_list("verb", flat=True))
    assert titles == ["bringing_in.plan_site", "bringing_in.start_site", *["bringing_in.items"] * 4, "bringing_in.finish_site"]
    assert not list(verify())


def test_the_same_items_as_from_the_command_line(site, begin, articles, tmp_path):
    begin(articles[:1])
    kept = {name: value for name, value in Item.objects.values().get().items() if name not in {"id", "number", "created_at", "updated_at", "created_by_id", "body", "changed_by_id"}}
    Item.objects.all().delete()
    listing = tmp_path / "list.txt"
    listing.write_text(articles[0], "utf-8")
    call_command("bring_in", "site", organ="lh-shuiwu", source="旧站", allow_host=[site.host], seconds=0, list=listing)
    again = Item.objects.values().get()
    assert {name: again[name] for name in kept} == kept


def test_again_asks_for_nothing_and_changes_nothing(site, begin, plan, articles, town):
    begin(articles)
    asked, items = len(site.asked), set(Item.objects.values_list("pk", "updated_at"))
    run = plan(articles)
    assert set(states(run).values()) == {PageState.SAME}
    assert len(site.asked) == asked
    with pytest.raises(Refused, match="没有可读取的网页"):
        StartSite(actor=town.actor("fan"), run=run).perform()
    assert set(Item.objects.values_list("pk", "updated_at")) == items


def test_what_the_command_line_brought_in_is_known(site, plan, articles, tmp_path):
    listing = tmp_path / "list.txt"
    listing.write_text("\n".join(articles[:2]), "utf-8")
    call_command("bring_in", "site", organ="lh-shuiwu", source="旧站", allow_host=[site.host], seconds=0, list=listing)
    run = plan(articles)
    assert list(run.pages.order_by("pk").values_list("state", flat=True)) == [PageState.SAME] * 2 + [PageState.WAITING] * 3
    assert Item.objects.count() == 2


def test_a_sitemap(site, begin, articles):
    ns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    places = "".join(f"<url><loc>{one}</loc></url>" for one in articles)
    site.pages["/s.xml"] = (200, "text/xml", f"<urlset {ns}>{places}</urlset>".encode())
    run = begin(articles[:1], sitemap=site.url("/s.xml"))
    assert run.state == RunState.DONE
    assert set(states(run).values()) == {PageState.DONE}
    assert Item.objects.count() == 5


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ({}, "状态码404"),
        ({"/s.xml": (200, "text/xml", b"<urlset>")}, "不是有效的XML"),
        ({"/s.xml": (200, "text/xml", b"<urlset><url><loc>http://a.example/1</loc></url><url><loc>http://a.example/2</loc></url></urlset>")}, "站点地图过大"),
    ],
)  # fmt: skip
def test_a_sitemap_that_cannot_be_had_ends_the_look_in_words(site, plan, pages, words, monkeypatch):
    site.pages |= pages
    monkeypatch.setattr(limits, "ADDRESSES", 1)
    run = plan([], sitemap=site.url("/s.xml"))
    assert run.state == RunState.FAILED
    assert words in run.note
    assert not SitePage.objects.exists()


def test_what_will_never_be_asked_is_said_at_once(plan, articles, site):
    odd = ["ftp://a.example/x", "/zwgk/t.html", "http://user:word@a.example/", "http://a.example:8080/", "http://[::1", "http://a.example/" + "x" * 600]
    run = plan([*odd, articles[0]])
    reasons = [page.reason for page in run.pages.order_by("pk")]
    for word, reason in zip(["不是http", "不是http", "用户名", "标准端口", "写法有误", "超过500个字", ""], reasons, strict=True):
        assert word in reason
        assert bool(word) == bool(reason)
    assert [page.state for page in run.pages.order_by("pk")] == [PageState.SKIPPED] * 6 + [PageState.WAITING]


def test_nobody_reaches_into_our_network(site, begin, settings):
    from dataclasses import replace

    settings.ENV = replace(settings.ENV, import_hosts=())
    inner = ["http://127.0.0.1/x.html", "http://10.0.0.8/", "http://[::1]/", "http://169.254.169.254/latest", "http://2130706433/", "http://localhost/"]
    run = begin([*inner, site.url("/x.html")])
    assert set(run.pages.values_list("state", flat=True)) == {PageState.SKIPPED}
    assert all("公众互联网" in page.reason or "标准端口" in page.reason for page in run.pages.all())
    assert not any(host.readable for host in run.hosts.all())
    assert site.asked == []


def test_a_page_that_leads_inside_stays_out(site, begin):
    site.pages["/in.html"] = (302, "http://127.0.0.2/secret", b"")
    site.pages["/robots.txt"] = (302, "http://127.0.0.2/robots.txt", b"")
    run = begin([site.url("/in.html")])
    assert run.pages.get().state == PageState.SKIPPED
    assert "公众互联网" in run.pages.get().reason


def test_pause_go_on_stop(site, plan, articles, town, monkeypatch):
    run = plan(articles)
    StartSite(actor=town.actor("fan"), run=run).perform()
    plain = slices.read_one

    def and_then_pause(reading, guest, page):
        plain(reading, guest, page)
        if Item.objects.count() == 2:
            PauseSite(actor=town.actor("ou"), run=SiteRun.objects.get()).perform()

    monkeypatch.setattr(slices, "read_one", and_then_pause)
    work()
    run.refresh_from_db()
    assert (run.state, Item.objects.count()) == (RunState.PAUSED, 2)
    monkeypatch.setattr(slices, "read_one", plain)
    work()
    assert Item.objects.count() == 2, "nothing goes on by itself"
    GoOnSite(actor=town.actor("ou"), run=run).perform()

    def and_then_stop(reading, guest, page):
        if Item.objects.count() == 3:
            StopSite(actor=town.actor("fan"), run=SiteRun.objects.get()).perform()
        plain(reading, guest, page)

    monkeypatch.setattr(slices, "read_one", and_then_stop)
    work()
    run.refresh_from_db()
    assert run.state == RunState.STOPPED
    # The page in hand when it was stopped is not half there: it says it was not read, and there is no item of it.
    assert Item.objects.count() == 3
    assert list(run.pages.order_by("pk").values_list("state", "reason")) == [(PageState.DONE, "")] * 3 + [(PageState.SKIPPED, NOT_READ)] * 2
    with pytest.raises(Refused, match="已停止"):
        GoOnSite(actor=town.actor("fan"), run=run).perform()
    titles = {event.verb: event.actor_name for event in AuditEvent.objects.filter(verb__startswith="bringing_in.")}
    assert {titles[f"bringing_in.{verb}"] for verb in ("pause_site", "go_on_site")} == {"欧阳澈"}
    assert titles["bringing_in.stop_site"] == "范既明"


def test_a_stopped_list_registered_again_goes_on_with_the_rest(plan, begin, articles, town):
    begin(articles[:2])
    run = plan(articles)
    StopSite(actor=town.actor("fan"), run=run).perform()
    run = begin(articles)
    assert run.state == RunState.DONE
    assert Item.objects.count() == 5


def test_short_slices_hand_over_and_late_tasks_do_nothing(site, plan, articles, town, monkeypatch):
    monkeypatch.setattr(limits, "SLICE", -1.0)
    run = plan(articles)
    StartSite(actor=town.actor("fan"), run=run).perform()
    run.refresh_from_db()
    first = run.turn
    slices.read_slice(run.pk, first)
    run.refresh_from_db()
    assert run.turn == first + 1
    assert Item.objects.count() == 0
    monkeypatch.setattr(limits, "SLICE", 60.0)
    slices.read_slice(run.pk, first)
    assert Item.objects.count() == 0, "its turn is over"
    work()
    assert Item.objects.count() == 5


def test_a_site_in_trouble_is_left_in_peace(site, begin, monkeypatch, town):
    monkeypatch.setattr(limits, "STUMBLES", 3)
    for number in range(5):
        site.pages[f"/x{number}.html"] = (503, "text/html", b"")
    run = begin([site.url(f"/x{number}.html") for number in range(5)])
    assert run.state == RunState.PAUSED
    assert "连续3次" in run.note
    assert len(site.asked) == 4
    event = AuditEvent.objects.filter(verb="bringing_in.pause_site").get()
    assert event.actor_name == "系统管理命令"
    assert "连续3次" in event.facts["reason"]


def test_a_page_that_stumbled_is_asked_for_again_later(site, begin, articles, monkeypatch):
    site.pages["/x.html"] = (500, "text/html", b"")
    run = begin([site.url("/x.html"), *articles])
    assert run.state == RunState.RUNNING
    assert (run.pages.get(address=site.url("/x.html")).state, Item.objects.count()) == (PageState.WAITING, 5)
    waiting = DBTaskResult.objects.get(pk=run.task)
    assert waiting.run_after > timezone.now() + timedelta(seconds=30)
    monkeypatch.setattr(limits, "RETRY_AFTER", 0.0)
    DBTaskResult.objects.update(run_after=timezone.now())
    work()
    run.refresh_from_db()
    assert run.state == RunState.DONE
    assert run.pages.get(address=site.url("/x.html")).state == PageState.FAILED
    assert site.asked.count("/x.html") == 3


def test_after_the_site_was_mended_the_rest_is_read(site, begin, articles, town):
    run = begin([site.url("/gone.html"), *articles[:1]])
    assert run.pages.get(address=site.url("/gone.html")).state == PageState.SKIPPED
    site.article("/gone.html", number="SW/8", title="补发的通知")
    RereadSite(actor=town.actor("fan"), run=run).perform()
    work()
    run.refresh_from_db()
    assert run.state == RunState.DONE
    assert set(states(run).values()) == {PageState.DONE}
    assert site.asked.count("/d0/t.html") == 1


@pytest.mark.parametrize(("limit", "value", "words"), [("BYTES", 1, "GB"), ("TIME", timedelta(0), "天")])
def test_a_limit_asks_for_a_person(begin, articles, monkeypatch, limit, value, words):
    monkeypatch.setattr(limits, limit, value)
    run = begin(articles)
    assert run.state == RunState.PAUSED
    assert words in run.note
    assert Item.objects.count() < 5


def test_who_lost_the_post_brings_in_nothing_more(plan, articles, town):
    run = plan(articles)
    StartSite(actor=town.actor("fan"), run=run).perform()
    Post.objects.filter(user=town.people["fan"]).update(ended_on=timezone.localdate() - timedelta(days=1))
    work()
    run.refresh_from_db()
    assert run.state == RunState.PAUSED
    assert "范既明" in run.note
    assert not Item.objects.exists()


def test_a_page_we_cannot_bear_does_not_end_the_run(begin, articles, monkeypatch):
    from gongkai.web.bringing_in.site import crawl

    plain, calls = crawl.read_page, []

    def failing(*args):
        calls.append(args)
        if len(calls) == 2:
            raise RuntimeError("the parser fell over")
        return plain(*args)

    monkeypatch.setattr(crawl, "read_page", failing)
    run = begin(articles)
    assert run.state == RunState.DONE
    assert sorted(states(run).values()) == [PageState.DONE] * 4 + [PageState.FAILED]
    assert "出错" in run.pages.get(state=PageState.FAILED).reason


def test_a_run_whose_task_was_given_up_says_so_and_goes_on(plan, articles, town, sign_in):
    run = plan(articles)
    StartSite(actor=town.actor("fan"), run=run).perform()
    client = sign_in("fan")
    run.refresh_from_db()
    assert not turns.stalled(run)
    DBTaskResult.objects.filter(pk=run.task).update(status="FAILED")
    assert turns.stalled(run)
    assert turns.stalled(SiteRun(state=RunState.RUNNING, task=""))
    assert "后台任务多次中断" in client.get(run.get_absolute_url()).content.decode()
    GoOnSite(actor=town.actor("fan"), run=run).perform()
    work()
    assert Item.objects.count() == 5


def test_one_at_a_time_for_an_organ_and_not_too_much(plan, articles, town, monkeypatch):
    plan(articles)
    with pytest.raises(Refused, match="还有未结束的网站导入"):
        PlanSite(actor=town.actor("ou"), organ=town.water, addresses=articles, kind="other").perform()
    StopSite(actor=town.actor("ou"), run=SiteRun.objects.get()).perform()
    monkeypatch.setattr(limits, "ADDRESSES", 4)
    with pytest.raises(Refused, match="超过4个"):
        PlanSite(actor=town.actor("ou"), organ=town.water, addresses=articles, kind="other").perform()
    with pytest.raises(Refused, match="请粘贴网址"):
        PlanSite(actor=town.actor("ou"), organ=town.water, addresses=[], kind="other").perform()


def test_too_many_sites(plan, monkeypatch):
    monkeypatch.setattr(limits, "HOSTS", 2)
    run = plan([f"http://a{number}.example/" for number in range(3)])
    assert run.state == RunState.FAILED
    assert "3个网站" in run.note


def test_a_look_that_is_killed_again_and_again_is_given_up(allowed, town, articles):
    run = PlanSite(actor=town.actor("fan"), organ=town.water, addresses=articles, kind="other", seconds=0).perform()
    for _ in range(2):
        assert not looking.given_up(run)
        run.refresh_from_db()
    assert looking.given_up(run)
    run.refresh_from_db()
    assert (run.state, "3次中断" in run.note) == (RunState.FAILED, True)


def test_the_pause_holds_between_processes(allowed, town, site):
    first, second = Visits(), Visits()
    first.ask("http://a.example")
    assert abs(second.asked("http://a.example") - time.time()) < 5
    first.keep("http://a.example", "User-agent: *\nDisallow: /")
    assert second.robots("http://a.example").startswith("User-agent")
    VisitedSite.objects.update(robots_at=time.time() - 3601)
    assert second.robots("http://a.example") is None


# the pages


FORM = {"kind": "other", "seconds": "1"}


def post(client, town, **more):
    return client.post("/staff/bringing-in/sites/new", {"organ": town.water.pk, **FORM, **more})


def test_from_the_form_to_the_download(allowed, site, town, sign_in, articles):
    client = sign_in("fan")
    listing = SimpleUploadedFile("list.txt", f"# 旧站\n{articles[1]}\n=cmd|' /C calc'!A0\n".encode("gb18030"))
    answer = post(client, town, addresses=f"{articles[0]}\n{articles[1]}\n", listing=listing)
    run = SiteRun.objects.get()
    assert answer["Location"] == run.get_absolute_url()
    assert "正在查看" in client.get(run.get_absolute_url()).content.decode()
    work()
    text = client.get(run.get_absolute_url()).content.decode()
    assert "开始导入2个网页" in text
    assert f"http://{site.host}" in text
    assert client.post(f"{run.get_absolute_url()}/start")["Location"] == run.get_absolute_url()
    SiteRun.objects.update(seconds=0)
    work()
    text = client.get(run.get_absolute_url()).content.decode()
    assert "第0号通知" in text
    assert "不是http" in text
    rows = list(csv.reader(io.StringIO(b"".join(client.get(f"{run.get_absolute_url()}/pages.csv").streaming_content).decode("utf-8-sig"))))
    assert rows[0] == ["网址", "结果", "原因", "读取时间", "索引号", "标题"]
    assert [row[1] for row in rows[1:]] == ["已导入", "已导入", "未导入"]
    assert rows[3][0].startswith("'=cmd")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(client.get(f"{run.get_absolute_url()}/pages.xlsx").streaming_content)))
    assert [row[:2] for row in book.get_sheet_by_index(0).to_python()][1] == [articles[0], "已导入"]
    assert client.get(f"{run.get_absolute_url()}/pages.pdf").status_code == 404


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "请粘贴网址"), ({"listing": b"\x89PNG\x0d\x0a\x00\xff\xfe"}, "不是文本文件"), ({"addresses": "# 只有说明"}, "请粘贴网址"),
        ({"seconds": "0", "addresses": "http://a.example/"}, "选择"), ({"kind": "没有", "addresses": "http://a.example/"}, "选择"),
    ],
)  # fmt: skip
def test_the_form_says_what_is_missing(allowed, town, sign_in, more, words):
    files = {"listing": SimpleUploadedFile("list.txt", more["listing"])} if "listing" in more else {}
    answer = post(sign_in("fan"), town, **{**more, **files})
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not SiteRun.objects.exists()


def test_every_exit_opens_for_whom_it_should(plan, articles, town, sign_in, client):
    run = plan(articles)
    place = run.get_absolute_url()
    looks = ["", "/progress", "/pages.csv", "/pages.xlsx"]
    acts = ["start", "pause", "go-on", "stop", "reread"]
    for who in ("gu", "he", "shi", "lin"):
        other = sign_in(who)
        assert {other.get(place + one).status_code for one in looks} == {404}, who
        assert {other.post(f"{place}/{one}").status_code for one in acts} == {404}, who
        assert run.name not in other.get("/staff/bringing-in/sites").content.decode()
        assert post(other, town, addresses="http://a.example/").status_code == 200
    for one in [*(place + look for look in looks), "/staff/bringing-in/sites", "/staff/bringing-in/sites/new"]:
        assert client.get(one)["Location"].startswith("/account/login")
    for one in acts:
        assert client.post(f"{place}/{one}")["Location"].startswith("/account/login")
    run.refresh_from_db()
    assert (run.state, SiteRun.objects.count()) == (RunState.READY, 1)
    for who in ("fan", "ou"):
        one = sign_in(who)
        assert {one.get(place + look).status_code for look in looks} == {200}, who
        assert run.name in one.get("/staff/bringing-in/sites").content.decode()
    assert {one.get(f"{place}/{act}").status_code for act in acts} == {405}


def test_progress_tells_the_page_to_reload_when_it_stands_elsewhere(plan, articles, town, sign_in):
    run = plan(articles)
    client = sign_in("fan")
    assert "HX-Refresh" in client.get(f"{run.get_absolute_url()}/progress?as=looking").headers
    assert "HX-Refresh" not in client.get(f"{run.get_absolute_url()}/progress?as=ready").headers


def test_a_button_pressed_too_late_is_said_on_the_page(begin, articles, town, sign_in):
    run = begin(articles[:1])
    client = sign_in("fan")
    answer = client.post(f"{run.get_absolute_url()}/pause", follow=True)
    assert "现在已完成，不能暂停网站导入" in answer.content.decode()


def test_an_address_is_shown_as_text(plan, sign_in):
    run = plan(["http://a.example/<script>alert(1)</script>"])
    assert "<script>alert" not in sign_in("fan").get(run.get_absolute_url()).content.decode()
