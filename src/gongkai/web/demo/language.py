"""Sentences from a seeded grammar: the same seed gives the same city."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

_SLOT = re.compile(r"\{(@?)([a-z_0-9]+?|\d+-\d+)\}")
_NUMERALS = "零一二三四五六七八九"

T = TypeVar("T")


class Speech:
    """Fills templates: `{name}` from the facts, `{@name}` one of a list of words, `{3-8}` a number in between."""

    def __init__(self, seed: str, words: Mapping[str, Sequence[str]]) -> None:
        self.random = Random(seed)  # noqa: S311 - an invented city, not a secret
        self._words = words

    def say(self, template: str, facts: Mapping[str, str]) -> str:
        """One sentence. KeyError names a slot that nothing fills."""

        def fill(found: re.Match[str]) -> str:
            name = found[2]
            if found[1]:
                return self.say(self.random.choice(self._words[name]), facts)
            if name[0].isdigit():
                low, high = name.split("-")
                return str(self.random.randint(int(low), int(high)))
            return facts[name]

        return _SLOT.sub(fill, template)

    def one_of(self, things: Sequence[T]) -> T:
        """Any of these."""
        return self.random.choice(things)

    def company(self) -> str:
        """A firm that does not exist, in a city that does not."""
        return "望津" + "".join(
            self.random.choice(self._words[name])
            for name in ("company_head", "company_trade", "company_form")
        )


def numeral(number: int) -> str:
    """1 to 99 as Chinese counts: 七, 十二, 三十."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _NUMERALS[tens] + "十") + (
        _NUMERALS[ones] if ones or not tens else ""
    )
