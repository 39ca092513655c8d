"""Title, author and dates of a .doc, from its summary property set ([MS-OLEPS] 2.21).

olefile reads these too, but believes a damaged count of four billion entries and loops for as long.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from gongkai.reading.formats.doc.fib import number

_CODE_PAGE, _MOST = 1, 64
_TEXTS = {2: "title", 4: "author"}
_DATES = {12: "created", 13: "modified"}
_ENCODINGS = {65001: "utf-8", 936: "gb18030", 950: "big5", 1200: "utf-16-le"}
_EPOCH = datetime(1601, 1, 1)  # noqa: DTZ001  # FILETIME as printed, without a zone


def read_summary(stream: bytes) -> dict[str, str]:
    """What the summary says; a damaged one says less, for it is no reason to lose the report."""
    try:
        places = _places(stream)
        page = number(stream, places[_CODE_PAGE] + 4, 2) if _CODE_PAGE in places else 1252
    except IndexError:
        return {}
    meta: dict[str, str] = {}
    for key, at in places.items():
        try:
            if key in _TEXTS and number(stream, at) == 0x1E:
                size = number(stream, at + 4)
                raw = stream[at + 8 : at + 8 + min(size, 4096)]
                meta[_TEXTS[key]] = raw.decode(_ENCODINGS.get(page, f"cp{page}")).rstrip("\x00")
            elif key in _DATES and number(stream, at) == 0x40 and (ticks := number(stream, at + 4, 8)):
                meta[_DATES[key]] = (_EPOCH + timedelta(microseconds=ticks // 10)).isoformat()
        except (IndexError, LookupError, UnicodeDecodeError, OverflowError):
            continue
    return {key: text for key, text in meta.items() if text}


def _places(stream: bytes) -> dict[int, int]:
    """Where the properties of the first set lie, by their ids."""
    start = number(stream, 44)
    count = min(number(stream, start + 4), _MOST)
    return {number(stream, start + 8 + 8 * i): start + number(stream, start + 12 + 8 * i) for i in range(count)}
