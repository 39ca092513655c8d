"""A document as every engine keeps it: words, character pairs, keys."""

from __future__ import annotations

from dataclasses import dataclass

from .document import BODY_LIMIT, SearchDocument
from .language.fold import BREAK, compact, fold, key
from .language.segment import pairs, words

VERSION = 1
"""Raised when the same document would be kept differently: an index of another version is not used but built anew."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """`title_words` and `body_words` are separated by spaces; `title_pairs` and `all_pairs` as segment.pairs gives them.

    `text` is what `all_pairs` was made of: title, 文号 and body, compact and folded.
    """

    document: SearchDocument
    title_words: str
    body_words: str
    title_pairs: str
    all_pairs: str
    text: str
    title_key: str
    number_key: str
    moment: int


def prepare(document: SearchDocument) -> Prepared:
    """Fold and cut one document."""
    title = fold(document.title)
    body = fold(document.body[:BODY_LIMIT])
    number = fold(document.document_number)
    everything = f"{title}{BREAK}{number}{BREAK}{body}"
    return Prepared(
        document,
        " ".join(words(title)),
        " ".join(words(body)),
        pairs(title),
        pairs(everything),
        compact(everything),
        key(document.title),
        key(document.document_number),
        int(document.moment.timestamp()),
    )
