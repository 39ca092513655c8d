"""Numbers with measure words: exact ones, and those that say nothing exact."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.prose.quantities import _QUANTITY, Passed, Quantity, _matches, quantities


def found(text: str) -> list[tuple[object, str]]:
    return [(q.value, q.measure) for q in quantities(text) if isinstance(q, Quantity)]


@pytest.mark.parametrize(("text", "numbers"), [
    ("收到37件", [(37, "items")]),
    ("收到1,203件", [(1203, "items")]),
    ("第一季度12,345件", [(12345, "items")]),
    ("三宗、十二件、一百零五条、二十起", [(3, "items"), (12, "items"), (105, "items"), (20, "items")]),
    ("收取2.5万元", [(25000, "money")]),
    ("收取0.092万元", [(920, "money")]),
    ("收取12.5元", [(Decimal("12.5"), "money")]),
    ("共135。", [(135, "bare")]),
    ("200余条", []), ("近1000件", []), ("超过9万次", []), ("1.2万条", []), ("37件左右", []), ("二三件", []),
    ("2020年", []), ("20个工作日", []), ("占86.92%", []), ("三安全一稳定", []), ("〔2020〕4号", []), ("参加54人次", []),
])  # fmt: skip
def test_reads(text: str, numbers: list[tuple[object, str]]) -> None:
    assert found(text) == numbers


def test_an_inexact_number_parts_its_neighbours() -> None:
    assert [type(q) for q in quantities("公开200余条、申请3件")] == [Passed, Quantity]


@given(st.integers(0, 99_999_999), st.sampled_from("件条份宗起篇次项个"))
def test_any_count_is_read_with_and_without_separators(number: int, measure: str) -> None:
    assert found(f"共{number}{measure}") == [(number, "items")]
    assert found(f"共{number:,}{measure}") == [(number, "items")]


@given(st.integers(1, 9999))
def test_chinese_numerals(number: int) -> None:
    digits, units = "零一二三四五六七八九", ("", "十", "百", "千")
    text, gap = "", False
    for place, char in enumerate(str(number)):
        unit = units[len(str(number)) - 1 - place]
        if char == "0":
            gap = True
            continue
        text += ("零" if gap else "") + digits[int(char)] + unit
        gap = False
    assert found(f"共{text}件") == [(number, "items")]


@given(st.text("12,. 一十百件条元%余约年月个工作日abc。", max_size=40))
def test_numbers_are_found_where_they_begin(text):
    assert [m.span() for m in _matches(text)] == [m.span() for m in _QUANTITY.finditer(text)]
