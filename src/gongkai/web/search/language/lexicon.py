"""The word lists of words.toml, read once and checked."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from .fold import key


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`same`: a word to the other names of its thing. `alike`: a character to those that look like it."""

    same: dict[str, tuple[str, ...]]
    empty: frozenset[str]
    alike: dict[str, str]
    longest: int


@cache
def lexicon() -> Lexicon:
    """The lists. ValueError when a word stands in two lines of `same`, or a line has fewer than two."""
    raw = tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))
    same: dict[str, tuple[str, ...]] = {}
    for line in raw["same"]:
        names = [key(name) for name in line]
        if len(set(names)) < 2 or any(name in same for name in names):
            raise ValueError(f"同义词“{'、'.join(line)}”重复或只有一个。")
        for name in names:
            same[name] = tuple(other for other in names if other != name)
    alike: dict[str, str] = {}
    for line in raw["alike"]:
        for char in line:
            alike[char] = "".join(dict.fromkeys(alike.get(char, "") + line.replace(char, "")))
    return Lexicon(same, frozenset(raw["empty"]), alike, max(map(len, same)))
