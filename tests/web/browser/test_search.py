"""The search as the public does it, in a real browser by keyboard alone; the new reading pages beside it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.web.catalogue.models import Attachment, ChannelUse, Item, StoredFile, TextState
from gongkai.web.search import engines
from gongkai.web.search.indexing import Indexer
from tests.web.browser.judging import faults

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TITLES = (
    ("关于调整城市供水价格的通知", "policy", "临水发〔2026〕7号", 3), ("供水价格调整政策解读", "interpretation", "", 2),
    ("城镇供水条件公告", "notice", "", 90), ("老旧小区改造补贴办法", "normative", "临政规〔2024〕6号", 700),
)  # fmt: skip


@pytest.fixture
def indexed(real_town, tmp_path, monkeypatch):
    """Some public documents, one with a table attached, in an index of this test."""
    for number, (title, kind, mark, days) in enumerate(TITLES, 1):
        item = Item.objects.create(
            organ=real_town.water, number=2026000200 + number, index_number=f"B/{number}", title=title, kind=kind, art20="plans",
            validity="in_force" if mark else "", stage="published", published_at=timezone.now() - timedelta(days=days),
            document_number=mark, body="<p>居民生活用水价格。</p>",
        )  # fmt: skip
    first = Item.objects.get(number=2026000201)
    file = StoredFile.objects.create(
        sha256="ab" * 32, size=900, type="xlsx", text="附件1\n类别\t供水价格\n居民\t3.5", text_state=TextState.DONE
    )
    Attachment.objects.create(item=first, file=file, name="水价表.xlsx", title="居民用水明细表")
    ChannelUse.objects.create(item=first, channel="wechat", on=timezone.localdate(), address="https://wx.example/1")
    made = engines.make("tantivy", tmp_path / "search")
    for module in ("searching", "suggestions"):
        monkeypatch.setattr(f"gongkai.web.search.{module}.configured", lambda: made)
    Indexer(made).rebuild()
    yield item
    made.close()


def reach(page, role, name, **options):
    """Tab until this control has the focus. A search box with suggestions is a combobox to readers of the screen."""
    target = page.locator("main input[name=q], header input[name=q]").first if role == "searchbox" else page.get_by_role(role, name=name, **options).first
    target.wait_for()
    handle = target.element_handle()
    for _ in range(150):
        if handle.evaluate("one => one === document.activeElement"):
            return target
        page.keyboard.press("Tab")
    pytest.fail(f"{name} cannot be reached with Tab")


def follow(page, role, name, **options):
    reach(page, role, name, **options)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def found(page):
    return page.locator(".hits h3").all_inner_texts()


@pytest.mark.parametrize("script", [True, False])
def test_from_a_word_to_the_table_in_an_attachment_by_keyboard(visit, indexed, script):
    page = visit(script=script)
    page.goto("/column/lh-shuiwu/")
    reach(page, "searchbox", "检索词")
    page.keyboard.type("供水价格")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert found(page)[:2] == ["关于调整城市供水价格的通知", "供水价格调整政策解读"]
    follow(page, "link", "附件1")
    assert found(page) == ["居民用水明细表"]
    follow(page, "link", "居民用水明细表")
    assert page.url.endswith("/info/2026000201#files")
    follow(page, "link", "在线阅读")
    assert page.get_by_role("cell", name="3.5").is_visible()
    follow(page, "link", "关于调整城市供水价格的通知")
    assert page.url.endswith("/info/2026000201")


def test_a_wrong_character_filters_and_the_advanced_form_by_keyboard(visit, indexed):
    page = visit()
    page.goto("/search/")
    reach(page, "searchbox", "检索词")
    page.keyboard.type("供水架格")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "没有找到“供水架格”" in page.content()
    assert found(page)[0] == "关于调整城市供水价格的通知"
    page.goto("/search/?q=供水")
    assert len(found(page)) == 4
    follow(page, "link", "一周内")
    assert len(found(page)) == 3
    follow(page, "link", "按发布日期")
    assert found(page)[0] == "供水价格调整政策解读"
    page.goto("/search/?q=供水")
    page.get_by_text("高级检索").focus()
    page.keyboard.press("Enter")
    reach(page, "textbox", "不包含")
    page.keyboard.type("公告 解读")
    follow(page, "button", "按以上条件检索")
    assert set(found(page)) == {"关于调整城市供水价格的通知", "居民用水明细表"}
    page.goto("/search/?q=" + "临政规〔2024〕6号")
    assert found(page) == ["老旧小区改造补贴办法"]


def test_suggestions_come_while_one_types(visit, indexed):
    page = visit()
    page.goto("/search/")
    reach(page, "searchbox", "检索词")
    with page.expect_response("**/search/suggest?*"):
        page.keyboard.type("老旧")
    page.wait_for_function("document.querySelector('#search-options option')?.value === '老旧小区改造补贴办法'")


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_every_page_is_accessible_and_fits(visit, sign_in_page, indexed, width):
    page, report = visit(width=width), {}
    file = Attachment.objects.get()
    for address in ("/search/", "/search/?q=供水", "/search/?q=供水架格", "/search/?q=没有的词", f"/info/2026000201/files/{file.pk}/text", "/info/2026000201"):
        page.goto(address)
        report[address] = faults(page, width)
    page = sign_in_page("ou", width=width)
    page.goto("/staff/shares")
    report["/staff/shares"] = faults(page, width)
    assert {address: found for address, found in report.items() if found} == {}
