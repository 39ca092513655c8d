"""What document pages of a column share is rendered once an edition, and is never another column's."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.template.loader_tags import BlockNode

from gongkai.web.catalogue.models import Item, Stage
from gongkai.web.portal.document_pages import AnyHost
from gongkai.web.portal.templatetags import portal as tags
from gongkai.web.portal.views import document


@pytest.fixture
def items(shelf, at):
    county = at(Stage.PUBLISHED, title="县里的办法")
    Item.objects.filter(pk=county.pk).update(organ=shelf.county_bureau)
    return [shelf.policy, county, shelf.reading]


def pages(items) -> list[str]:
    return [document.show.made_by(AnyHost(f"/info/{item.number}"), item.number).content.decode() for item in items]


def test_pages_are_as_without_it(items, monkeypatch):
    twice = [pages(items), pages(items)]
    monkeypatch.setattr(tags, "remembered", lambda name, key, make, now: make())
    assert twice == [pages(items)] * 2


def test_once_a_column_and_edition(items, shelf, monkeypatch):
    rendered, plain = [], BlockNode.super
    monkeypatch.setattr(BlockNode, "super", lambda block: rendered.append(block.name) or plain(block))
    pages(items)
    assert sorted(rendered) == ["footer", "footer", "header", "header"]
    pages(items)
    assert len(rendered) == 4
    type(shelf.water).objects.filter(pk=shelf.water.pk).update(name="改了名的水务局")
    assert "改了名的水务局" in pages(items)[0]
    assert len(rendered) == 8


def test_another_setting_is_another_part(items, settings):
    pages(items)
    settings.ENV = replace(settings.ENV, icp_record="临ICP备1号", site_phone="0000-1")
    for page in pages(items):
        footer = page.partition("<footer")[2]
        assert "临ICP备1号" in footer
        assert "0000-1" in footer
