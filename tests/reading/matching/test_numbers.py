"""What a cell prints."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.forms import Column
from gongkai.reading.matching.numbers import is_value, read_cell
from gongkai.report import State

COUNT = Column("n", "数量")
CHANGE = Column("c", "本年增/减", kind="signed")
AMOUNT = Column("a", "采购总金额", "万元", "decimal")


@pytest.mark.parametrize(("text", "value"), [
    ("12", 12), ("12①", 12), ("12*", 12), ("12[1]", 12), (" 0", 0), ("0\xa0", 0), ("１２", 12), ("1,234", 1234), ("12,345,678", 12345678), ("12件", 12), ("3 项", 3),
])  # fmt: skip
def test_counts(text: str, value: int) -> None:
    assert read_cell(text, COUNT).value == value


@pytest.mark.parametrize(("text", "value"), [
    ("+91", 91), ("-177", -177), ("−5", -5), ("(减)7", -7), ("（减）7", -7), ("减3", -3), ("增 4", 4), ("(增)2", 2), ("新增6", 6),
    ("减少12", -12), ("0/0", 0), ("0", 0), ("-0", 0), ("91", 91), ("-17.0", -17),
])  # fmt: skip
def test_changes(text: str, value: int) -> None:
    assert read_cell(text, CHANGE).value == value


@pytest.mark.parametrize(("text", "value"), [("↑11", 11), ("↓8", -8), ("↓ 8 项", -8)])
def test_changes_with_arrows(text: str, value: int) -> None:
    assert read_cell(text, CHANGE).value == value
    assert is_value("↑11")


@pytest.mark.parametrize(("text", "unit", "value"), [
    ("34435.86万元", None, "34435.86"), ("70487元", None, "7.0487"), ("20000元", None, "2"), ("1.2亿元", None, "12000"),
    ("0.092", "万元", "0.092"), ("97676.00", "元", "9.7676"), ("2.50", "万元", "2.50"), ("2.5 万元", "元", "2.5"),
    ("611.89（万元）", None, "611.89"), ("70487(元)", "万元", "7.0487"),
])  # fmt: skip
def test_amounts_are_exact(text: str, unit: str | None, value: str) -> None:
    printed = read_cell(text, AMOUNT, unit)
    assert str(printed.value) == value
    assert not printed.bare_amount


def test_an_amount_without_any_unit_is_kept_and_said() -> None:
    assert read_cell("8040", AMOUNT).value == 8040
    assert read_cell("8040", AMOUNT).bare_amount
    assert not read_cell("0", AMOUNT).bare_amount


@pytest.mark.parametrize(("text", "state"), [
    ("", State.BLANK), ("\xa0", State.BLANK), ("　", State.BLANK), ("0", State.ZERO), ("/", State.NOT_APPLICABLE),
    ("—", State.NOT_APPLICABLE), ("-", State.NOT_APPLICABLE), ("无", State.NOT_APPLICABLE), ("？", State.UNREADABLE),
    ("12.5", State.UNREADABLE), ("十二", State.UNREADABLE), ("3万元", State.UNREADABLE),
])  # fmt: skip
def test_states_stay_distinct(text: str, state: State) -> None:
    assert read_cell(text, COUNT).state is state


def test_two_numbers_in_one_cell_are_no_figure() -> None:
    printed = read_cell("12 13", COUNT)
    assert printed.state is State.UNREADABLE
    assert "12 13" in str(printed.odd)


def test_digits_broken_over_two_lines_are_joined_and_marked() -> None:
    printed = read_cell("1573\n179", COUNT)
    assert (printed.value, printed.broken) == (1573179, True)


@given(st.integers(0, 10**9))
def test_any_count_comes_back(value: int) -> None:
    for text in (str(value), f"{value:,}", f" {value}\xa0", "".join(chr(ord(c) + 0xFEE0) for c in str(value))):
        assert read_cell(text, COUNT).value == value


@given(st.decimals(min_value=0, max_value=10**8, places=2))
def test_yuan_converts_exactly(yuan: Decimal) -> None:
    value = read_cell(f"{yuan}元", AMOUNT).value
    assert isinstance(value, Decimal)
    assert value * 10000 == yuan


@given(st.text(max_size=12))
def test_no_text_breaks_a_cell(text: str) -> None:
    for column in (COUNT, CHANGE, AMOUNT):
        printed = read_cell(text, column)
        assert (printed.value is not None) == (printed.state in (State.NUMBER, State.ZERO))
    assert isinstance(is_value(text), bool)
