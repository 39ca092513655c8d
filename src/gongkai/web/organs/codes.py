"""Division codes (GB/T 2260) and unified social credit codes (GB 32100-2015)."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_SHAPE = re.compile(rf"[{_SIGNS}]{{18}}")
# First two digits of the division code: provinces, autonomous regions, municipalities, Hong Kong, Macao, Taiwan.
_PROVINCES = frozenset(
    int(code)
    for code in [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
    ]
)


def check_sign(first_17: str) -> str:
    """The 18th sign of a credit code, from the first 17 (GB 32100-2015, 4.4)."""
    total = sum(_SIGNS.index(sign) * weight for sign, weight in zip(first_17, _WEIGHTS, strict=True))
    return _SIGNS[-total % 31]


def check_credit_code(code: str) -> None:
    """Raise ValidationError unless `code` has the shape and the check sign of a credit code."""
    if not _SHAPE.fullmatch(code):
        raise ValidationError(
            "统一社会信用代码“%(code)s”应为18位大写字母和数字（不含I、O、S、V、Z）。", params={"code": code}
        )
    if check_sign(code[:17]) != code[17]:
        raise ValidationError(
            "统一社会信用代码“%(code)s”的末位校验不符，请与登记证书核对。", params={"code": code}
        )


def check_division_code(code: str) -> None:
    """Raise ValidationError unless `code` is six digits of a known province."""
    if not (len(code) == 6 and code.isascii() and code.isdigit()):
        raise ValidationError("行政区划代码“%(code)s”应为6位数字。", params={"code": code})
    if int(code[:2]) not in _PROVINCES:
        raise ValidationError("行政区划代码“%(code)s”的前两位不是省级代码。", params={"code": code})
