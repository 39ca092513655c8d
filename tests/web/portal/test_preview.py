"""Before it goes out, its own staff see the page as the public will; nobody else does, and nothing of it is kept."""

from __future__ import annotations

import pytest

from gongkai.web.catalogue.models import Stage
from tests.web.portal.conftest import dress


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.SUBMITTED, Stage.APPROVED])
def test_staff_see_the_page_to_come(shelf, at, sign_in, client, stage):
    item = dress(at(stage, title="待发布的办法", body="<p>第一条。</p>", art20="plans", document_number="临政规〔2026〕9号"))
    address = f"/staff/items/{item.number}/preview"
    staff = sign_in("ou")
    answer = staff.get(address)
    page = answer.content.decode()
    assert "第一条。" in page and "临政规〔2026〕9号" in page and item.index_number in page
    assert "这是预览" in page
    assert answer["Cache-Control"] == "private, no-store"
    assert address in staff.get(f"/staff/items/{item.number}").content.decode()
    assert client.get(address).status_code == 302
    assert sign_in("lin").get(address).status_code == 404
    assert client.get(f"/info/{item.number}").status_code == 404


def test_what_is_public_needs_no_preview(shelf, sign_in):
    staff, address = sign_in("ou"), f"/staff/items/{shelf.policy.number}/preview"
    assert address not in staff.get(f"/staff/items/{shelf.policy.number}").content.decode()
    assert "这是预览" not in staff.get(f"/info/{shelf.policy.number}").content.decode()
