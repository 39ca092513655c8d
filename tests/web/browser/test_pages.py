"""The shells in a real browser: errors, keyboard, skip link, without script. `test_every_page.py` looks at every page."""

from __future__ import annotations

import pytest

from gongkai.web.organs.models import Organ

from .judging import faults

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WATER = "/staff/organs/lh-shuiwu"


def test_errors_take_the_focus_and_lead_to_their_fields(sign_in_page):
    page = sign_in_page("shi")
    page.goto(f"{WATER}/create")
    page.get_by_label("类别").select_option("internal")
    page.get_by_label("名称", exact=True).fill("办公室")
    page.get_by_label("代号").fill("坏 代号")
    page.get_by_role("button", name="新建").click()
    page.locator(".errors:focus").wait_for()
    assert page.title().startswith("错误：")
    page.get_by_role("link", name="代号").click()
    assert page.evaluate("document.activeElement.name") == "slug"
    assert faults(page, 1280) == []


def test_renaming_by_keyboard_alone(sign_in_page):
    page = sign_in_page("shi")
    page.goto(f"{WATER}/rename")
    page.get_by_label("新名称").focus()
    page.keyboard.type("临禾市水利局")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{WATER}")
    assert "临禾市水利局" in page.locator("h1").inner_text()
    assert Organ.objects.get(slug="lh-shuiwu").name == "临禾市水利局"


def test_the_skip_link_is_first(visit):
    page = visit()
    page.goto("/organs/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_everything_works_without_script(sign_in_page):
    page = sign_in_page("shi", script=False)
    page.goto(WATER)
    page.get_by_role("link", name="修改工作机构").click()
    page.get_by_label("联系电话").fill("0000-5550177")
    page.get_by_role("button", name="保存").click()
    assert "0000-5550177" in page.content()
    page.locator("summary", has_text="石岚").click()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/account/login")


def test_import_in_a_browser(sign_in_page, tmp_path):
    table = tmp_path / "机关.csv"
    table.write_text(
        "代号,名称,类别,上级代号,层级\nlh-jyj,临禾市教育局,机关,linhe,市级\n,缺,机关,linhe,市级\n", "utf-8"
    )
    page = sign_in_page("shi", width=390)
    page.goto("/staff/organs-import")
    page.get_by_label("机关表").set_input_files(table)
    page.get_by_role("button", name="上传并预览").click()
    assert "有1行有错，不能导入" in page.content()
    assert "缺少“代号”" in page.content()
    assert page.get_by_role("button", name="确认导入").count() == 0
    assert faults(page, 390) == []
    table.write_text("代号,名称,类别,上级代号,层级\nlh-jyj,临禾市教育局,机关,linhe,市级\n", "utf-8")
    page.goto("/staff/organs-import")
    page.get_by_label("机关表").set_input_files(table)
    page.get_by_role("button", name="上传并预览").click()
    page.get_by_role("button", name="确认导入").click()
    page.wait_for_url("**/staff/organs")
    assert "已导入：新建1个" in page.content()
