"""The fallback that needs nothing but Python: SQLite's FTS5 over text cut beforehand.

The table keeps its text (the SQLite of today's distributions cannot delete from a contentless one), so the index is
several times as large as tantivy's.
"""

# ruff: noqa: S608 - names of our own; what was typed goes in as values or quoted terms
from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from gongkai.web.search.document import SearchDocument
from gongkai.web.search.engine import Found, Health, Progress, Unavailable
from gongkai.web.search.plan import Characters, Filters, Group, Plan
from gongkai.web.search.prepared import Prepared, prepare

from .places import Places

TABLES = """
CREATE TABLE doc (row INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, fingerprint TEXT NOT NULL, kind TEXT NOT NULL,
  organ INTEGER NOT NULL, art20 TEXT NOT NULL, theme TEXT NOT NULL, validity TEXT NOT NULL, moment INTEGER NOT NULL,
  public INTEGER NOT NULL, title_key TEXT NOT NULL, number_key TEXT NOT NULL);
CREATE INDEX doc_title ON doc (title_key);
CREATE INDEX doc_number ON doc (number_key);
CREATE INDEX doc_moment ON doc (moment);
CREATE TABLE doc_organ (organ INTEGER NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (organ, row)) WITHOUT ROWID;
CREATE INDEX doc_organ_row ON doc_organ (row);
CREATE VIRTUAL TABLE words USING fts5 (title_words, body_words, title_pairs, all_pairs,
  tokenize = "unicode61 remove_diacritics 0");
"""
PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32768; PRAGMA mmap_size=268435456;"
RANK = "bm25(words, 3.0, 1.0, 0.3, 0.05)"
SAME_TITLE, SAME_NUMBER = 1_000, 10_000
FACETS = ("organ", "art20", "theme", "validity")
BATCH = 500


class Fts5:
    """One file a version; a connection a thread."""

    name = "fts5"

    def __init__(self, place: Path) -> None:
        self.places = Places(place, self.name)
        self._here = threading.local()

    def claim(self) -> bool:
        """See Engine."""
        return self.places.claim()

    def replace(self, documents: Iterable[SearchDocument]) -> None:
        """See Engine."""
        if self.places.current() is None:
            self.rebuild((), lambda count: None)
        made = [prepare(document) for document in documents]
        with self._connection() as connection:
            _remove(connection, [one.document.id for one in made])
            for one in made:
                _insert(connection, one)

    def remove(self, ids: Iterable[str]) -> None:
        """See Engine."""
        if self.places.current() is not None:
            with self._connection() as connection:
                _remove(connection, ids)

    def search(self, plan: Plan) -> Found:
        """See Engine. The rows found are written down once: counting, ordering and facets read them there."""
        connection = self._connection()
        where, values = _conditions(plan.filters, plan.hidden)
        match = _match(plan)
        ranked = bool(match) and not plan.by_date
        score = f"-{RANK} + (title_key = ?) * {SAME_TITLE} + (number_key = ?) * {SAME_NUMBER}" if ranked else "0"
        keys = [plan.title_key or "-", plan.number or "-"] if ranked else []
        source = "words CROSS JOIN doc ON doc.row = words.rowid" if match else "doc"
        if match:
            where, values = ["words MATCH ?", *where], [match, *values]
        elif plan.unwanted:
            where.append("doc.row NOT IN (SELECT rowid FROM words WHERE words MATCH ?)")
            values.append(_any(plan.unwanted))
        connection.execute("DROP TABLE IF EXISTS temp.found")
        connection.execute(
            f"CREATE TEMP TABLE found AS SELECT id, kind, organ, art20, theme, validity, moment, {score} AS score "
            f"FROM {source} WHERE {' AND '.join(where) or '1'}", [*keys, *values],
        )  # fmt: skip
        return _answer(connection, plan, "score DESC, moment DESC" if ranked else "moment DESC, id")

    def frequencies(self, texts: Sequence[str]) -> list[int]:
        """See Engine."""
        connection = self._connection()
        sql = "SELECT count(*) FROM words WHERE words MATCH ?"
        return [int(connection.execute(sql, [_one(Characters(text, True))]).fetchone()[0]) for text in texts]

    def rebuild(self, documents: Iterable[SearchDocument], progress: Progress) -> int:
        """See Engine."""
        path, count = self.places.fresh(), 0
        connection = sqlite3.connect(path)
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + TABLES)
        for count, document in enumerate(documents, 1):
            _insert(connection, prepare(document))
            if not count % BATCH:
                connection.commit()
                progress(count)
        connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        connection.commit()
        connection.executescript("PRAGMA synchronous=FULL; PRAGMA journal_mode=WAL; PRAGMA wal_checkpoint(TRUNCATE);")
        connection.close()
        self.places.switch(path)
        progress(count)
        return count

    def fingerprints(self) -> Iterator[tuple[str, str]]:
        """See Engine."""
        yield from self._connection().execute("SELECT id, fingerprint FROM doc")

    def health(self) -> Health:
        """See Engine."""
        try:
            count = self._connection().execute("SELECT count(*) FROM doc").fetchone()[0]
            return Health(self.name, int(count), self.places.size())
        except Unavailable as error:
            return Health(self.name, 0, 0, str(error))

    def close(self) -> None:
        """See Engine (this thread's connection)."""
        self._hang_up()
        self.places.release()

    def _hang_up(self) -> None:
        if getattr(self._here, "connection", None) is not None:
            self._here.connection.close()
            self._here.connection = None

    def _connection(self) -> sqlite3.Connection:
        stamp = self.places.stamp()
        if getattr(self._here, "connection", None) is None or self._here.stamp != stamp:
            self._hang_up()
            path = self.places.current()
            if path is None or not path.exists():
                raise Unavailable("还没有建立检索索引。请运行python -I -m gongkai.web rebuild_search。")
            self._here.connection = sqlite3.connect(path, timeout=20)
            self._here.connection.executescript(PRAGMAS)
            self._here.stamp = stamp
        found: sqlite3.Connection = self._here.connection
        return found


def _insert(connection: sqlite3.Connection, made: Prepared) -> None:
    one = made.document
    row = connection.execute(
        "INSERT INTO doc (id, fingerprint, kind, organ, art20, theme, validity, moment, public, title_key, number_key) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (one.id, one.fingerprint, one.kind.value, one.organ, one.art20, one.theme, one.validity, made.moment, one.public,
         made.title_key, made.number_key),
    ).lastrowid  # fmt: skip
    connection.executemany("INSERT INTO doc_organ VALUES (?, ?)", [(organ, row) for organ in set(one.organs)])
    texts = (made.title_words, made.body_words, made.title_pairs, made.all_pairs)
    connection.execute(
        "INSERT INTO words (rowid, title_words, body_words, title_pairs, all_pairs) VALUES (?, ?, ?, ?, ?)", (row, *texts)
    )


def _remove(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    for id in ids:
        found = connection.execute("SELECT row FROM doc WHERE id = ?", (id,)).fetchone()
        if found:
            connection.execute("DELETE FROM words WHERE rowid = ?", found)
            connection.execute("DELETE FROM doc_organ WHERE row = ?", found)
            connection.execute("DELETE FROM doc WHERE row = ?", found)


def _conditions(filters: Filters, hidden: Sequence[str]) -> tuple[list[str], list[object]]:
    where: list[str] = ["doc.public = 1"] if filters.public else []
    values: list[object] = []
    for name in ("art20", "theme", "validity"):
        if value := getattr(filters, name):
            where.append(f"doc.{name} = ?")
            values.append(value)
    if filters.organ is not None:
        where.append("EXISTS (SELECT 1 FROM doc_organ WHERE doc_organ.organ = ? AND doc_organ.row = doc.row)")
        values.append(filters.organ)
    for sign, moment in ((">=", filters.since), ("<", filters.until)):
        if moment is not None:
            where.append(f"doc.moment {sign} ?")
            values.append(moment)
    if hidden:
        where.append(f"doc.id NOT IN ({', '.join('?' * len(hidden))})")
        values += hidden
    return where, values


def _answer(connection: sqlite3.Connection, plan: Plan, order: str) -> Found:
    """Read off the rows found; only groups are counted whatever the kind."""
    kind = plan.filters.kind
    where, value = ("WHERE kind = ?", [kind]) if kind else ("", [])
    rows = connection.execute(f"SELECT id, score FROM found {where} ORDER BY {order} LIMIT ? OFFSET ?", [*value, plan.limit, plan.offset])  # fmt: skip
    hits = tuple((str(id), float(score)) for id, score in rows)
    total = int(connection.execute(f"SELECT count(*) FROM found {where}", value).fetchone()[0])
    if not plan.facets:
        return Found(hits, total)
    groups = {str(key): int(count) for key, count in connection.execute("SELECT kind, count(*) FROM found GROUP BY kind")}
    facets = {}
    for name in FACETS:
        sql = f"SELECT {name}, count(*) FROM found {where} GROUP BY {name} ORDER BY 2 DESC, 1 LIMIT 21"
        facets[name] = [(str(key), int(count)) for key, count in connection.execute(sql, value) if key != ""][:20]
    return Found(hits, total, groups, facets)


# FTS5's query language. Every term is quoted: what was typed can never become syntax.


def _match(plan: Plan) -> str:
    """The MATCH expression; "" when nothing is wanted by words. Scored words stand beside a condition they never narrow."""
    if plan.everything:
        return ""
    wanted = " OR ".join(f"({' AND '.join(map(_any, way))})" for way in plan.ways())
    scored = [f'{{title_words body_words}} : {_quoted(one.word)}' for one in plan.scored]
    scored += [_one(Characters(text, True, True)) for text in plan.title_phrases]
    if scored:
        wanted = f"({wanted}) AND ({' OR '.join([*map(_any, plan.groups), *scored])})"
    return f"({wanted}) NOT ({_any(plan.unwanted)})" if plan.unwanted else wanted


def _any(group: Group) -> str:
    return f"({' OR '.join(map(_one, group))})"


def _one(part: Characters) -> str:
    column = "title_pairs" if part.in_title else "all_pairs"
    if len(part.text) == 1:
        return f"{{{column}}} : {_quoted(part.text)} *"
    terms = part.pairs
    if part.adjacent:
        return f"{{{column}}} : {_quoted(' '.join(terms))}"
    return f"({' AND '.join(f'{{{column}}} : {_quoted(term)}' for term in terms)})"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
