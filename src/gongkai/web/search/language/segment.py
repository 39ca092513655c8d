"""Words and character pairs.

Words (rjieba, without its guessing of unknown words, which depends on context) decide the order of results. Pairs of
neighbouring characters decide what is found: they do not depend on how a sentence was cut into words (ADR 0065).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from .fold import BREAK, POINT, compact


@cache
def _jieba() -> Any:
    import rjieba  # not at import: it loads its dictionary

    return rjieba.Jieba()


def words(folded: str) -> list[str]:
    """The words of folded text for the index: long words also by their parts, unknown runs as character pairs."""
    out: list[str] = []
    for token, unknown in _tokens(_jieba().cut_for_search(folded, False)):
        if unknown:
            out += pair_list(token) or [token]
        else:
            out.append(token)
    return out


def pieces(chunk: str) -> list[str]:
    """A chunk of a query in folded text, cut into words once; unknown runs stay whole."""
    return [token for token, _ in _tokens(_jieba().cut(chunk, False))]


def parts(word: str) -> list[str]:
    """The shorter words of which a long word is made (住房补贴: 住房, 补贴); [] when it does not come apart in words."""
    inside = sorted((token for token in _jieba().cut_for_search(word, False) if 1 < len(token) < len(word)), key=len, reverse=True)
    out, at = [], 0
    while at < len(word):
        part = next((token for token in inside if word.startswith(token, at)), "")
        if not part:
            return []
        out.append(part)
        at += len(part)
    return out


def _tokens(cut: list[str]) -> Iterator[tuple[str, bool]]:
    """Words; runs of single Chinese characters as one unknown word (True); letters and digits as they stand together."""
    run, latin = "", ""
    for token in (*cut, BREAK):
        han = token[0] > "\u2fff"
        if latin and (han or token[0] in {" ", BREAK}):
            if latin := latin.strip(POINT):
                yield latin, False
            latin = ""
        if han and len(token) == 1:
            run += token
            continue
        if run:
            yield run, True
            run = ""
        if han:
            yield token, False
        elif token[0] not in {" ", BREAK}:
            latin += token


def pair_list(text: str) -> list[str]:
    """The overlapping pairs of characters of `text`."""
    return list(map("".join, pairwise(text)))


def pairs(folded: str) -> str:
    """Folded text as its pairs in order, separated by spaces: pair n begins at compact character n.

    The last character also stands alone, so that every character begins a term.
    """
    text = compact(folded)
    return " ".join([*map("".join, pairwise(text)), text[-1:]])


def known(word: str) -> bool:
    """Whether the dictionary holds this word."""
    return bool(_jieba().has_word(word))
