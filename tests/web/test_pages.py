"""Every page answers, for whom it is meant, and refuses the others."""

from __future__ import annotations

import pytest

PUBLIC = ["/organs/", "/organs/lh-shuiwu/", "/account/login", "/health/live", "/health/ready"]
ADMIN = [
    "/staff/home", "/staff/account", "/staff/organs", "/staff/organs?q=水务", "/staff/organs?office=lacking",
    "/staff/organs/lh-shuiwu", "/staff/organs/lh-shuiwu/create", "/staff/organs/lh-shuiwu/revise",
    "/staff/organs/lh-shuiwu/office", "/staff/organs/lh-shuiwu/rename", "/staff/organs/lh-shuiwu/move",
    "/staff/organs/lh-shuiwu/close", "/staff/organs/lh-shuiwu/staff", "/staff/organs/lh-shuiwu/appoint",
    "/staff/organs-import", "/staff/people/fan", "/staff/audit", "/staff/audit/1",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public_page_opens(town, client, address):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ADMIN)
def test_staff_page_opens_for_the_administrator(sign_in, address):
    assert sign_in("shi").get(address).status_code == 200


@pytest.mark.parametrize("address", ADMIN)
def test_staff_page_is_closed_to_the_public(town, client, address):
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login")
