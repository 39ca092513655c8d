"""The classifications, as data: read once, checked at start-up."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from importlib.resources import files
from typing import Any, TypeVar

import msgspec

from .terms import Kind, Reason, Statutory, Term, Terms

T = TypeVar("T", bound=Term)


def _raw(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / name).read_text("utf-8"))


def _terms(raw: dict[str, Any], name: str, kind: type[T]) -> Terms[T]:
    return Terms(name, msgspec.convert(raw[name], list[kind]))


_items, _subjects, _entries = _raw("items.toml"), _raw("subjects.toml"), _raw("entries.toml")

ART20 = _terms(_items, "art20", Statutory)
ART21 = _terms(_items, "art21", Statutory)
KINDS = _terms(_items, "kind", Kind)
REASONS = _terms(_items, "reason", Reason)
THEMES = _terms(_subjects, "theme", Term)
GENRES = _terms(_subjects, "genre", Term)
FIELDS = _terms(_entries, "field", Term)
CARRIERS = _terms(_entries, "carrier", Term)
CHANNELS = _terms(_entries, "channel", Term)

ALL: tuple[Terms[Any], ...] = (ART20, ART21, KINDS, REASONS, THEMES, GENRES, FIELDS, CARRIERS, CHANNELS)

# Functions, so that a reworded title is no migration: Django keeps the reference, not the list.
Choices = Callable[[], list[tuple[str, str]]]


def art20_choices() -> list[tuple[str, str]]:
    """The 15 items of Art. 20."""
    return ART20.choices


def art21_choices() -> list[tuple[str, str]]:
    """The extras of Art. 21."""
    return ART21.choices


def kind_choices() -> list[tuple[str, str]]:
    """What documents are."""
    return KINDS.choices


def reason_choices() -> list[tuple[str, str]]:
    """Why something is withheld."""
    return REASONS.choices


def theme_choices() -> list[tuple[str, str]]:
    """主题分类."""
    return THEMES.choices


def genre_choices() -> list[tuple[str, str]]:
    """体裁分类."""
    return GENRES.choices


def field_choices() -> list[tuple[str, str]]:
    """The 26 fields of the grass-roots catalogue."""
    return FIELDS.choices


def channel_choices() -> list[tuple[str, str]]:
    """Where items were published."""
    return CHANNELS.choices
