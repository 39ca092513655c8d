"""The data the city is composed from, read once and checked."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec


class Topic(msgspec.Struct, frozen=True, array_like=True):
    """A matter an organ deals with: `art20` and `art21` are keys of the classification, `art21` may be empty."""

    name: str
    people: str
    matters: tuple[str, str, str, str]
    art20: str
    art21: str


class Portfolio(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What organs of one sort deal with; `word` is their part of a 文号."""

    word: str
    theme: str
    topics: tuple[Topic, ...]


class Shape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sort of document (data/shapes.toml says what the lines may hold)."""

    key: str
    kind: str
    genre: str
    number: str
    weight: int
    levels: tuple[int, ...]
    title: tuple[str, ...]
    body: tuple[str, ...]
    files: tuple[str, ...] = ()
    art20: str = ""
    of: tuple[str, ...] = ()
    months: tuple[int, ...] = ()

    def fits(self, topic: Topic, month: int) -> bool:
        """Whether such a document is made on this topic in this month."""
        return (not self.of or topic.art20 in self.of) and (not self.months or month in self.months)


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table in a body: rows as given, or one a place with `cells` after its name."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] | str
    cells: tuple[str, ...] = ()


class Reading(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a policy is interpreted in one form."""

    form: str
    weight: int
    title: str
    body: tuple[str, ...]
    files: tuple[str, ...] = ()


class Matter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of the standard catalogue and the topics whose documents fill it."""

    field: str
    portfolio: str
    level1: str
    level2: str
    elements: str
    limit: str
    topics: tuple[str, ...]
    township: bool = False
    on_request: bool = False


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A page of the organ's rules."""

    title: str
    body: tuple[str, ...]


class Guide(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What every guide says beside the office's data (Art. 12)."""

    classification: str
    arrangement: str
    obtaining: str
    requesting: str
    remedies: str


class Language(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything documents are composed from."""

    shape: tuple[Shape, ...]
    words: dict[str, tuple[str, ...]]
    tables: dict[str, Table]
    places: dict[str, tuple[str, ...]]


class Standing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Standing pages and the standard catalogue."""

    guide: Guide
    rule: tuple[Rule, ...]
    matter: tuple[Matter, ...]


def raw(name: str) -> dict[str, Any]:
    """A file of the data as it stands."""
    return tomllib.loads((files(__package__) / "data" / name).read_text("utf-8"))


@cache
def portfolios() -> dict[str, Portfolio]:
    """By the last part of the organ's slug."""
    return msgspec.convert(raw("topics.toml"), dict[str, Portfolio])


@cache
def language() -> Language:
    """Shapes, words, tables."""
    return msgspec.convert(raw("shapes.toml"), Language)


@cache
def readings() -> tuple[Reading, ...]:
    """The forms of interpretation."""
    return msgspec.convert(raw("readings.toml")["reading"], tuple[Reading, ...])


@cache
def standing() -> Standing:
    """Guide, rules and catalogue."""
    return msgspec.convert(raw("standing.toml"), Standing)
