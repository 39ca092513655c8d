"""The one interface to full-text search. Rooms and pages know this, never an engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from .document import SearchDocument
from .plan import Plan

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Found:
    """What an engine found: ids with scores in order, how many in all, and counts by field.

    `groups` counts by kind, whatever kind the plan asks for; `facets` maps a field (organ, art20, theme, validity) to
    its values and counts, most frequent first.
    """

    hits: tuple[tuple[str, float], ...]
    total: int
    groups: dict[str, int] = field(default_factory=dict)
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Health:
    """`documents` in the index and its `size` in bytes; `problem` is "" or what an operator must know, in Chinese."""

    engine: str
    documents: int
    size: int
    problem: str = ""


class Unavailable(Exception):  # noqa: N818 - a state, told to readers as it is
    """There is no index to search, or it cannot be read. The page says so; nothing else breaks."""


@runtime_checkable
class Engine(Protocol):
    """An index. One process writes, any number read; a reader sees a change as soon as it is committed.

    `replace` and `remove` are durable when they return. Both may be repeated: the index keeps one document an id.
    """

    name: str

    def claim(self) -> bool:
        """Become the one writer, until `close`; False while another process is."""

    def replace(self, documents: Iterable[SearchDocument]) -> None:
        """Put these documents in, in place of those with the same ids."""

    def remove(self, ids: Iterable[str]) -> None:
        """Take these out; ids that are not there are ignored."""

    def search(self, plan: Plan) -> Found:
        """Carry out `plan`. Raises Unavailable."""

    def frequencies(self, texts: Sequence[str]) -> list[int]:
        """In how many public documents each text (compact, folded) occurs as it stands."""

    def rebuild(self, documents: Iterable[SearchDocument], progress: Progress) -> int:
        """Build a new index and put it in place of the present one at once; searches go on meanwhile. Gives the count."""

    def fingerprints(self) -> Iterator[tuple[str, str]]:
        """Id and fingerprint of everything in the index."""

    def health(self) -> Health:
        """How it is."""

    def close(self) -> None:
        """Give up files and connections."""
