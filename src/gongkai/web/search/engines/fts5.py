"""The fallback that needs nothing but Python: SQLite's FTS5 over text cut beforehand.

The table keeps its text (the SQLite of today's distributions cannot delete from a contentless one), so the index is
several times as large as tantivy's.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from gongkai.web.search.document import SearchDocument
from gongkai.web.search.engine import Found, Health, Progress, Unavailable
from gongkai.web.search.language.segment import pair_list
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
        """See Engine. The rows found are written down once: counting, ordering and facets read them again."""
        connection = self._connection()
        where, values = _conditions(plan.filters, plan.hidden)
        match, number = _match(plan), plan.number
        source = "doc" if plan.everything and not plan.unwanted else "doc JOIN words ON words.rowid = doc.row"
        parts: list[object] = []
        if match:
            where, parts = [*where, "words MATCH ?"], [match]
        elif plan.unwanted:
            where, parts = [*where, "doc.row NOT IN (SELECT rowid FROM words WHERE words MATCH ?)"], [_unwanted(plan)]
        ranked = bool(match) and not plan.by_date
        score = f"-{RANK} + (doc.title_key = ?) * {SAME_TITLE} + (doc.number_key = ?) * {SAME_NUMBER}" if ranked else "0"
        keys: list[object] = [plan.title_key or "-", number or "-"] if ranked else []
        kind = plan.filters.kind
        chosen = (
            f"SELECT doc.row AS row, doc.id AS id, doc.kind AS kind, doc.organ AS organ, doc.art20 AS art20, doc.theme AS theme, "
            f"doc.validity AS validity, doc.moment AS moment, {score} AS score FROM {source} WHERE {' AND '.join(where) or '1'}"
        )  # fmt: skip
        values = [*keys, *values, *parts]
        if number:
            more, also = _conditions(plan.filters, plan.hidden)
            chosen = (
                f"{chosen} AND doc.number_key <> ? UNION ALL SELECT row, id, kind, organ, art20, theme, validity, moment, "
                f"{SAME_NUMBER} FROM doc WHERE {' AND '.join([*more, 'number_key = ?'])}"
            ) if match else (
                "SELECT row, id, kind, organ, art20, theme, validity, moment, "
                f"{SAME_NUMBER} AS score FROM doc WHERE {' AND '.join([*more, 'number_key = ?'])}"
            )  # fmt: skip
            values = [*values, number, *also, number] if match else [*also, number]
        return _answer(connection, chosen, values, plan, kind, ranked or bool(number))

    def frequencies(self, texts: Sequence[str]) -> list[int]:
        """See Engine."""
        connection = self._connection()
        sql = "SELECT count(*) FROM words WHERE words MATCH ?"
        return [int(connection.execute(sql, [_one(Characters(text, True), "all_pairs")]).fetchone()[0]) for text in texts]

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
        if getattr(self._here, "connection", None) is not None:
            self._here.connection.close()
            self._here.connection = None

    def _connection(self) -> sqlite3.Connection:
        stamp = self.places.stamp()
        if getattr(self._here, "connection", None) is None or self._here.stamp != stamp:
            self.close()
            path = self.places.current()
            if path is None or not path.exists():
                raise Unavailable("还没有建立检索索引。请运行python -m gongkai.web rebuild_search。")
            self._here.connection = sqlite3.connect(path, timeout=20)
            self._here.connection.executescript(PRAGMAS)
            self._here.stamp = stamp
        found: sqlite3.Connection = self._here.connection
        return found
