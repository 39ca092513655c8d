"""One frame around every public page, whichever room it is of; plain while there is no organ."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gongkai.web.organs.models import Office
from gongkai.web.portal.frame import frame

pytestmark = pytest.mark.django_db
PLACES = ("/search/", "/reports/", "/reports/lh-shuiwu/", "/reports/linhe/", "/checker/", "/organs/", "/organs/lh-shuiwu/")


@pytest.mark.parametrize("address", PLACES)
def test_navigation_tags_and_footer(town, client, address):
    shown = client.get(address).content.decode()
    for part in ('aria-label="政府信息公开栏目"', 'name="SiteName"', 'name="ColumnName"', "网站地图", "切换机关"):
        assert part in shown, part


def test_the_organ_whose_page_it_is(town, client, rf):
    assert '<a href="/column/lh-shuiwu/guide"' in client.get("/reports/lh-shuiwu/").content.decode()
    assert '<a href="/column/linhe/guide"' in client.get("/reports/").content.decode()
    # what is not listed has no column of its own: the nearest listed one above it
    assert frame(rf.get("/"), "年报", town.section)["organ"] == town.water


@pytest.mark.parametrize("address", ["/search/", "/reports/", "/checker/", "/organs/"])
def test_before_there_is_any_organ(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert "政府信息公开栏目" not in answer.content.decode()


@pytest.mark.parametrize("phone", ["", "0000-1234567"])
def test_an_organ_without_an_office(town, client, settings, phone):
    settings.ENV = replace(settings.ENV, site_phone=phone)
    Office.objects.filter(organ=town.water).delete()
    for address in ("/column/lh-shuiwu/", "/column/lh-shuiwu/guide", "/reports/lh-shuiwu/"):
        assert ("联系电话：0000-1234567" in client.get(address).content.decode()) == bool(phone)
