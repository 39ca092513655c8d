"""Personal data in words: numbers by their checksums, the rest by shape and context."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.web.review.checks.finding import Found, Passage

from .bank_cards import bank_cards
from .id_cards import id_cards
from .phones import fixed_phones, mobiles
from .places import addresses, emails
from .spans import Span, excerpt, plain

# In this order: a number that is an ID card is no phone and no bank card.
_FINDERS = (id_cards, bank_cards, mobiles, fixed_phones, emails, addresses)


def personal_data(passages: Iterable[Passage]) -> Iterable[Found]:
    """Every piece of personal data, its excerpt masked (its neighbours' too)."""
    for passage in passages:
        spans = spans_of(passage.text)
        for span in spans:
            yield Found(span.check, span.message, passage.place, excerpt(plain(passage.text), span, spans), span.value)


def spans_of(text: str) -> list[Span]:
    """The pieces in `text`, none inside another; offsets count in `plain(text)`."""
    text = plain(text)
    found: list[Span] = []
    for finder in _FINDERS:
        for span in finder(text):
            if all(span.end <= one.start or span.start >= one.end for one in found):
                found.append(span)
    return sorted(found, key=lambda span: span.start)
