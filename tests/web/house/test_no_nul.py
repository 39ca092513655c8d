"""U+0000 in an address or a cookie breaks no page, on PostgreSQL neither."""

from __future__ import annotations

import pytest
from django.conf import settings

PUBLIC = (
    "/search/suggest?q=%00a", "/organs/?q=%00", "/checker/?q=%00",
    "/api/items?organ=%00", "/api/items?cursor=%00&q=%00", "/info/?organ=%00&q=%00", "/%00", "/organs/%00", "/info/1/%00",
    "/organs/?q=%0%000",
)  # fmt: skip
STAFF = (
    "/staff/items?q=%00", "/staff/audit?q=%00&actor=%00&subject=%00", "/staff/organs?q=%00", "/staff/people?q=%00",
    "/staff/review?queue=%00", "/staff/entries?q=%00&organ=%00", "/staff/cleanups?organ=%00",
)  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public(town, client, address):
    assert client.get(address).status_code in {200, 400, 404}


@pytest.mark.parametrize("address", STAFF)
def test_staff(town, sign_in, address):
    assert sign_in("shi").get(address).status_code in {200, 404}


def test_cookie(town, client):
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 20 + "\x00"
    assert client.get("/staff/home").status_code == 302
    assert client.get("/").status_code == 200
