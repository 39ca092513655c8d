"""Credit codes and division codes."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from gongkai.web.organs.codes import _SIGNS, check_credit_code, check_division_code, check_sign

first_17 = st.text(_SIGNS, min_size=17, max_size=17)


def test_a_published_example():
    # The example of the standard's own text (GB 32100-2015, appendix): 91350100M000100Y43.
    check_credit_code("91350100M000100Y43")


@given(first_17)
def test_the_right_sign_passes(first):
    check_credit_code(first + check_sign(first))


@given(first_17, st.integers(0, 17), st.sampled_from(_SIGNS))
def test_one_wrong_sign_is_always_found(first, place, sign):
    right = first + check_sign(first)
    wrong = right[:place] + sign + right[place + 1 :]
    if wrong != right:
        with pytest.raises(ValidationError, match="末位校验不符"):
            check_credit_code(wrong)


@pytest.mark.parametrize(
    "code",
    ["", "123", "91350100M000100Y4", "91350100M000100I43", "９1350100M000100Y43", "91350100m000100y43"],
)
def test_wrong_shapes(code):
    with pytest.raises(ValidationError, match="18位"):
        check_credit_code(code)


@pytest.mark.parametrize("code", ["139900", "110000", "820000"])
def test_division_codes(code):
    check_division_code(code)


@pytest.mark.parametrize("code", ["13990", "1399000", "990000", "１39900", "13a900"])
def test_wrong_division_codes(code):
    with pytest.raises(ValidationError):
        check_division_code(code)
