"""Text without what no page, feed or paper can hold: control characters, half characters, the two non-characters.

They come from pasting out of Word or PDF (a vertical tab is Word's line break) and from attacks. XML cannot hold them
(one in a title would break a whole feed), PostgreSQL cannot hold NUL.
"""

from __future__ import annotations

import re

_SPACES = re.compile(r"[\x0b\x0c\x1c-\x1f\x85]")
_NOTHING = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ANY = re.compile(f"{_SPACES.pattern}|{_NOTHING.pattern}")


def is_plain(text: str) -> bool:
    """Whether there is nothing to take out."""
    return _ANY.search(text) is None


def plain(text: str) -> str:
    """`text` with controls that part words as spaces, and the others gone. Tab and line ends stay."""
    return text if is_plain(text) else _NOTHING.sub("", _SPACES.sub(" ", text))


def whole_number(text: str) -> int | None:
    """What `text` writes in one to nine ASCII digits, else None. “²” is a digit too, databases take no number of twenty digits,
    and Python reads none of five thousand."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
