"""The staff's first page names what waits for oneself."""

from __future__ import annotations

import pytest

from gongkai.web.review.actions.return_item import ReturnToDrafter

pytestmark = pytest.mark.django_db


def test_own_steps_and_what_came_back(bureau, submitted, sign_in):
    item = submitted(title="临禾市水务局关于汛期值班的通知")
    assert item.title in sign_in("xu").get("/staff/home").content.decode()
    for other in ("mi", "fan"):
        assert item.title not in sign_in(other).get("/staff/home").content.decode()
    ReturnToDrafter(actor=bureau.actor("xu"), item=item, comment="请补充值班电话").perform()
    shown = sign_in("fan").get("/staff/home").content.decode()
    assert item.title in shown
    assert "退回修改" in shown
    assert item.title not in sign_in("xu").get("/staff/home").content.decode()
