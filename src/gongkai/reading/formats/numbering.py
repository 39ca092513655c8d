"""Word's automatic numbers as printed: 一、 (二) 3. ④ belong to the title but are in no text run.

Both Word formats describe a list by levels; :class:`Counters` walks the document and says what each paragraph shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

_DIGITS = "〇一二三四五六七八九"
_PLAIN = ("", "十", "百", "千")
_LEGAL_DIGITS, _LEGAL = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟")
_TRADITIONAL = "甲乙丙丁戊己庚辛壬癸"
_ZODIAC = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_TIGHT = "、，,．）)】〕：:"
_PLACE = re.compile(r"%([1-9])")


def _spell(number: int, digits: str, units: tuple[str, ...], *, short_ten: bool) -> str:
    """A number below 10000 in words: 305 -> 三百零五; ``short_ten`` says 十二 for 一十二."""
    if not 0 < number < 10_000:
        return str(number)
    zero = "零"
    out, gap = "", False
    text = str(number)
    for index, char in enumerate(text):
        unit = units[len(text) - 1 - index]
        if char == "0":
            gap = bool(out)
            continue
        out += (zero if gap else "") + digits[int(char)] + unit
        gap = False
    return out[1:] if short_ten and 10 <= number < 20 else out


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    out = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        out += letters * count
    return out


def _letters(number: int) -> str:
    return chr(64 + (number - 1) % 26 + 1) * ((number - 1) // 26 + 1) if 0 < number <= 780 else str(number)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else str(number)


def _signs(first: int, last: int) -> Callable[[int], str]:
    return lambda number: chr(first + number - 1) if 0 < number <= last else str(number)


def _counting(number: int) -> str:
    return _spell(number, _DIGITS, _PLAIN, short_ten=True)


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: str(n).translate({48 + d: 0xFF10 + d for d in range(10)}),
    "decimalFullWidth2": lambda n: str(n).translate({48 + d: 0xFF10 + d for d in range(10)}),
    "decimalEnclosedCircle": _signs(0x2460, 20),
    "decimalEnclosedCircleChinese": _signs(0x2460, 20),
    "decimalEnclosedParen": _signs(0x2474, 20),
    "decimalEnclosedFullstop": _signs(0x2488, 20),
    "ideographEnclosedCircle": _signs(0x3280, 10),
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "japaneseCounting": _counting,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counting,
    "chineseLegalSimplified": lambda n: _spell(n, _LEGAL_DIGITS, _LEGAL, short_ten=False),
    "ideographLegalTraditional": lambda n: _spell(n, _LEGAL_DIGITS, _LEGAL, short_ten=False),
    "ideographDigital": lambda n: "".join(_DIGITS[int(c)] for c in str(n)) if n >= 0 else str(n),
    "japaneseDigitalTenThousand": lambda n: "".join(_DIGITS[int(c)] for c in str(n)) if n >= 0 else str(n),
    "taiwaneseDigital": lambda n: "".join(_DIGITS[int(c)] for c in str(n)) if n >= 0 else str(n),
    "ideographTraditional": _cycle(_TRADITIONAL),
    "ideographZodiac": _cycle(_ZODIAC),
    "upperLetter": _letters,
    "lowerLetter": lambda n: _letters(n).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda n: _roman(n).lower(),
    "none": lambda _: "",
}
"""Number formats by their names in ISO 29500 (ST_NumberFormat); ``bullet`` prints no number."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: ``text`` is the label with %1 for the number of level 1."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    suffix: str = "tab"
    legal: bool = False


@dataclass(slots=True)
class Counters:
    """The running numbers of a document. ``lists`` maps a list to its levels."""

    lists: dict[object, list[Level]]
    _at: dict[object, list[int | None]] = field(default_factory=dict)
    _started: set[object] = field(default_factory=set)

    def label(self, key: object, depth: int, restart: tuple[object, dict[int, int]] | None = None) -> str:
        """What the next paragraph of list ``key`` at level ``depth`` (from 0) prints before its text.

        ``restart``: an identity and start values by level, applied the first time that identity is met.
        """
        levels = self.lists.get(key)
        if not levels or not 0 <= depth < len(levels):
            return ""
        at = self._at.setdefault(key, [None] * len(levels))
        if restart and restart[0] not in self._started:
            self._started.add(restart[0])
            for level, start in restart[1].items():
                if level < len(at):
                    at[level] = start - 1
        now = at[depth]
        at[depth] = levels[depth].start if now is None else now + 1
        at[depth + 1 :] = [None] * (len(at) - depth - 1)
        return self._render(levels, at, depth)

    def _render(self, levels: list[Level], at: list[int | None], depth: int) -> str:
        level = levels[depth]
        if level.format == "bullet":
            return ""

        def number(match: re.Match[str]) -> str:
            index = int(match.group(1)) - 1
            if index > depth:
                return ""
            value = at[index]
            form = "decimal" if level.legal else levels[index].format
            return FORMATS.get(form, str)(levels[index].start if value is None else value)

        label = _PLACE.sub(number, level.text)
        # Between "1." and "2020年" a gap is needed, or the year becomes a decimal; after "一、" it would only disturb.
        gap = "" if not label or level.suffix == "nothing" or label[-1] in _TIGHT else " "
        return label + gap
