"""The piece table: characters by position, and where each lies in the file ([MS-DOC] 2.8.35, 2.9.38)."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from gongkai.reading.formats.doc.fib import Fib, number


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of characters stored together: positions [start, end), file offset, bytes a character, own changes."""

    start: int
    end: int
    offset: int
    width: int
    changes: bytes


@dataclass(slots=True)
class Text:
    """All characters of the document; position i of ``characters`` is character position i."""

    characters: str
    stretches: list[Stretch]

    def stretch(self, position: int) -> Stretch | None:
        """The stretch that holds a position."""
        at = bisect_right(self.stretches, position, key=lambda s: s.start) - 1
        found = self.stretches[at] if at >= 0 else None
        return found if found and position < found.end else None

    def offset(self, position: int) -> int | None:
        """Where a character lies in the WordDocument stream."""
        found = self.stretch(position)
        return None if found is None else found.offset + (position - found.start) * found.width


def read_text(main: bytes, table: bytes, fib: Fib) -> Text:
    """Raises ValueError or IndexError when the piece table is damaged."""
    changes, at, size = _changes(table, *fib.clx)
    count = (size - 4) // 12
    if count < 1 or at + size > len(table):
        raise ValueError("no piece table")
    stretches: list[Stretch] = []
    out: list[str] = []
    position = 0
    for index in range(count):
        start, end = number(table, at + 4 * index), number(table, at + 4 * index + 4)
        if start != position or end < start:
            raise ValueError("pieces out of order")
        entry = at + 4 * (count + 1) + 8 * index
        place, prm = number(table, entry + 2), number(table, entry + 6, 2)
        packed = bool(place & 0x4000_0000)
        offset, width = ((place & 0x3FFF_FFFF) // 2, 1) if packed else (place & 0x3FFF_FFFF, 2)
        raw = main[offset : offset + (end - start) * width]
        if len(raw) < (end - start) * width:
            raise ValueError("a piece past the end of the file")
        # A lone byte above 0x7F in a packed piece is code page 1252; Word stores Chinese in wide pieces only.
        # surrogatepass keeps one code unit a character, which positions count in.
        out.append(raw.decode("cp1252", "replace") if packed else _units(raw))
        stretches.append(Stretch(start, end, offset, width, _change(prm, changes)))
        position = end
    return Text("".join(out), stretches)


def _units(raw: bytes) -> str:
    """UTF-16 code units, one character each, so that positions hold; pairs are joined when text is taken out."""
    text = raw.decode("utf-16-le", "surrogatepass")
    if len(text) * 2 == len(raw):
        return text
    return "".join(chr(int.from_bytes(raw[at : at + 2], "little")) for at in range(0, len(raw), 2))


def joined(text: str) -> str:
    """Text with its surrogate pairs joined; a lone half becomes the replacement character."""
    if any("\ud800" <= char <= "\udfff" for char in text):
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _changes(table: bytes, at: int, size: int) -> tuple[list[bytes], int, int]:
    """Property changes kept before the piece table; place and size of the table itself."""
    end = min(at + size, len(table))
    found: list[bytes] = []
    while at < end and table[at] == 1:
        length = number(table, at + 1, 2)
        found.append(table[at + 3 : at + 3 + length])
        at += 3 + length
    if at >= end or table[at] != 2:
        raise ValueError("no piece table")
    return found, at + 5, number(table, at + 1)


def _change(prm: int, changes: list[bytes]) -> bytes:
    """The property changes of a piece; the short form only ever holds character looks and is passed over."""
    index = prm >> 1
    return changes[index] if prm & 1 and index < len(changes) else b""
