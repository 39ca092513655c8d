"""What people may want to type: words that the office approved, and titles of what is public now (ADR 0115).

What anybody typed is kept nowhere, so it can never come back to somebody else. A title is looked up with the one
condition of visibility each time: it is suggested from its release on and not after its withdrawal.
"""

from __future__ import annotations

from dataclasses import replace

from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import visible

from .engine import Engine, Unavailable
from .engines import engine as configured
from .models import ApprovedWord
from .plan import plan
from .query import Query
from .searching import hidden_now, shown

MOST = 8
LONGEST = 20


def suggest(prefix: str, engine: Engine | None = None) -> list[str]:
    """Up to eight: approved words that begin so, then titles that hold it. For nothing typed the approved words alone."""
    text, engine = prefix.strip()[:LONGEST], engine or configured()
    words = list(visible(ApprovedWord, Actor.public()).filter(text__istartswith=text).values_list("text", flat=True)[:MOST])
    hidden = hidden_now() if text or words else ()
    try:
        found = [word for word in words if _titles(Query(words=word, size=MOST), engine, hidden)]
        titles = _titles(Query(words=text, in_title=True, size=MOST), engine, hidden) if text else []
    except Unavailable:
        return []
    return list(dict.fromkeys([*found, *titles]))[:MOST]


def finds(text: str, engine: Engine | None = None) -> bool:
    """Whether something that is public now holds `text`. Raises Unavailable when there is no index to ask."""
    return bool(_titles(Query(words=text, size=MOST), engine or configured(), hidden_now()))


def _titles(query: Query, engine: Engine, hidden: tuple[str, ...]) -> list[str]:
    asked = plan(query)
    if not asked.groups:
        return []
    ids = [id for id, _ in engine.search(replace(asked, hidden=hidden, facets=False)).hits]
    documents = shown(ids)
    return [documents[id].title for id in ids if id in documents]
