"""Published first, reviewed afterwards by another person, in a real browser and by keyboard alone."""

from __future__ import annotations

import pytest

from gongkai.web.catalogue.models import Item, Stage
from tests.web.browser.judging import faults
from tests.web.browser.test_review import CLEAN, at, five, item, press, snap, write

pytestmark = [pytest.mark.browser, pytest.mark.slow]
__all__ = ["five", "item"]


def publish_first(page, item, reason):
    at(page, item)
    press(page, "link", "应急先行发布")
    write(page, "应急理由", reason)
    press(page, "button", "应急先行发布")


def test_out_at_once_and_judged_by_another(sign_in_page, visit, item, five):
    ou = sign_in_page("ou")
    public = visit().request
    publish_first(ou, item, "主城区供水管爆裂，须立即告知停水范围")
    assert "不得通过" in ou.content()  # haste is no reason to publish an ID number
    assert faults(ou, 1280) == []
    assert public.get(f"/info/{item.number}").status == 404
    Item.objects.filter(pk=item.pk).update(body=CLEAN)
    ou.goto(f"/staff/review/{item.number}/emergency")
    write(ou, "应急理由", "主城区供水管爆裂，须立即告知停水范围")
    write(ou, "正文第2段：手机号码", "对外公布的值班手机")
    press(ou, "button", "应急先行发布")
    assert public.get(f"/info/{item.number}").status == 200

    ou.goto("/staff/review?queue=emergency")
    assert "事后审查期限" in ou.content()
    at(ou, item)
    assert ou.get_by_role("link", name="事后审查", exact=True).count() == 0  # not by who published it

    gu = sign_in_page("gu")
    gu.goto("/staff/review?queue=emergency")
    assert faults(gu, 1280) == []
    snap(gu, "emergency-worklist-1280")
    press(gu, "link", item.title)
    press(gu, "link", "事后审查", exact=True)
    assert "主城区供水管爆裂" in gu.content()
    assert faults(gu, 1280) == []
    snap(gu, "emergency-review-1280")
    gu.get_by_label("不应公开，立即撤下").focus()
    gu.keyboard.press("Space")
    write(gu, "审查意见", "停水范围有误，先撤下改正")
    press(gu, "button", "事后审查")
    item.refresh_from_db()
    assert item.stage == Stage.WITHDRAWN
    assert public.get(f"/info/{item.number}").status in (404, 410)
