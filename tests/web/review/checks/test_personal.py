"""Detectors of personal data: everything valid is found, nothing that only looks like it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongkai.web.review.checks.finding import Passage
from gongkai.web.review.checks.personal import personal_data, spans_of
from gongkai.web.review.checks.personal.bank_cards import luhn
from gongkai.web.review.checks.personal.id_cards import PROVINCES, check_sign, is_id_number

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


@st.composite
def id_numbers(draw):
    place = draw(st.sampled_from(sorted(PROVINCES))) + draw(st.from_regex(r"[0-9]{4}", fullmatch=True))
    born = draw(st.dates(date(1900, 1, 1), date(2025, 12, 31)))
    first = f"{place}{born:%Y%m%d}{draw(st.integers(0, 999)):03}"
    return first + check_sign(first)


@st.composite
def cards(draw):
    digits = "62" + draw(st.from_regex(r"[0-9]{13,16}", fullmatch=True))
    last = next(str(n) for n in range(10) if luhn(digits + str(n)))
    assume(len(set(digits)) > 3)
    return digits + last


@st.composite
def credit_codes(draw):
    first = draw(st.sampled_from(["11", "12", "91", "92", "52"])) + draw(st.from_regex(r"[1-6][0-9]{5}", fullmatch=True))
    first += draw(st.text(SIGNS, min_size=9, max_size=9))
    value = (31 - sum(SIGNS.index(one) * weight for one, weight in zip(first, WEIGHTS, strict=True)) % 31) % 31
    return first + SIGNS[value]


def kinds(text):
    return {span.check for span in spans_of(text)}


words = st.sampled_from(["", "张某，", "号码：", "（", "编号", "\t", "见"])


@given(words, id_numbers(), words)
def test_every_valid_id_number_is_found_and_masked(before, number, after):
    text = f"{before}{number}{after}"
    found = list(personal_data([Passage(text)]))
    assert [one.check for one in found] == ["id_card"]
    assert number not in found[0].excerpt
    assert found[0].value == number


@given(id_numbers(), st.integers(0, 17), st.integers(1, 9))
def test_one_changed_digit_is_no_id_number(number, place, by):
    if place == 17:
        wrong = number[:17] + ("0" if number[17] != "0" else "1")
    else:
        wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    assert not is_id_number(wrong)


@given(id_numbers())
def test_widths_spaces_and_small_x_hide_nothing(number):
    wide = "".join(chr(ord(one) + 0xFEE0) for one in number)
    spaced = f"{number[:6]} {number[6:14]} {number[14:]}"
    assert kinds(wide) == kinds(spaced) == kinds(number.lower()) == {"id_card"}


@given(cards())
def test_every_unionpay_card_is_found(number):
    grouped = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
    assert kinds(f"卡号{number}。") <= {"bank_card", "id_card"}
    assert kinds(f"卡号{number}。")
    assert kinds(f"卡号{grouped}。") & {"bank_card", "id_card"}


@given(cards(), st.integers(1, 9))
def test_a_card_that_fails_luhn_is_none(number, by):
    wrong = number[:-1] + str((int(number[-1]) + by) % 10)
    assert "bank_card" not in kinds(f"卡号{wrong}。")


@given(credit_codes())
def test_credit_codes_are_no_personal_data(code):
    # A code of digits alone may be an ID number by chance too; its place and day make that rarer than one in thousands.
    assume(not is_id_number(code))
    assert "id_card" not in kinds(f"统一社会信用代码：{code}")
    assert "mobile" not in kinds(f"统一社会信用代码：{code}")
    assert "bank_card" not in kinds(f"统一社会信用代码：{code}")


@given(st.from_regex(r"[某甲乙政办发]{2,5}〔20[0-2][0-9]〕[1-9][0-9]{0,3}号", fullmatch=True))
def test_document_numbers_are_no_personal_data(text):
    assert spans_of(text) == []


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_dates_are_no_personal_data(one, other):
    text = f"{one:%Y%m%d}至{other:%Y%m%d}，{one:%Y-%m-%d}、{other:%Y年%m月%d日}，{one:%Y%m%d}{other:%H%M}"
    assert spans_of(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("联系人王某，手机13912345678", {"mobile"}),
        ("＋86 139-1234-5678", {"mobile"}),
        ("+86 139 1234 5678", {"mobile"}),
        ("家里电话0355-2345678", {"fixed_phone"}),
        ("咨询电话：0355-2345678", set()),
        ("联系电话（0355）2345678", set()),
        ("电子邮箱zhang.san@example.com", {"email"}),
        ("电子邮箱bgs@shuiwu.example.gov.cn", set()),
        ("户主：王小明，临禾市临水路7号院3栋2单元401室", {"home_address"}),
        ("现住临禾市东坡县桃李镇柳家村5组12号", {"home_address"}),
        ("办公地址：临禾市临水路7号", set()),
        ("身份证号：130503670401001", {"id_card"}),
        ("项目编号130503670401001", set()),
        ("开户银行某行，账号4111111111111111", {"bank_card"}),
        ("金额4111111111111111元", set()),
        ("流水号：13912345678", set()),
        ("投资1391234567890元", set()),
        ("2026030213912345678", set()),
        ("圆周率3.13912345678", set()),
    ],
)
def test_by_shape_and_context(text, found):
    assert kinds(text) == found


def test_a_neighbours_number_is_masked_in_the_excerpt():
    found = list(personal_data([Passage("王某13912345678，李某11010519491231002X，赵某13887654321")]))
    assert len(found) == 3
    for one in found:
        for number in ("13912345678", "11010519491231002X", "13887654321", "2345678", "7654321"):
            assert number not in one.excerpt
