"""文号 in every dress."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.web.catalogue.document_number import DocumentNumber, faults, parse

SAME = DocumentNumber("国办发", 2019, 54)


@pytest.mark.parametrize(
    "text",
    ["国办发〔2019〕54号", "国办发[2019]54号", "国办发［2019］54号", "国办发(2019)54号", "国办发（2019）54号",
     "国办发【2019】54号", "国办发﹝2019﹞54号", "国办发 〔2019〕 54 号", "国办发〔２０１９〕５４号", "国办发〔2019〕054号",
     "国办发〔2019〕第54号", "国办发〔2019年〕54号", " 国办发〔2019〕54号\n"],
)  # fmt: skip
def test_one_number_in_many_dresses(text):
    assert parse(text) == SAME
    assert str(parse(text)) == "国办发〔2019〕54号"


@pytest.mark.parametrize(
    ("text", "issuer", "year", "serial"),
    [("临政规〔2025〕6号", "临政规", 2025, 6), ("国务院令第711号", "国务院令", 0, 711),
     ("临水（办）〔2021〕3号", "临水（办）", 2021, 3), ("国办公开办函〔2021〕30号", "国办公开办函", 2021, 30),
     ("临禾市人民政府令第12号", "临禾市人民政府令", 0, 12)],
)  # fmt: skip
def test_parts(text, issuer, year, serial):
    assert parse(text) == DocumentNumber(issuer, year, serial)


@pytest.mark.parametrize(
    "text",
    ["", "号", "2019", "关于印发办法的通知", "国办发〔19〕54号", "国办发〔2019〕号", "〔2019〕54号", "国办发〔2019〕54",
     "国办发〔2019〕54号、国办发〔2019〕55号", "国办发2019 54号", "a" * 5000],
)  # fmt: skip
def test_what_is_no_number(text):
    assert parse(text) is None
    assert faults(text)


def test_a_right_number_has_no_fault():
    assert faults("国办发〔2019〕54号") == []


@pytest.mark.parametrize(
    ("text", "word"),
    [("国办发[2019]54号", "六角括号"), ("国办发〔2019〕第54号", "第"), ("国办发〔2019〕054号", "虚位"), ("国办发〔2019〕 54号", "空格")],
)
def test_faults_name_what_is_wrong_and_the_right_form(text, word):
    [found] = faults(text)
    assert word in found
    assert "国办发〔2019〕54号" in found


@given(
    issuer=st.text("国办发政规函水", min_size=1, max_size=6), year=st.integers(1949, 2099), serial=st.integers(1, 999999)
)
def test_what_is_written_reads_back(issuer, year, serial):
    number = DocumentNumber(issuer, year, serial)
    assert parse(str(number)) == number


@given(st.text(max_size=80))
def test_nothing_breaks_it(text):
    parse(text)
    faults(text)
