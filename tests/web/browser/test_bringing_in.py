"""Importing a table and a site in a real browser: looked at, then drafts; no accessibility violation; fits the phone."""

from __future__ import annotations

import os

import pytest
from axe_playwright_python.sync_playwright import Axe

from gongkai.web.bringing_in.models import SiteRun
from gongkai.web.catalogue.models import Item
from tests.web.bringing_in.conftest import allowed, site  # noqa: F401 - fixtures
from tests.web.bringing_in.working import work

pytestmark = [pytest.mark.browser, pytest.mark.slow]
BAD = "标题,信息类别,成文日期,备注\n春灌公告,公告公示,2024-3-1,\n,公告公示,2024-13-1,\n节水公告,没这类,,\n"
GOOD = "标题,信息类别,成文日期\n春灌公告,公告公示,2024-3-1\n节水公告,公告公示,2024-3-2\n"


def shot(page, name):
    folder = os.environ.get("GONGKAI_SHOTS")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def clean(page):
    found = Axe().run(page).response["violations"]
    assert not found, [(one["id"], one["nodes"][0]["html"]) for one in found]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [1280, 390])
def test_from_upload_to_drafts(sign_in_page, width):
    page = sign_in_page("ou", width=width)
    page.goto("/staff/bringing-in")
    clean(page)
    shot(page, f"upload-{width}")
    for text in (BAD, GOOD):
        page.goto("/staff/bringing-in")
        page.select_option("select[name=organ]", index=1)
        page.set_input_files(
            "input[name=table]", {"name": "表.csv", "mimeType": "text/csv", "buffer": text.encode()}
        )
        page.get_by_role("button", name="上传并预览").click()
        page.wait_for_url("**/staff/bringing-in/*")
        clean(page)
        shot(page, f"preview-{'bad' if text == BAD else 'good'}-{width}")
        if text == BAD:
            assert page.get_by_role("button", name="确认导入").count() == 0
            assert "缺少“标题”" in page.content()
    page.get_by_role("button", name="确认导入2条").click()
    page.wait_for_load_state()
    assert "已导入2条" in page.content()
    assert set(Item.objects.values_list("stage", flat=True)) == {"draft"}


@pytest.mark.parametrize("width", [1280, 390])
def test_a_site_from_the_list_to_the_drafts(sign_in_page, site, allowed, width):  # noqa: F811
    """Registered, looked at, started, paused, gone on with, finished; the page follows by itself."""
    for number in range(3):
        site.article(f"/d{number}/t.html", number=f"SW/9-{number}", title=f"关于做好第{number}号春灌工作的通知")
    page = sign_in_page("fan", width=width)
    page.goto("/staff/bringing-in")
    page.get_by_role("link", name="从网站导入").click()
    clean(page)
    page.get_by_role("link", name="登记网站导入").click()
    clean(page)
    shot(page, f"site-new-{width}")
    page.get_by_label("发布机构").select_option(index=1)
    page.get_by_label("网址", exact=False).first.fill("\n".join(site.url(f"/d{number}/t.html") for number in range(4)))
    page.get_by_role("button", name="登记并查看").click()
    page.get_by_text("正在查看网站：读取").wait_for()
    clean(page)
    work()
    page.get_by_role("button", name="开始导入4个网页").wait_for()  # by itself
    clean(page)
    shot(page, f"site-ready-{width}")
    page.get_by_role("button", name="开始导入4个网页").click()
    page.get_by_role("button", name="暂停").click()
    page.get_by_role("button", name="继续").wait_for()
    work()
    assert not Item.objects.exists()
    page.get_by_role("button", name="继续").click()
    page.get_by_role("button", name="暂停").wait_for()
    clean(page)
    shot(page, f"site-running-{width}")
    SiteRun.objects.update(seconds=0)
    work()
    page.get_by_role("link", name="查看临禾市水务局的草稿").wait_for()
    clean(page)
    shot(page, f"site-done-{width}")
    with page.expect_download() as found:
        page.get_by_role("link", name="CSV").click()
    assert "状态码404" in found.value.path().read_text("utf-8-sig")
    page.get_by_role("link", name="未导入").click()
    assert page.locator("#pages tbody tr").count() == 1
    page.goto("/staff/bringing-in/sites")
    clean(page)
    shot(page, f"sites-{width}")
    assert Item.objects.count() == 3


def test_a_site_without_script(sign_in_page, site, allowed):  # noqa: F811
    site.article("/d0/t.html", number="SW/9-0", title="春灌通知")
    page = sign_in_page("fan", script=False)
    page.goto("/staff/bringing-in/sites/new")
    page.get_by_label("发布机构").select_option(index=1)
    page.get_by_label("网址", exact=False).first.fill(site.url("/d0/t.html"))
    page.get_by_role("button", name="登记并查看").click()
    work()
    page.get_by_role("link", name="刷新").click()
    page.get_by_role("button", name="开始导入1个网页").click()
    SiteRun.objects.update(seconds=0)
    work()
    page.get_by_role("link", name="刷新").click()
    assert page.get_by_role("row", name="春灌通知").count() == 1
