"""Importing a table in a real browser: preview with faults, then drafts; no accessibility violation; fits the phone."""

from __future__ import annotations

import os

import pytest
from axe_playwright_python.sync_playwright import Axe

from gongkai.web.catalogue.models import Item

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
