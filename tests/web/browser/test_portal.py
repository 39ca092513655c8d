"""The portal in a real browser by keyboard and without script. `test_every_page.py` looks at every page."""

from __future__ import annotations

import pytest
from django.utils import timezone

from gongkai.web.catalogue.models import CatalogueEntry, Item, StandingPage
from gongkai.web.catalogue.models.standing import PageKind

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SLUG = "/column/lh-shuiwu"


@pytest.fixture
def open_shelf(real_town):
    """A guide, a rule, a matter of the catalogue and some documents, for a server in another thread."""
    water = real_town.water
    StandingPage.objects.create(organ=water, kind=PageKind.GUIDE, title="公开指南", published=True, classification="按条例分类。")
    StandingPage.objects.create(organ=water, kind=PageKind.RULE, title="审查制度", published=True, body="<p>先审查。</p>")
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
