"""The tabs of the staff header: each leads the person to a page, never to a refusal."""

from __future__ import annotations

import re

import pytest

from gongkai.web.organs.models import Role
from tests.web.support.town import person


def tabs(page):
    header = page.get("/staff/home").content.decode().split('<nav class="tabs"')[1].split("</nav>")[0]
    return re.findall(r'<a href="([^"]+)"', header)


@pytest.mark.parametrize("role", list(Role))
def test_every_tab_leads_to_a_page(town, sign_in, role):
    town.people["neu"] = person("neu", "纽一新", town.water, role)
    page = sign_in("neu")
    offered = tabs(page)
    assert "/staff/items" in offered
    assert {address: page.get(address).status_code for address in offered} == dict.fromkeys(offered, 200)


def test_a_tab_is_there_for_those_who_may_read_it(town, sign_in):
    assert "/staff/audit" in tabs(sign_in("he"))
    assert "/staff/audit" in tabs(sign_in("shi"))
    assert "/staff/pages" in tabs(sign_in("ou"))
