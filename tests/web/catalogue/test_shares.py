"""Shares: on which channels what was published, how policies were interpreted, how much was opened."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongkai.web.catalogue.models import ChannelUse, Form, Interpretation, Item, Stage
from gongkai.web.catalogue.published import published_items
from gongkai.web.catalogue.shares import share, shares


@pytest.fixture
def year(town, at):
    """Two policies, one interpreted by a picture and a text; four items, one of them hidden."""
    policy = at(Stage.PUBLISHED, title="节水办法", kind="policy")
    at(Stage.PUBLISHED, title="供水办法", kind="normative")
    picture, text = (at(Stage.PUBLISHED, title=title, kind="interpretation") for title in ("图解", "解读"))
    hidden = at(Stage.APPROVED, title="未发布", kind="interpretation")
    for reading, form in ((picture, Form.PICTURE), (text, Form.TEXT), (hidden, Form.VIDEO)):
        Interpretation.objects.create(policy=policy, reading=reading, form=form)
    today = date(2026, 3, 2)
    for place in ("一", "二"):
        ChannelUse.objects.create(item=policy, channel="wechat", on=today, place=place)
    ChannelUse.objects.create(item=picture, channel="wechat", on=today)
    ChannelUse.objects.create(item=hidden, channel="weibo", on=today)
    return town


def test_channels_count_items_once(year):
    found = shares(published_items())
    assert found.total == 4
    by = {line.key: (line.count, line.share) for line in found.channels}
    assert by["wechat"] == (2, "50.0%")
    assert by["weibo"] == (0, "0.0%")
    assert found.elsewhere.count == 2
    ChannelUse.objects.create(item=published_items().get(title="供水办法"), channel="website", on=date(2026, 3, 3))
    assert shares(published_items()).elsewhere.count == 2


def test_interpretations_by_form_and_policies_with_one(year):
    found = shares(published_items())
    assert {line.key: line.count for line in found.forms} == {"text": 1, "picture": 1, "video": 0, "press_conference": 0, "expert": 0}
    assert (found.not_text.count, found.not_text.share) == (1, "50.0%")
    assert (found.interpreted.count, found.interpreted.share) == (1, "50.0%")


def test_a_share_of_nothing_is_no_number():
    assert share(0, 0) == ""
    assert share(1, 3) == "33.3%"


def test_the_page_keeps_to_scope_and_year(year, sign_in, client):
    office = sign_in("ou")
    page = office.get("/staff/shares").content.decode()
    assert "微信" in page and "50.0%" in page
    assert "临禾市水务局" in page
    Item.objects.filter(title="供水办法").update(published_at=timezone.now() - timedelta(days=800))
    page = office.get(f"/staff/shares?year={timezone.localdate().year}").content.decode()
    assert "66.7%" in page
    assert "66.7%" not in sign_in("lin").get("/staff/shares").content.decode()
    for odd in ("year=x", "year=99999999", "organ=nobody", "organ=dp-nongye"):
        assert office.get(f"/staff/shares?{odd}").status_code == 200
    assert client.get("/staff/shares").status_code == 302
