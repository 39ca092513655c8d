"""Portal pages in a real browser: no axe violation with everything open, no sideways scrolling; by keyboard; without script."""

from __future__ import annotations

import pytest
from django.utils import timezone

from gongkai.web.catalogue.models import CatalogueEntry, Item, StandingPage
from gongkai.web.catalogue.models.standing import PageKind
from tests.web.browser.test_pages import faults

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SLUG = "/column/lh-shuiwu"


@pytest.fixture
def open_shelf(real_town):
    """A guide, a rule, a matter of the catalogue and some documents, for a server in another thread."""
    water = real_town.water
    StandingPage.objects.create(organ=water, kind=PageKind.GUIDE, title="公开指南", published=True, classification="按条例分类。")
    rule = StandingPage.objects.create(organ=water, kind=PageKind.RULE, title="审查制度", published=True, body="<p>先审查。</p>")
    entry = CatalogueEntry.objects.create(
        organ=water, field="budget", seq=1, item_level1="政策法规", content_elements="文件", carriers=[], mode_proactive=True
    )
    for number in range(25):
        item = Item.objects.create(
            organ=water, number=2026000100 + number, index_number=f"A/{number}", title=f"第{number}号节水办法", kind="normative",
            art20="plans", theme="finance", validity="in_force", stage="published", published_at=timezone.now(),
            document_number=f"临政规〔2025〕{number + 1}号", body="<p>正文。</p><table><tr><th>项目</th><td>1</td></tr></table>",
        )  # fmt: skip
        entry.items.add(item)
    month = timezone.localdate().strftime("%Y/%-m")
    paths = ("/", "/guide", "/rules", f"/rules/{rule.pk}", "/content", "/list", "/list?art20=plans&page=2", "/interpretations",
             f"/calendar/{month}", "/archive", "/catalogue", "/catalogue/budget", f"/entries/{entry.pk}", "/request")  # fmt: skip
    return ["/", *(SLUG + path for path in paths), "/column/linhe/organs", "/info/2026000100", "/info/2026000100/print", "/api/",
            "/site/map", "/site/accessibility", "/site/subscribe"]  # fmt: skip


@pytest.mark.parametrize("width", [1280, 768, 390, 320])
def test_every_page_is_accessible_and_fits(visit, open_shelf, width):
    page, report = visit(width=width), {}
    for address in open_shelf:
        page.goto(address)
        report[address] = faults(page, width)
    assert {address: found for address, found in report.items() if found} == {}


def test_from_the_first_page_to_a_document_by_keyboard_without_script(visit, open_shelf):
    page = visit(script=False)
    page.goto(f"{SLUG}/")

    def follow(name: str) -> None:
        for _ in range(120):
            page.keyboard.press("Tab")
            focused = page.locator(":focus")
            if focused.count() and name in focused.inner_text():
                with page.expect_navigation():
                    page.keyboard.press("Enter")
                return
        raise AssertionError(f"Tab never reaches {name}")

    follow("法定主动公开内容")
    assert page.url.endswith("/content")
    follow("规划计划")
    assert page.url.endswith("art20=plans")
    follow("号节水办法")
    assert "/info/2026000" in page.url
    follow("打印版")
    assert page.url.endswith("/print")
