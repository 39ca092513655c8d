"""Automatic numbers of a .doc: PlfLst and PlfLfo ([MS-DOC] 2.9.147, 2.9.132-2.9.136)."""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.reading.formats.doc.fib import Fib, number
from gongkai.reading.formats.numbering import Counters, Level

_FORMATS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 10: "taiwaneseCounting",
    11: "chineseCounting", 14: "decimalFullWidth", 16: "japaneseDigitalTenThousand", 17: "ideographDigital",
    18: "decimalEnclosedCircle", 19: "decimalFullWidth2", 22: "decimalZero", 23: "bullet", 26: "decimalEnclosedFullstop",
    27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese", 29: "ideographEnclosedCircle",
    30: "ideographTraditional", 31: "ideographZodiac", 33: "taiwaneseCounting", 34: "ideographLegalTraditional",
    35: "taiwaneseCountingThousand", 36: "taiwaneseDigital", 37: "chineseCounting", 38: "chineseLegalSimplified",
    39: "chineseCountingThousand", 255: "none",
}  # fmt: skip
"""Number format codes ([MS-OSHARED] MSONFC) by their ISO 29500 names."""
_SUFFIXES = ("tab", "space", "nothing")


@dataclass(slots=True)
class Lists:
    """The lists of a document; ``instances[i - 1]`` is what a paragraph's list id i counts in, and restarts."""

    counters: Counters
    instances: list[tuple[int, dict[int, int]]] = field(default_factory=list)

    def label(self, list_id: int | None, depth: int | None) -> str:
        """What a paragraph prints before its text; "" when it is not numbered."""
        if list_id is None or not 0 < list_id <= len(self.instances):
            return ""
        key, starts = self.instances[list_id - 1]
        return self.counters.label(key, depth or 0, (list_id, starts) if starts else None)


def read_lists(table: bytes, fib: Fib) -> Lists:
    """The lists; what is damaged of them is left out, for numbers are no reason to lose the report."""
    lists = Lists(Counters({}))
    try:
        if fib.lists[1]:
            _definitions(table, fib.lists[0], lists)
        if fib.overrides[1]:
            _instances(table, fib.overrides[0], lists)
    except (IndexError, ValueError):
        pass
    return lists


def _definitions(table: bytes, at: int, lists: Lists) -> None:
    """The LSTFs, then (past the counted size) the levels of each."""
    count = number(table, at, 2)
    levels_at = at + 2 + 28 * count
    for index in range(count):
        entry = at + 2 + 28 * index
        key, simple = number(table, entry), number(table, entry + 26, 1) & 1
        levels: list[Level] = []
        for _ in range(1 if simple else 9):
            level, levels_at = _level(table, levels_at)
            levels.append(level)
        lists.counters.lists[key] = levels


def _level(table: bytes, at: int) -> tuple[Level, int]:
    """A level and where the next one starts: LVLF (28 bytes), two runs of changes, the label's text."""
    start, form, flags = number(table, at), number(table, at + 4, 1), number(table, at + 5, 1)
    suffix, chpx, papx = number(table, at + 15, 1), number(table, at + 24, 1), number(table, at + 25, 1)
    at += 28 + papx + chpx
    length = number(table, at, 2)
    if at + 2 + 2 * length > len(table):
        raise ValueError("a label past the end")
    raw = table[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    # The level numbers stand in the label as characters 0-8.
    text = "".join(f"%{ord(char) + 1}" if ord(char) < 9 else char for char in raw)
    level = Level(_FORMATS.get(form, "decimal"), text, start, _SUFFIXES[suffix] if suffix < 3 else "tab",
                  bool(flags & 4))  # fmt: skip
    return level, at + 2 + 2 * length


def _instances(table: bytes, at: int, lists: Lists) -> None:
    """The LFOs, then the overrides of each."""
    count = number(table, at)
    if at + 4 + 16 * count > len(table):
        raise ValueError("lists past the end")
    entries = [(number(table, at + 4 + 16 * i), number(table, at + 4 + 16 * i + 12, 1)) for i in range(count)]
    lists.instances = [(key, {}) for key, _ in entries]
    at += 4 + 16 * count
    for index, (_, overrides) in enumerate(entries):
        at += 4
        for _ in range(overrides):
            start, flags = number(table, at), number(table, at + 4)
            depth = flags & 0xF
            at += 8
            if flags & 0x20:
                level, at = _level(table, at)
                start = level.start
            if flags & 0x10:
                lists.instances[index][1][depth] = start
