"""The staff pages of the catalogue in a real browser."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gongkai.web.catalogue.models import Item, Stage
from tests.web.catalogue.furnish import furnish
from tests.web.catalogue.test_standard import official

from .judging import faults

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def items(real_town, settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        },
    }
    return furnish(real_town)


def test_drafting_attaching_and_importing(sign_in_page, items, tmp_path):
    page = sign_in_page("ou")
    page.goto("/staff/items/new")
    page.get_by_label("标题").fill("临禾市水务局关于开展节水宣传周活动的通知")
    page.get_by_label("信息类别").select_option("policy")
    page.get_by_role("button", name="保存草稿").click()
    page.locator("h1", has_text="节水宣传周").wait_for()
    (tmp_path / "方案.txt").write_text("活动方案", "utf-8")
    page.get_by_text("上传附件").click()
    page.get_by_label("文件").set_input_files(tmp_path / "方案.txt")
    page.get_by_role("button", name="上传").click()
    page.get_by_text("已上传“方案.txt”").wait_for()
    assert Item.objects.get(title__contains="宣传周").attachments.count() == 1
    (tmp_path / "目录.xlsx").write_bytes(official())
    page.goto("/staff/entries/of/lh-shuiwu/import")
    page.get_by_label("标准目录表").set_input_files(tmp_path / "目录.xlsx")
    page.get_by_role("button", name="上传并预览").click()
    page.get_by_text("无需导入").wait_for()
    assert faults(page, 1280) == []


CURSOR_IN_TABLE = """() => {
    const node = document.getSelection()?.anchorNode;
    return document.activeElement?.isContentEditable && !!(node?.nodeType === 1 ? node : node?.parentElement)?.closest("th, td");
}"""


def test_the_editor_writes_clean_text(sign_in_page, items):
    page = sign_in_page("ou")
    page.goto(f"/staff/items/{items['draft'].number}/revise")
    box = page.get_by_role("textbox", name="正文")
    box.click()
    page.keyboard.type("水质监测情况")
    page.get_by_role("button", name="标题", exact=True).click()
    assert page.get_by_role("button", name="标题", exact=True).get_attribute("aria-pressed") == "true"
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("三月水质总体良好。")
    page.get_by_role("button", name="插入表格").click()
    # The editor puts the cursor into the new table a moment later; a person sees that before typing on.
    page.wait_for_function(CURSOR_IN_TABLE)
    for word in ("河段", "断面", "水质"):
        page.keyboard.type(word)
        page.keyboard.press("Tab")
    assert faults(page, 1280) == []
    if shots := os.environ.get("GONGKAI_SHOTS"):
        page.screenshot(path=Path(shots) / "catalogue-rich-1280.png", full_page=True)
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_url(f"**/staff/items/{items['draft'].number}")
    body = Item.objects.get(pk=items["draft"].pk).body
    assert body.startswith("<h2>水质监测情况</h2>")
    assert "<p>三月水质总体良好。</p>" in body
    assert body.count("<th") == 3
    assert "style" not in body


def test_opening_and_saving_loses_nothing(sign_in_page, items):
    Item.objects.filter(pk=items["policy"].pk).update(stage=Stage.RETURNED, published_at=None)
    before = Item.objects.get(pk=items["policy"].pk).body
    page = sign_in_page("ou")
    page.goto(f"/staff/items/{items['policy'].number}/revise")
    page.get_by_role("textbox", name="正文").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("。")
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_url(f"**/staff/items/{items['policy'].number}")
    after = Item.objects.get(pk=items["policy"].pk).body
    for part in ('class="to"', 'class="sign"', "<h2>第一章", 'scope="col"', "120升", "<br>"):
        assert part in before
        assert part in after


def test_a_text_the_editor_would_lose_stays_plain(sign_in_page, items):
    Item.objects.filter(pk=items["draft"].pk).update(body="<figure><img src='/info/1/files/1' alt='图'></figure>")
    page = sign_in_page("ou")
    page.goto(f"/staff/items/{items['draft'].number}/revise")
    assert page.locator("textarea[name=body]").is_visible()
    assert page.get_by_role("toolbar").count() == 0


def test_drafting_without_script(sign_in_page, items):
    page = sign_in_page("ou", script=False)
    page.goto(f"/staff/items/{items['draft'].number}/revise")
    page.locator("textarea[name=body]").fill("<p>无脚本</p>")
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_url(f"**/staff/items/{items['draft'].number}")
    assert Item.objects.get(pk=items["draft"].pk).body == "<p>无脚本</p>"
