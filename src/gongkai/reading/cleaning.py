"""The text as matching compares it, and the way back to the text as printed.

Published reports come full-width and half-width, in traditional characters with pinyin glosses (發(fā)布), with
zero-width characters and with the radicals some PDF writers put in place of characters. :func:`fold` makes all of
these one; it corrects nothing and guesses nothing. What a user sees is always taken from the text as printed, by
:class:`Folded`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any, Literal

# Decompositions that would turn a mark into a figure: ① ² ½ are no digits of a report.
_KEPT_AS_PRINTED = ("<circle>", "<super>", "<sub>", "<fraction>", "<square>")

_GONE = frozenset(
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063"
    "\u2064\u2066\u2067\u2068\u2069\ufeff" + "".join(map(chr, range(0xFE00, 0xFE10)))
)
_INVISIBLE = {**dict.fromkeys(map(ord, _GONE)), 0xA0: " "}
_ONE_KIND = {
    **dict.fromkeys("“”„‟‘’‚‛「」『』〝〞〟﹁﹂﹃﹄＂＇'«»‹›", '"'),
    **dict.fromkeys("‐‑‒–−－﹣⁃", "-"),
    **dict.fromkeys("―─━﹘", "—"),
    **dict.fromkeys("‧・•∙⋅･", "·"),
    **dict.fromkeys("\u2028\u2029\x85", "\n"),
    **dict.fromkeys("⟮❨﹙", "("),
    **dict.fromkeys("⟯❩﹚", ")"),
    "｡": "。", "﹒": ".", "∶": ":", "︰": ":", "﹕": ":", "…": "…", "⋯": "…", "〇": "〇", "○": "〇", "◯": "〇",
}  # fmt: skip
# Radicals without a Unicode decomposition, printed by PDF writers whose font maps a character to its radical.
_RADICALS = dict(zip("⺎⺟⺠⺫⺬⺮⺼⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
                     "兀母民目示竹肉虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟", strict=True))  # fmt: skip

_TONED = frozenset("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿăĕĭŏŭ")
_GLOSS = re.compile(
    r"(?<=[\u3400-\u9fff\uf900-\ufaff])[(（](?=[^()（）]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿăĕĭŏŭ])"
    r"[a-zɡüêāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿăĕĭŏŭ ]{1,9}[)）]"
    # Characters whose reading has no tone mark.
    r"|(?<=[们們])[(（]men[)）]|(?<=[么麼])[(（]me[)）]|(?<=[着著])[(（]zhe[)）]|(?<=[吗嗎嘛])[(（]ma[)）]"
)
_SPACES = re.compile(" {2,}")
_FEW = 24


@cache
def _converter(config: Literal["t2s", "hk2s", "tw2s", "s2t"]) -> Any:
    import opencc  # noqa: PLC0415  # not at package import: it opens its dictionaries

    return opencc.OpenCC(config)


def simplified(text: str) -> str:
    """The text in simplified characters, by phrases (乾縣 stays 乾县): for names shown, not for comparing."""
    return str(_converter("t2s").convert(text))


def _compatible(char: str) -> str:
    """Full-width forms, ligatures, Kangxi radicals and compatibility ideographs as ordinary characters."""
    if unicodedata.decomposition(char).startswith(_KEPT_AS_PRINTED):
        return char
    return unicodedata.normalize("NFKC", char)


def _one(char: str) -> str:
    if char in _GONE:
        return ""
    if known := (_ONE_KIND.get(char) or _RADICALS.get(char)):
        return known
    if char in "\t\r\v\f" or (char.isspace() and char != "\n"):
        return " "
    if char < "\x80":
        return "" if char < " " and char != "\n" else char
    out = _compatible(char)
    if len(out) != 1 or out < "\u3400":
        return "".join(_ONE_KIND.get(c, c) for c in out)
    for config in ("t2s", "hk2s", "tw2s"):
        if (plain := str(_converter(config).convert(out))) != out and len(plain) == 1:
            return plain
    return out


class _Memo(dict[str, str]):
    """What each character folds to, found out when first met: a language has few characters, a corpus many pages."""

    def __missing__(self, char: str) -> str:
        folded = _one(char)
        while folded != (again := "".join(map(_one, folded))):  # a variant of a traditional character
            folded = again
        self[char] = folded
        return folded


_MEMO = _Memo()
_PLAIN: set[str] = set()
"""Characters met that fold to themselves and are part of no gloss: most of a page, told in one set operation."""


def _mapped(text: str, chars: set[str]) -> str:
    changed = [(c, folded) for c in chars if (folded := _MEMO[c]) != c]
    if len(changed) < len(chars):
        _PLAIN.update(chars.difference(_TONED, (c for c, _ in changed)))
    if len(changed) <= _FEW:
        for char, folded in changed:
            text = text.replace(char, folded)
        return text
    return text.translate({ord(c): folded for c, folded in changed})


def fold(text: str) -> str:
    """The text as matching compares it: simplified, half-width, one kind of quotes, no glosses, single spaces.

    Line breaks stay. Nothing is stripped at the ends.
    """
    if not text.isascii() or not text.isprintable() or "'" in text:
        chars = set(text) - _PLAIN
        toned = False
        if chars:
            text, toned = _mapped(text, chars), not _TONED.isdisjoint(chars)
        if toned or ("(" in text and ("(me" in text or "(zhe)" in text or "(ma)" in text)):
            text = _GLOSS.sub("", text)
    return _SPACES.sub(" ", text) if "  " in text else text


def readable(text: str, *, traditional: bool) -> str:
    """The text for people: without invisible characters; of a traditional page without glosses, and simplified."""
    if "\u00a0" in text or not _GONE.isdisjoint(text):
        text = text.translate(_INVISIBLE)
    return simplified(_GLOSS.sub("", text)) if traditional else text


def squeeze(text: str) -> str:
    """:func:`fold` and then no white space at all: how labels and titles are compared."""
    return "".join(fold(text).split())


class Folded:
    """A text folded, with the way back: ``origin`` gives the place in the original of a place in ``text``."""

    __slots__ = ("_in_place", "_origins", "source", "text")

    def __init__(self, source: str) -> None:
        self.source = source
        self.text = fold(source)
        self._origins: Sequence[int] | None = None
        self._in_place: bool | None = None

    def origin(self, index: int) -> int:
        """The index in the source of ``text[index]``; of the end, the end. IndexError outside."""
        if self._origins is None:
            self._origins = range(len(self.source) + 1) if self.in_place else _origins(self.source)
        return self._origins[index]

    @property
    def in_place(self) -> bool:
        """Whether every character stands where it stood: folding changed characters at most."""
        if self._in_place is None:
            same = len(self.text) == len(self.source)
            self._in_place = same and all(len(_MEMO[char]) == 1 for char in set(self.source) - _PLAIN)
        return self._in_place

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Start and end in the source of ``text[start:end]``, without what was dropped after its last character."""
        if end <= start:
            return self.origin(start), self.origin(start)
        return self.origin(start), self.origin(end - 1) + 1

    def printed(self, start: int, end: int) -> str:
        """``text[start:end]`` as the source prints it."""
        first, last = self.span(start, end)
        return self.source[first:last]


def _origins(source: str) -> list[int]:
    """For each character of the folded text its index in the source; one more entry for the end."""
    origins = [i for i, char in enumerate(source) for _ in _MEMO[char]]
    mapped = "".join(_MEMO[char] for char in source)
    for pattern, kept in ((_GLOSS, 0), (_SPACES, 1)):
        for match in reversed(list(pattern.finditer(mapped))):
            start, end = match.start() + kept, match.end()
            del origins[start:end]
            mapped = mapped[:start] + mapped[end:]
    return [*origins, len(source)]


@cache
def _only_in(char: str) -> int:
    """1 for a traditional character, -1 for a simplified one, 0 for one that both write."""
    if not "\u3400" <= char <= "\u9fff":
        return 0
    if _converter("t2s").convert(char) != char:
        return 1
    return -1 if _converter("s2t").convert(char) != char else 0


def is_traditional(text: str) -> bool:
    """Whether the text as a whole is in traditional characters (a simplified tail does not change that)."""
    sides = [_only_in(char) for char in set(text)]
    return sides.count(1) > max(1, sides.count(-1))
