"""A piece of personal data in a text, and its masked excerpt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_AROUND = 14
_SIGN = re.compile(r"[0-9A-Za-z\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` of the plain text."""

    check: str
    start: int
    end: int
    value: str
    message: str


def plain(text: str) -> str:
    """`text` with full-width digits and letters made ASCII, sign by sign, so that offsets stay."""
    return "".join(_one(sign) for sign in text)


def _one(sign: str) -> str:
    if "\uff01" <= sign <= "\uff5e":
        return unicodedata.normalize("NFKC", sign)
    return "-" if sign in "－—–‐‑−" else sign


def mask(value: str) -> str:
    """All but the first and the last two signs starred; short ones wholly."""
    if len(value) <= 6:
        return "*" * len(value)
    keep = 3 if len(value) > 10 else 2
    return value[:keep] + _SIGN.sub("*", value[keep:-2]) + value[-2:]


def excerpt(text: str, span: Span, others: Sequence[Span]) -> str:
    """Some words on both sides of `span`, with every span in them masked."""
    low, high = max(0, span.start - _AROUND), min(len(text), span.end + _AROUND)
    for one in others:
        # A neighbour cut in two would show its half in clear.
        if one.start < low < one.end:
            low = one.start
        if one.start < high < one.end:
            high = one.end
    pieces, at = [], low
    for one in others:
        if one.start >= low and one.end <= high:
            pieces += [text[at : one.start], mask(text[one.start : one.end])]
            at = one.end
    pieces.append(text[at:high])
    words = re.sub(r"\s+", " ", "".join(pieces)).strip()
    return f"{'…' if low else ''}{words}{'…' if high < len(text) else ''}"
