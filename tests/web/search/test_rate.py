"""How often one address may search: page and API together; suggestions have more."""

from __future__ import annotations

from dataclasses import replace

import pytest


@pytest.fixture
def two_a_minute(settings):
    settings.ENV = replace(settings.ENV, search_rate=2)


def test_page_and_api_count_together(two_a_minute, town, client):
    asked = ["/search/?q=a", "/api/search?q=b", "/search/?q=c", "/api/search?q=d"]
    answers = [client.get(address) for address in asked]
    assert [one.status_code == 429 for one in answers] == [False, False, True, True]
    assert "检索太频繁" in answers[2].content.decode()
    assert "每分钟最多2次" in answers[3].json()["detail"]
    assert all(1 <= int(one["Retry-After"]) <= 60 for one in answers[2:])
    assert answers[3]["Access-Control-Allow-Origin"] == "*"
    assert client.get("/search/?q=a", REMOTE_ADDR="10.9.8.7").status_code != 429
    assert client.get("/").status_code == 200


def test_suggestions_have_their_own_share(two_a_minute, town, client):
    codes = [client.get(f"/search/suggest?q={number}").status_code for number in range(11)]
    assert codes == [200] * 10 + [429]
    assert client.get("/search/?q=a").status_code != 429
