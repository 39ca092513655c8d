"""Words and character pairs.

Words (rjieba, without its guessing of unknown words, which depends on context) decide the order of results. Pairs of
neighbouring characters decide what is found: they do not depend on how a sentence was cut into words (ADR 0065).
"""

from __future__ import annotations

from functools import cache
from typing import Any

from .fold import BREAK, POINT, compact



@cache
def _jieba() -> Any:
    import rjieba  # not at import: it loads its dictionary

    return rjieba.Jieba()


def words(folded: str) -> list[str]:
    """The words of folded text for the index: long words also by their parts, unknown runs as character pairs."""
    out: list[str] = []
    run = ""
    for token in _jieba().cut_for_search(folded, False):
        if len(token) == 1 and token > "\u2fff" and token != BREAK:
            run += token
            continue
        if run:
            out += _unknown(run)
            run = ""
        if token not in {" ", BREAK, POINT} and not token.isspace():
            out.append(token)
    return out + _unknown(run) if run else out


def pieces(chunk: str) -> list[str]:
    """A chunk of a query in folded text, cut into words once; unknown runs stay whole."""
    out: list[str] = []
    run = ""
    for token in _jieba().cut(chunk, False):
        if len(token) == 1 and token > "\u2fff" and token != BREAK:
            run += token
            continue
        if run:
            out.append(run)
            run = ""
        if token.strip(f" {BREAK}"):
            out.append(token)
    return [*out, run] if run else out


def _unknown(run: str) -> list[str]:
    return [run] if len(run) == 1 else pair_list(run)


def pair_list(text: str) -> list[str]:
    """The overlapping pairs of characters of `text`."""
    return list(map("".join, zip(text, text[1:], strict=False)))


def pairs(folded: str) -> str:
    """Folded text as its pairs in order, separated by spaces: pair n begins at compact character n.

    The last character also stands alone, so that every character begins a term.
    """
    text = compact(folded)
    return " ".join([*map("".join, zip(text, text[1:], strict=False)), text[-1:]])


def known(word: str) -> bool:
    """Whether the dictionary holds this word."""
    return bool(_jieba().has_word(word))
