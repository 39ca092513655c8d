"""From draft to public in a real browser, by keyboard alone: five people, a return, four eyes, a leak stopped."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from gongkai.web.catalogue.actions.create_item import CreateItem
from gongkai.web.catalogue.models import Item, Stage
from gongkai.web.organs.models import Role
from tests.web.browser.judging import faults
from tests.web.support.town import person

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LEAK = "<p>各县水务局：</p><p>联系人身份证号11010519491231002X，手机13912345678。</p>"
CLEAN = "<p>各县水务局：</p><p>现将节约用水有关事项通知如下。值班手机13912345678。</p>"


@pytest.fixture
def five(real_town):
    real_town.people["xu"] = person("xu", "徐科", real_town.water, Role.SECTION_REVIEWER)
    real_town.people["mi"] = person("mi", "宓密", real_town.water, Role.SECRECY_REVIEWER)
    return real_town


@pytest.fixture
def item(five):
    values = {
        "title": "临禾市水务局关于加强节约用水管理的通知", "kind": "notice", "body": LEAK, "written_on": date(2026, 11, 2),
        "formed_on": date(2026, 11, 2), "art20": "regulations_and_normative_docs",
    }  # fmt: skip
    return CreateItem(actor=five.actor("fan"), organ=five.water, values=values).perform()


def press(page, role, name, **options):
    """Reach a control with Tab alone and press Enter, as somebody without a mouse does."""
    target = page.get_by_role(role, name=name, **options).first
    target.wait_for()
    handle = target.element_handle()
    for _ in range(150):
        page.keyboard.press("Tab")
        if handle.evaluate("one => one === document.activeElement"):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    pytest.fail(f"{name} cannot be reached with Tab")


def write(page, label, words):
    field = page.get_by_label(label).first
    field.focus()
    page.keyboard.type(words)


def snap(page, name):
    """A picture for people, where GONGKAI_SHOTS names a folder."""
    folder = os.environ.get("GONGKAI_SHOTS")
    if folder:
        page.evaluate("document.querySelectorAll('.rail details').forEach(one => one.open = true)")
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def at(page, item):
    page.goto(f"/staff/review/{item.number}")


def test_draft_to_public_through_five_people(sign_in_page, item, five):
    fan = sign_in_page("fan")
    at(fan, item)
    press(fan, "link", "提交审核")
    press(fan, "button", "提交审核")
    assert "不得通过" in fan.content()
    assert "11010519491231002X" not in fan.content()
    assert faults(fan, 1280) == []
    snap(fan, "leak-1280")
    item.refresh_from_db()
    assert item.stage == Stage.DRAFT
    Item.objects.filter(pk=item.pk).update(body=CLEAN)
    fan.goto(f"/staff/review/{item.number}/submit")
    write(fan, "正文第2段：手机号码", "对外公布的值班手机")
    press(fan, "button", "提交审核")

    xu = sign_in_page("xu")
    xu.goto("/staff/review")
    assert faults(xu, 1280) == []
    snap(xu, "worklist-1280")
    press(xu, "link", item.title)
    write(xu, "退回的原因和修改要求", "请写明施行日期")
    press(xu, "button", "退回起草人")
    fan.goto("/staff/review?queue=returned")
    press(fan, "link", item.title)
    assert "请写明施行日期" in fan.content()
    press(fan, "link", "提交审核")
    press(fan, "button", "提交审核")

    for who in ("xu", "mi", "ou"):
        page = xu if who == "xu" else sign_in_page(who)
        at(page, item)
        press(page, "button", "同意，转下一环节")
        at(page, item)
        # Who took a step holds none of the later ones.
        assert page.get_by_role("button", name="同意，转下一环节").count() == 0
    at(fan, item)
    assert fan.get_by_role("button", name="审签同意").count() == 0
    assert "不能" in fan.request.get(f"/staff/review/{item.number}/publish").text()

    gu = sign_in_page("gu")
    at(gu, item)
    assert faults(gu, 1280) == []
    snap(gu, "item-1280")
    press(gu, "button", "审签同意")
    item.refresh_from_db()
    assert item.stage == Stage.APPROVED

    at(page, item)
    press(page, "link", "发布", exact=True)
    assert faults(page, 1280) == []
    press(page, "button", "发布", exact=True)
    item.refresh_from_db()
    assert item.is_public()
    at(page, item)
    assert faults(page, 1280) == []


@pytest.mark.parametrize("width", [390, 320])
def test_the_pages_fit_a_phone(sign_in_page, item, five, width):
    fan = sign_in_page("fan", width=width, script=False)
    for address in (f"/staff/review/{item.number}/submit", f"/staff/review/{item.number}", "/staff/review"):
        fan.goto(address)
        wide = fan.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, (address, wide)
    shi = sign_in_page("shi", width=width)
    shi.goto("/staff/review/routes/lh-shuiwu")
    assert faults(shi, width) == []
    ou = sign_in_page("ou", width=width)
    ou.goto(f"/staff/review/{item.number}")
    assert faults(ou, width) == []
    snap(ou, f"item-{width}")
    ou.goto(f"/staff/review/{item.number}/emergency")
    assert faults(ou, width) == []
    ou.goto("/staff/review?queue=overdue")
    assert faults(ou, width) == []
    snap(ou, f"worklist-{width}")
