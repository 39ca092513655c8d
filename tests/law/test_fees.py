"""Fees worked by hand, the bands, the month, and broken tariff tables."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law import Charged, FeeError, charges, load_tariffs, tariff

ITEMS, PAGES = tariff("per_item", date(2026, 3, 2)), tariff("per_volume", date(2026, 3, 2))


@pytest.mark.parametrize(("items", "yuan"), [
    (0, 0), (1, 0), (10, 0), (11, 100), (30, 2000), (31, 2200), (40, 4000), (41, 4300), (45, 5500), (50, 7000),
    (51, 7400), (100, 37000),  # 2000 + 10 items each at 200, 300, 400, 500, 600, 700, 800: 2000 + 35000
])  # fmt: skip
def test_by_item(items: int, yuan: int) -> None:
    assert ITEMS.fee(items) == Decimal(yuan)


@pytest.mark.parametrize(("pages", "yuan"), [
    (0, 0), (30, 0), (31, 10), (100, 700), (101, 720), (200, 2700), (201, 2740), (250, 4700),
])  # fmt: skip
def test_by_volume(pages: int, yuan: int) -> None:
    assert PAGES.fee(pages) == Decimal(yuan)


@given(st.sampled_from([ITEMS, PAGES]), st.integers(0, 400), st.integers(0, 400))
def test_a_request_split_in_two_costs_the_same(table: object, first: int, second: int) -> None:
    assert isinstance(table, type(ITEMS))
    assert table.fee(first) + table.fee(second, before=first) == table.fee(first + second)


@given(st.integers(0, 500), st.integers(0, 100))
def test_the_lines_add_up(quantity: int, before: int) -> None:
    lines = ITEMS.lines(quantity, before)
    assert sum(x.units for x in lines) == quantity
    assert sum((x.amount for x in lines), Decimal(0)) == ITEMS.fee(quantity, before)
    assert all(x.units > 0 for x in lines)


def charged(id: str, who: str, on: date, key: str, quantity: int) -> Charged:
    return Charged(id, who, on, key, quantity)  # type: ignore[arg-type]


def test_items_add_up_per_applicant_and_calendar_month() -> None:
    found = charges([
        charged("1", "甲", date(2026, 3, 2), "per_item", 8),
        charged("2", "甲", date(2026, 3, 31), "per_item", 5),  # items 9-13: three of them past the tenth
        charged("3", "乙", date(2026, 3, 31), "per_item", 5),
        charged("4", "甲", date(2026, 4, 1), "per_item", 5),
        charged("5", "甲", date(2026, 3, 20), "per_volume", 40),  # does not add to the items of the month
    ])  # fmt: skip
    assert {c.request.id: c.amount for c in found} == {"1": 0, "5": 100, "2": 300, "3": 0, "4": 0}
    assert [c.before for c in found if c.request.id == "2"] == [8]


def test_a_request_is_charged_by_one_tariff_only() -> None:
    with pytest.raises(FeeError, match="“1”重复列入"):
        charges([charged("1", "甲", date(2026, 3, 2), "per_item", 8), charged("1", "甲", date(2026, 3, 2), "per_volume", 8)])


def test_no_fee_before_the_measures_were_in_force() -> None:
    with pytest.raises(FeeError, match="2020-12-31没有生效的信息处理费标准"):
        tariff("per_item", date(2020, 12, 31))
    assert tariff("per_item", date(2021, 1, 1)).basis.startswith("国办函〔2020〕109号")


def test_a_revised_tariff_takes_over_on_its_day() -> None:
    table = load_tariffs("""
    [[tariff]]
    key = "per_item"
    name = "旧"
    unit = "件"
    from = 2021-01-01
    to = 2026-12-31
    basis = "旧办法"
    bands = [{ upto = 10, yuan = "0" }]
    rest = "100.50"
    [[tariff]]
    key = "per_item"
    name = "新"
    unit = "件"
    from = 2027-01-01
    basis = "新办法"
    bands = [{ upto = 5, yuan = "0" }]
    rest = "50"
    """)
    assert tariff("per_item", date(2026, 12, 31), table).fee(12) == Decimal("201.00")
    assert tariff("per_item", date(2027, 1, 1), table).fee(12) == Decimal("350")


@pytest.mark.parametrize(("text", "words"), [
    ("tariff =", "格式不对"),
    ("[[tariff]]\nkey = 'per_item'", "格式不对"),
    ("[[tariff]]\nkey='per_item'\nname='甲'\nunit='件'\nfrom=2021-01-01\nbasis='乙'\nbands=[{upto=10,yuan='0'},{upto=5,yuan='1'}]\nrest='1'", "依次递增"),
    ("[[tariff]]\nkey='per_item'\nname='甲'\nunit='件'\nfrom=2021-01-01\nbasis='乙'\nbands=[{upto=10,yuan='0'}]", "末档之后"),
])  # fmt: skip
def test_broken_tables_are_refused(text: str, words: str) -> None:
    with pytest.raises(FeeError, match=words):
        load_tariffs(text)


def test_negative_quantities_are_refused() -> None:
    with pytest.raises(FeeError, match="不能为负"):
        ITEMS.fee(-1)
