"""索引号: the rule by which every item gets its number, once.

Format: organ code / year - running number, e.g. `000014349/2024-00318`. The organ code is the organisation part of the
unified social credit code (its signs 9 to 17, GB 11714); an organ without one uses its code in the platform, in
capitals. The year is that of registration, the running number counts within organ code and year and has five digits
(more when a year needs them). A number is never given twice and never changes, even when the organ is renamed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Numbers that come with imported items keep their own shape: signs that a page, a file name and a search can carry.
IMPORTED = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff/_.:〔〕\-]{2,59}")
_OWN = re.compile(r"([0-9A-Z-]{1,60})/(\d{4})-(\d{5,8})")


@dataclass(frozen=True, slots=True)
class IndexNumber:
    """A number made by the rule."""

    organ_code: str
    year: int
    running: int

    def __str__(self) -> str:
        return f"{self.organ_code}/{self.year}-{self.running:05d}"


def organ_code(credit_code: str, slug: str) -> str:
    """The organ's part: from the credit code where there is one, else from the slug."""
    return credit_code[8:17] if len(credit_code) == 18 else slug.upper()


def parse(text: str) -> IndexNumber | None:
    """The parts of a number made by this rule; None for one of another shape."""
    found = _OWN.fullmatch(text)
    return IndexNumber(found[1], int(found[2]), int(found[3])) if found else None


def acceptable(text: str) -> bool:
    """Whether an imported number can be kept as it is."""
    return IMPORTED.fullmatch(text) is not None
