"""The simple box: words, “短语”, -排除, a 文号; and the fields of the advanced form, as one list of wishes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.web.catalogue import document_number

from .query import LONGEST, Query

_QUOTES = str.maketrans(dict.fromkeys("“”„‟＂「」『』«»", '"'))
_PART = re.compile(r'(?P<minus>(?:(?<=\s)|^)[-－–—−])?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_SPLIT = re.compile(r'[\s,，、;；|]+')


@dataclass(frozen=True, slots=True)
class Wishes:
    """Texts as typed. `number` is a 文号 in its standard writing when one was asked for; `cut`: the query was too long."""

    chunks: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    number: str = ""
    cut: bool = False

    @property
    def whole(self) -> str:
        """The wanted words in one, to compare with whole titles."""
        return "".join((*self.chunks, *self.phrases))


def parse(query: Query) -> Wishes:
    """What `query` wants. Nothing that is typed is an error: a lone quote or dash is read as it most likely was meant."""
    box = query.words.translate(_QUOTES)
    number = str(document_number.parse(query.number) or document_number.parse(box) or "")
    chunks, phrases, without = _taken_apart("" if document_number.parse(box) else box[:LONGEST])
    phrases += [query.phrase[:LONGEST]] if query.phrase.strip() else []
    if query.number.strip() and not number:
        phrases.append(query.number[:LONGEST])
    without += _split(query.without)
    texts = (query.words, query.phrase, query.any_of, query.without, query.number)
    cut = any(len(text) > LONGEST for text in texts)
    return Wishes(tuple(chunks), tuple(phrases), _split(query.any_of), tuple(without), number, cut)


def _taken_apart(box: str) -> tuple[list[str], list[str], list[str]]:
    chunks: list[str] = []
    phrases: list[str] = []
    without: list[str] = []
    for found in _PART.finditer(box):
        text = (found["phrase"] or found["word"] or "").strip()
        if not text:
            continue
        if found["minus"]:
            without.append(text)
        elif found["phrase"]:
            phrases.append(text)
        else:
            chunks.append(text)
    return chunks, phrases, without


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in _SPLIT.split(text[:LONGEST]) if part)
