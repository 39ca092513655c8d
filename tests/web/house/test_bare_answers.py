"""A wrong method is answered in words, and programs get errors as JSON."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("address", ["/account/logout", "/staff/posts/1/end", "/staff/reports/1/publish"])
def test_an_address_of_an_act_opened_in_a_browser(sign_in, address):
    answer = sign_in("shi").get(address)
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "请从页面上的按钮或链接进入" in answer.content.decode()
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_a_page_is_not_posted_to(town, client):
    answer = client.post("/column/linhe/")
    assert answer.status_code == 405
    assert set(answer["Allow"].split(", ")) == {"GET", "HEAD"}
    assert "不能直接打开" in answer.content.decode()


def test_the_api_answers_in_json(town, client):
    answer = client.post("/api/items")
    assert answer.status_code == 405
    assert answer["Allow"]
    assert answer.json() == {"detail": "这个地址只能用GET读取。"}


def test_what_is_no_operation_is_told_in_json(town, client):
    for address in ("/api/nothing", "/api/items/-1", "/api/organs/a b", "/api/items/1/2"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert answer.json()["detail"].startswith("没有这个页面")
