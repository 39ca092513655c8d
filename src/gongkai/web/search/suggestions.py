"""What people may want to type: what others asked, and titles.

A query is remembered only when it can hold nothing about a person: short, found something, and every word of it
stands in public titles. It is suggested once it was asked often enough. Who asked is never known.
"""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from contextlib import suppress

from django.db import DatabaseError
from django.db.models import F
from django.utils import timezone

from gongkai.web.house.by_the_way import by_the_way

from .engine import Engine, Unavailable
from .engines import engine as configured
from .language.fold import compact, fold
from .language.segment import pieces
from .models import PastQuery
from .plan import Characters, Plan, plan
from .query import Query
from .results import Results
from .searching import hidden_now, shown

OFTEN = 3
MOST = 8
LONGEST = 20
KEPT_SECONDS, KEPT_QUERIES = 30.0, 50
_PERSONAL = re.compile(r"[0-9]{5}|[a-z]{12}|@")


class Memory:
    """Queries of this process until they are written down together: a search must not wait for a write."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked: Counter[str] = Counter()
        self._since = time.monotonic()

    def keep(self, text: str) -> None:
        """Count one query; every half minute the counts go to the database."""
        with self._lock:
            self._asked[text] += 1
            full = sum(self._asked.values()) >= KEPT_QUERIES
            if not full and time.monotonic() - self._since < KEPT_SECONDS:
                return
        self.write()

    def write(self) -> None:
        """Write the counts down. Counts that the database does not take now are given up: they are only counts."""
        with self._lock:
            asked, self._asked, self._since = self._asked, Counter(), time.monotonic()

        def down() -> None:
            for text, times in sorted(asked.items()):
                row, _ = PastQuery.objects.get_or_create(text=text)
                PastQuery.objects.filter(pk=row.pk).update(times=F("times") + times, last_on=timezone.localdate())

        with suppress(DatabaseError):
            by_the_way(down)


memory = Memory()


def remember(results: Results, engine: Engine | None = None) -> None:
    """Remember a query that found something, if it is one of words anybody can read in our titles."""
    query = results.query
    if results.total and not results.corrected and query.page == 1 and may_be_kept(query.words, engine or configured()):
        memory.keep(" ".join(query.words.split()))


def may_be_kept(text: str, engine: Engine, hidden: tuple[str, ...] = (), titles: int = 2) -> bool:
    """Whether every word of `text` stands in so many public titles, and nothing in it looks like a number of somebody.

    Asked when a query is remembered, and again (for one title) whenever it is suggested: titles are withdrawn, and names
    in them with them.
    """
    folded = fold(text)
    words = [piece for piece in pieces(compact(folded)) if len(piece) > 1]
    if not words or not 2 <= len(text.strip()) <= LONGEST or _PERSONAL.search(folded.replace(" ", "")):
        return False
    for word in words:
        asked = Plan(groups=((Characters(word, True, True),),), at_least=1, limit=1, facets=False, hidden=hidden)
        if engine.search(asked).total < titles:
            return False
    return True


def suggest(prefix: str, engine: Engine | None = None) -> list[str]:
    """Up to eight: past queries that begin so, then titles that hold it. [] for nothing typed, or no index."""
    text = prefix.strip()[:LONGEST]
    if not text:
        return often(engine)
    engine = engine or configured()
    found = dict.fromkeys(_past(engine, text))
    try:
        wanted = plan(Query(words=text, in_title=True, size=MOST))
        ids = [id for id, _ in engine.search(wanted).hits] if wanted.groups else []
    except Unavailable:
        ids = []
    documents = shown(ids)
    found |= dict.fromkeys(documents[id].title for id in ids if id in documents)
    return list(found)[:MOST]


def often(engine: Engine | None = None) -> list[str]:
    """What is asked most, for the empty box."""
    return _past(engine or configured())


def _past(engine: Engine, prefix: str = "") -> list[str]:
    """What was asked often, begins so, and may still be shown."""
    rows = PastQuery.objects.filter(text__istartswith=prefix, times__gte=OFTEN).order_by("-times", "text")
    texts = list(rows.values_list("text", flat=True)[:MOST])
    hidden = hidden_now() if texts else ()
    try:
        return [text for text in texts if may_be_kept(text, engine, hidden, 1)]
    except Unavailable:
        return []
