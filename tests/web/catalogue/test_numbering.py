"""索引号 and permanent numbers."""

from __future__ import annotations

import pytest

from gongkai.web.catalogue import index_number
from gongkai.web.catalogue.actions.discard_draft import DiscardDraft
from gongkai.web.catalogue.models import Counter, Item
from gongkai.web.catalogue.numbering import number_items


@pytest.mark.parametrize(
    ("credit", "slug", "code"),
    [("11130000000014349X", "gov", "000014349"), ("", "lh-shuiwu", "LH-SHUIWU")],
)
def test_organ_code(credit, slug, code):
    assert index_number.organ_code(credit, slug) == code


def test_a_number_reads_back():
    made = index_number.IndexNumber("000014349", 2024, 318)
    assert str(made) == "000014349/2024-00318"
    assert index_number.parse(str(made)) == made
    assert index_number.parse("QH0001-0201-2025-00318") is None


@pytest.mark.parametrize(("text", "fine"), [("QH0001-0201-2025-00318", True), ("a b", False), ("<script>", False)])
def test_imported_numbers(text, fine):
    assert index_number.acceptable(text) is fine


def test_numbers_run_on_within_organ_and_year(town):
    items = [Item(organ=organ, title="甲", kind="other") for organ in (town.water, town.county_bureau, town.water)]
    number_items(items, 2026)
    assert [item.index_number for item in items] == [
        "LH-SHUIWU/2026-00001", "DP-NONGYE/2026-00001", "LH-SHUIWU/2026-00002",
    ]  # fmt: skip
    assert [item.number for item in items] == [2026000001, 2026000002, 2026000003]


def test_an_item_that_brings_its_index_number_keeps_it(town):
    item = Item(organ=town.water, title="甲", kind="other", index_number="旧01-2019-00007")
    number_items([item], 2026)
    assert item.index_number == "旧01-2019-00007"
    assert item.number == 2026000001
    assert not Counter.objects.filter(series="index:LH-SHUIWU").exists()


def test_a_discarded_number_is_not_given_again(town, draft):
    first = draft()
    DiscardDraft(actor=town.actor("fan"), item=first).perform()
    second = draft()
    assert second.number == first.number + 1
    assert second.index_number != first.index_number
