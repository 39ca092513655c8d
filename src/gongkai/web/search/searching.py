"""The search as pages and the API use it: ask the engine, forgive, look again at who may see, show what is there now."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace

from gongkai.web.catalogue.models import Validity
from gongkai.web.catalogue.taxonomy import ART20, THEMES
from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import visible
from gongkai.web.organs.models import Organ

from . import forgive, indexing
from .document import Kind, SearchDocument, parted
from .engine import Engine, Found
from .engines import engine as configured
from .forgive import TitlesOf
from .parse import parse
from .plan import Plan, plan, relaxed
from .query import DEEPEST, Query
from .results import Group, Hit, Results, Value
from .snippets import marked, needles, snippet
from .sources import sources

MOST_PENDING = 500


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine found in the end, the plan that found it, and how it was loosened: see Results."""

    plan: Plan
    found: Found
    corrected: str = ""
    relaxed: bool = False


def search(query: Query, engine: Engine | None = None) -> Results:
    """What the public finds for `query` now. Raises Unavailable when there is no index to ask."""
    begun = time.perf_counter()
    query = replace(query, page=max(1, min(query.page, DEEPEST // query.size)))
    answer = ask(engine or configured(), query, hidden_now(), _titles)
    found = answer.found
    hits = _hits(found, answer.plan)
    return Results(
        query=query,
        hits=hits,
        total=max(0, found.total - (len(found.hits) - len(hits))),
        groups=tuple(Group(kind, found.groups[kind]) for kind in Kind if found.groups.get(kind)),
        facets=_facets(found),
        corrected=answer.corrected,
        relaxed=answer.relaxed,
        cut=parse(query).cut,
        took=time.perf_counter() - begun,
    )


def ask(engine: Engine, query: Query, hidden: tuple[str, ...], titles_of: TitlesOf) -> Answer:
    """Ask as typed; when nothing holds that, the words as they may have been meant, then all but one of them."""
    asked = replace(plan(query), hidden=hidden)
    found = engine.search(asked)
    if found.total or not query.asks:
        return Answer(asked, found)
    words = forgive.corrected(engine, asked, parse(query), titles_of)
    if words and words != query.words:
        better = replace(plan(replace(query, words=words)), hidden=hidden)
        other = engine.search(better)
        # A correction is words out of the index: it is told only when somebody may read a document that holds them.
        if any(True for _ in titles_of([id for id, _ in other.hits])):
            return Answer(better, other, corrected=words)
    looser = relaxed(asked)
    if looser is not None:
        other = engine.search(looser)
        if other.total:
            return Answer(looser, other, relaxed=True)
    return Answer(asked, found)


def hidden_now() -> tuple[str, ...]:
    """What the index may still hold though the public may not see it any more."""
    hidden: list[str] = []
    for label, keys in indexing.pending(MOST_PENDING).items():
        source = sources()[label]
        seen = set(map(str, visible(source.model, Actor.public()).filter(pk__in=keys).values_list("pk", flat=True)))
        hidden += source.ids(sorted(keys - seen))
    return tuple(hidden)


def shown(ids: Iterable[str]) -> dict[str, SearchDocument]:
    """Those of the documents `ids` that the public may see now, as they are in the database now."""
    keys: dict[str, list[str]] = {}
    for id in ids:
        label, key = parted(id)
        if label in sources():
            keys.setdefault(label, []).append(key)
    return {one.id: one for label, some in keys.items() for one in sources()[label].public(some)}


def _titles(ids: list[str]) -> list[str]:
    return [one.title for one in shown(ids).values()]


def _hits(found: Found, asked: Plan) -> tuple[Hit, ...]:
    documents, pattern = shown(id for id, _ in found.hits), needles(asked)
    return tuple(
        Hit(one, marked(one.title, pattern), snippet(one.body, pattern), score)
        for id, score in found.hits
        if (one := documents.get(id)) is not None
    )


def _facets(found: Found) -> dict[str, tuple[Value, ...]]:
    organs = dict(
        visible(Organ, Actor.public())
        .filter(pk__in=[key for key, _ in found.facets.get("organ", [])])
        .values_list("pk", "name")
    )
    titles = {
        "organ": lambda key: organs.get(int(key), ""),
        "art20": ART20.title,
        "theme": THEMES.title,
        "validity": lambda key: Validity(key).label if key in Validity.values else key,
    }
    return {
        name: tuple(Value(key, str(title(key)), count) for key, count in found.facets.get(name, []) if key and title(key))
        for name, title in titles.items()
    }
