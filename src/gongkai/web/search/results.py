"""What a search gives back: plain data that the page and the API both show. No HTML anywhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .document import TITLES, Kind, SearchDocument
from .query import Query


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text; `marked` when it is what was looked for."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One result as it is in the database now."""

    document: SearchDocument
    title: tuple[Segment, ...]
    snippet: tuple[Segment, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Group:
    """One kind and how many results are of it, whatever kind was asked for."""

    kind: Kind
    total: int

    @property
    def title(self) -> str:
        """What people read."""
        return TITLES[self.kind]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet: its key, what people read, how many."""

    key: str
    title: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """`corrected`: nothing held the words as typed, these are the results for the words given here instead.
    `relaxed`: nothing held all words, these hold all but one. `cut`: the query was longer than is looked at.
    `took` in seconds.
    """

    query: Query
    hits: tuple[Hit, ...] = ()
    total: int = 0
    groups: tuple[Group, ...] = ()
    facets: dict[str, tuple[Value, ...]] = field(default_factory=dict)
    corrected: str = ""
    relaxed: bool = False
    cut: bool = False
    took: float = 0.0

    def data(self) -> dict[str, Any]:
        """The JSON shape of the API: texts with the places of the marked stretches."""
        return {
            "total": self.total,
            "page": self.query.page,
            "size": self.query.size,
            "corrected": self.corrected or None,
            "relaxed": self.relaxed,
            "groups": [{"kind": one.kind.value, "title": one.title, "total": one.total} for one in self.groups],
            "facets": {
                name: [{"key": one.key, "title": one.title, "count": one.count} for one in values]
                for name, values in self.facets.items()
            },
            "hits": [_hit(one) for one in self.hits],
        }


def _hit(hit: Hit) -> dict[str, Any]:
    one = hit.document
    return {
        "id": one.id, "kind": one.kind.value, "url": one.url, "title": _marked(hit.title), "snippet": _marked(hit.snippet),
        "organ": {"id": one.organ, "name": one.organ_name}, "document_number": one.document_number or None,
        "art20": one.art20 or None, "theme": one.theme or None, "validity": one.validity or None,
        "published_at": one.moment.isoformat(),
    }  # fmt: skip


def _marked(segments: tuple[Segment, ...]) -> dict[str, Any]:
    """`{"text": "…", "marks": [[start, end], …]}`."""
    marks, at = [], 0
    for one in segments:
        if one.marked:
            marks.append([at, at + len(one.text)])
        at += len(one.text)
    return {"text": "".join(one.text for one in segments), "marks": marks}
