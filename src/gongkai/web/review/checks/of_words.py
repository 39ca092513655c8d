"""Checks of words that go out and are no item: a guide, a rule, a catalogue, contact data, the history of an organ."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.web.catalogue.sanitised import plain_text, sanitise
from gongkai.web.house.publishing import Publication, Words

from .finding import Found, Link, Passage
from .links import in_text, links, links_of_text
from .marks import marks
from .personal import personal_data


def of_words(publication: Publication) -> Iterator[Found]:
    """Every finding in the words and addresses (not in the files)."""
    passages = [one for words in publication.words for one in _passages(words)]
    yield from personal_data(passages)
    yield from marks(passages)
    for words in publication.words:
        if words.html:
            yield from in_text(sanitise(words.text), words.place)
    yield from links(Link(one.address, "", one.place) for one in publication.addresses if one.address)


def links_of_words(publication: Publication) -> list[Link]:
    """Every link in them."""
    found = [link for words in publication.words if words.html for link in links_of_text(sanitise(words.text), words.place)]
    return [*found, *(Link(one.address, "", one.place) for one in publication.addresses)]


def _passages(words: Words) -> Iterator[Passage]:
    lines = [line for line in (plain_text(sanitise(words.text)) if words.html else words.text).splitlines() if line.strip()]
    for number, line in enumerate(lines, 1):
        yield Passage(line, f"{words.place}第{number}段" if len(lines) > 1 else words.place)
