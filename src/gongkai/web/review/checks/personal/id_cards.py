"""Citizen ID numbers (GB 11643-1999): 18 signs with a check sign, or the old 15."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from .spans import Span

# A space or hyphen between the groups does not hide a number.
_GAP = r"[ \u3000-]?"
_LONG = re.compile(
    rf"(?<![0-9A-Za-z])([1-9]\d{{5}}){_GAP}((?:18|19|20)\d{{6}}){_GAP}(\d{{3}}[0-9Xx])(?![0-9A-Za-z])"
)
_SHORT = re.compile(r"(?<![0-9A-Za-z.])([1-9]\d{5})(\d{6})(\d{3})(?![0-9A-Za-z.])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SIGNS = "10X98765432"
# The first two digits of the division codes (GB/T 2260).
PROVINCES = frozenset(["11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83"])
_CONTEXT = re.compile(r"身份|证件|证号|公民|户籍|户口")


def check_sign(first17: str) -> str:
    """The 18th sign for 17 digits."""
    return _SIGNS[sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True)) % 11]


def is_id_number(number: str) -> bool:
    """Whether these 18 signs are a citizen's number: province, a day that was, check sign."""
    if not re.fullmatch(r"[1-9]\d{16}[0-9Xx]", number) or number[:2] not in PROVINCES:
        return False
    return _day(number[6:14]) and check_sign(number[:17]) == number[17].upper()


def _day(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return date(1880, 1, 1) <= born <= date.today()  # noqa: DTZ011 - a day more or less does not matter here


def id_cards(text: str) -> Iterator[Span]:
    """Numbers of 18 signs by their checksum; of 15 only where the words around speak of an ID."""
    for match in _LONG.finditer(text):
        number = "".join(match.groups())
        if is_id_number(number):
            yield Span("id_card", match.start(), match.end(), number.upper(), "居民身份证号码")
    for match in _SHORT.finditer(text):
        around = text[max(0, match.start() - 20) : match.start()]
        if match[1][:2] in PROVINCES and _day("19" + match[2]) and _CONTEXT.search(around):
            yield Span("id_card", match.start(), match.end(), match[0], "居民身份证号码（15位）")
