"""Text with every spelling made one, character by character, so that offsets stay those of the original.

Traditional characters, full width, capitals and marks differ between what was published and what is typed. `fold`
keeps the length; `compact` is what phrases, titles and 文号 are compared by.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

# Letters of scripts nobody writes here, because every engine keeps letters and some drop signs.
BREAK = "\u2d57"
POINT = "\u2d66"
_BREAKS = "。！？；!?;｡\n\r\u2028\u2029\x0b\x0c\x85"
_POINT = re.compile(r"(?<=[0-9]) (?=[0-9])")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_BREAK_RUN = re.compile(f" *{BREAK}[ {BREAK}]*")


@cache
def _table() -> dict[str, str]:
    """Every character of the basic plane that folds to another one; what is no letter or digit becomes a space."""
    import opencc  # not at import: it opens its dictionaries

    han = [chr(code) for code in range(0x3400, 0xA000)] + [chr(code) for code in range(0xF900, 0xFB00)]
    simplified = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
    table = {ord(old): new for old, new in zip(han, simplified, strict=True) if old != new and len(new) == 1}
    for code in range(0x10000):
        char = chr(code)
        one = unicodedata.normalize("NFKC", char).lower()
        one = one if len(one) == 1 else char
        one = table.get(ord(one), one)
        if char in _BREAKS:
            one = BREAK
        elif unicodedata.category(one)[0] not in "LN":
            one = " "
        if one != char:
            table[code] = one
    # 〇 and its look-alikes are one digit of Chinese years; the sign for the other numbers stays what it is.
    return {chr(code): one for code, one in (table | dict.fromkeys(map(ord, "○◯"), "〇")).items()}


@cache
def _changed() -> tuple[re.Pattern[str], Callable[[re.Match[str]], str]]:
    """Most characters stay: looking for the others is five times as fast as translating all."""
    table = _table()
    ranges: list[list[int]] = []
    for code in sorted(map(ord, table)):
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    kinds = "".join(f"\\u{low:04x}-\\u{high:04x}" for low, high in ranges)
    return re.compile(f"[{kinds}]"), lambda found: table[found[0]]


def fold(text: str) -> str:
    """As long as `text`, in simplified lower-case letters and digits, spaces for signs, BREAK between sentences."""
    pattern, other = _changed()
    out = pattern.sub(other, text)
    if "." in text or "．" in text:
        out = _points(text, out)
    if _ASTRAL.search(out):
        out = _ASTRAL.sub(lambda found: found[0] if found[0].isalnum() else " ", out)
    return out


def _points(text: str, out: str) -> str:
    """Decimal points stay: 3.5 is not 35."""
    return _POINT.sub(lambda found: POINT if text[found.start()] in ".．" else " ", out)


def compact(folded: str) -> str:
    """Folded text without its spaces; one BREAK between sentences, none at the ends."""
    return _BREAK_RUN.sub(BREAK, folded).replace(" ", "").strip(BREAK)


def key(text: str) -> str:
    """What titles and 文号 are equal by: letters and digits only."""
    return fold(text).replace(" ", "").replace(BREAK, "")
