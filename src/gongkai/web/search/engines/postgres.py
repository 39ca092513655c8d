"""For platforms of several hosts: PostgreSQL's own full text. The index is a table every host reaches.

Pairs stand in a tsvector without positions (they would end at 16,383 a row): a phrase is looked up by its pairs and
then made sure of in the folded text.
"""

# ruff: noqa: S608 - names of our own; what was typed goes in as values
from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import psycopg
from psycopg import sql

from gongkai.web.search.document import SearchDocument
from gongkai.web.search.engine import Found, Health, Progress, Unavailable
from gongkai.web.search.plan import Characters, Filters, Group, Plan
from gongkai.web.search.prepared import VERSION, prepare

TABLE, NEW = f"search_index_v{VERSION}", f"search_index_v{VERSION}_new"
WRITER_LOCK = 0x676F6E67
COLUMNS = (
    "id", "fingerprint", "kind", "organ", "organs", "art20", "theme", "validity", "moment", "public", "title_key",
    "number_key", "title_text", "text", "words", "title_pairs", "all_pairs",
)  # fmt: skip
CREATE = """
CREATE TABLE {table} (id text PRIMARY KEY, fingerprint text NOT NULL, kind text NOT NULL, organ bigint NOT NULL,
  organs bigint[] NOT NULL, art20 text NOT NULL, theme text NOT NULL, validity text NOT NULL, moment bigint NOT NULL,
  public boolean NOT NULL, title_key text NOT NULL, number_key text NOT NULL, title_text text NOT NULL, text text NOT NULL,
  words tsvector NOT NULL, title_pairs tsvector NOT NULL, all_pairs tsvector NOT NULL)
"""
INDEXES = ("GIN (title_pairs)", "GIN (all_pairs)", "GIN (organs)", "(moment DESC)")
# Words past this are counted as one place: a tsvector keeps no more than 256 places a word, none after 16,383.
LAST_PLACE, MOST_PLACES = 16_383, 255
SAME_TITLE, SAME_NUMBER, PHRASE = 1_000, 10_000, 4
FACETS = ("organ", "art20", "theme", "validity")
BATCH = 500


class Postgres:
    """A table of its own beside Django's; a connection a thread, outside Django's transactions."""

    name = "postgres"

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        known = {name: value for name, value in parameters.items() if name not in {"context", "cursor_factory"}}
        self.parameters = {name: value for name, value in known.items() if value is not None}
        self._here = threading.local()

    def claim(self) -> bool:
        """See Engine: an advisory lock, freed with the connection."""
        row = self._connection().execute("SELECT pg_try_advisory_lock(%s)", [WRITER_LOCK]).fetchone()
        return bool(row and row[0])

    def replace(self, documents: Iterable[SearchDocument]) -> None:
        """See Engine."""
        connection = self._connection()
        if not self._exists(connection):
            self.rebuild((), lambda count: None)
        rows = [_row(document) for document in documents]
        with connection.transaction(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE id = ANY(%s)", [[row[0] for row in rows]])
            cursor.executemany(_insert(TABLE), rows)

    def remove(self, ids: Iterable[str]) -> None:
        """See Engine."""
        connection = self._connection()
        if self._exists(connection):
            connection.execute(f"DELETE FROM {TABLE} WHERE id = ANY(%s)", [list(ids)])

    def search(self, plan: Plan) -> Found:
        """See Engine. What is found is written down once by the statement; groups and facets read it there."""
        where, values = _conditions(plan.filters, plan.hidden)
        for condition, value in (_wanted(plan), _unwanted(plan)):
            where += condition
            values |= value
        score, more = _score(plan)
        columns = "id, kind, organ, art20, theme, validity, moment"
        inside = f"SELECT {columns}, {score} AS score FROM {TABLE} WHERE {' AND '.join(where) or 'true'}"
        try:
            return _answer(self._connection(), inside, values | more, plan)
        except psycopg.errors.UndefinedTable as error:
            raise Unavailable("还没有建立检索索引。请运行python -I -m gongkai.web rebuild_search。") from error

    def frequencies(self, texts: Sequence[str]) -> list[int]:
        """See Engine."""
        connection, found = self._connection(), []
        for number, text in enumerate(texts):
            condition, values = _characters(Characters(text, True), f"t{number}")
            row = connection.execute(f"SELECT count(*) FROM {TABLE} WHERE {condition}", values).fetchone()
            found.append(int(row[0]) if row else 0)
        return found

    def rebuild(self, documents: Iterable[SearchDocument], progress: Progress) -> int:
        """See Engine. Indexes are made after the rows; the switch is one transaction."""
        connection, count = self._connection(), 0
        connection.execute(f"DROP TABLE IF EXISTS {NEW}")
        connection.execute(CREATE.format(table=NEW))
        names = sql.SQL(", ").join(map(sql.Identifier, COLUMNS))
        # Rows are made outside the copy: `documents` may use the database meanwhile.
        batch: list[tuple[Any, ...]] = []
        for count, document in enumerate(documents, 1):
            batch.append(_row(document))
            if len(batch) == BATCH:
                _copy(connection, names, batch)
                batch.clear()
                progress(count)
        _copy(connection, names, batch)
        for index in INDEXES:
            connection.execute(f"CREATE INDEX ON {NEW} USING {index}" if index[0] != "(" else f"CREATE INDEX ON {NEW} {index}")
        connection.execute(f"ANALYZE {NEW}")
        with connection.transaction():
            connection.execute(f"DROP TABLE IF EXISTS {TABLE}")
            connection.execute(f"ALTER TABLE {NEW} RENAME TO {TABLE}")
        progress(count)
        return count

    def fingerprints(self) -> Iterator[tuple[str, str]]:
        """See Engine."""
        yield from self._connection().execute(f"SELECT id, fingerprint FROM {TABLE}").fetchall()

    def health(self) -> Health:
        """See Engine."""
        connection = self._connection()
        if not self._exists(connection):
            return Health(self.name, 0, 0, "还没有建立检索索引。请运行python -I -m gongkai.web rebuild_search。")
        row = connection.execute(f"SELECT count(*), pg_total_relation_size('{TABLE}') FROM {TABLE}").fetchone()
        return Health(self.name, int(row[0]), int(row[1])) if row else Health(self.name, 0, 0)

    def close(self) -> None:
        """See Engine (this thread's connection)."""
        if getattr(self._here, "connection", None) is not None:
            if not self._here.connection.closed:
                # Closing would free the claim too, but only when the server notices.
                self._here.connection.execute("SELECT pg_advisory_unlock_all()")
                self._here.connection.close()
            self._here.connection = None

    def _connection(self) -> psycopg.Connection[Any]:
        connection = getattr(self._here, "connection", None)
        if connection is None or connection.closed:
            try:
                connection = psycopg.connect(**self.parameters, autocommit=True)
            except psycopg.OperationalError as error:
                raise Unavailable("检索用的数据库连接不上。") from error
            self._here.connection = connection
        found: psycopg.Connection[Any] = connection
        return found

    def _exists(self, connection: psycopg.Connection[Any]) -> bool:
        row = connection.execute("SELECT to_regclass(%s)", [TABLE]).fetchone()
        return bool(row and row[0])


def _insert(table: str) -> str:
    return f"INSERT INTO {table} ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"


def _copy(connection: psycopg.Connection[Any], names: sql.Composable, rows: list[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(NEW), names)) as copy:
        for row in rows:
            copy.write_row(row)


def _row(document: SearchDocument) -> tuple[Any, ...]:
    made, title = prepare(document), document.title
    places: dict[str, list[str]] = {}
    for weight, text in (("A", made.title_words), ("D", made.body_words)):
        for place, word in enumerate(text.split(), 1):
            at = places.setdefault(word, [])
            if len(at) < MOST_PLACES:
                at.append(f"{min(place, LAST_PLACE)}{weight}")
    words = " ".join(f"{_quoted(word)}:{','.join(at)}" for word, at in places.items())
    title_text = made.text[: len(made.text) if not title else _title_length(made.title_pairs)]
    return (
        document.id, document.fingerprint, document.kind.value, document.organ, list(document.organs), document.art20,
        document.theme, document.validity, made.moment, document.public, made.title_key, made.number_key, title_text,
        made.text, words, _vector(made.title_pairs), _vector(made.all_pairs),
    )  # fmt: skip


def _title_length(pairs: str) -> int:
    return len(pairs.split())


def _vector(pairs: str) -> str:
    return " ".join(map(_quoted, dict.fromkeys(pairs.split())))


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


# conditions: SQL with named parameters only, so that what was typed never becomes SQL or tsquery syntax

Condition = tuple[str, dict[str, Any]]


def _conditions(filters: Filters, hidden: Sequence[str]) -> tuple[list[str], dict[str, Any]]:
    where, values = (["public"] if filters.public else []), dict[str, Any]()
    for name in ("art20", "theme", "validity"):
        if value := getattr(filters, name):
            where.append(f"{name} = %({name})s")
            values[name] = value
    if filters.organ is not None:
        where.append("organs @> ARRAY[%(organ)s]::bigint[]")
        values["organ"] = filters.organ
    for name, sign in (("since", ">="), ("until", "<")):
        if (moment := getattr(filters, name)) is not None:
            where.append(f"moment {sign} %({name})s")
            values[name] = moment
    if hidden:
        where.append("id <> ALL(%(hidden)s)")
        values["hidden"] = list(hidden)
    return where, values


def _wanted(plan: Plan) -> tuple[list[str], dict[str, Any]]:
    made = [_group(group, f"g{number}_") for number, group in enumerate(plan.groups)]
    values = {name: value for _, part in made for name, value in part.items()}
    conditions = [condition for condition, _ in made]
    if plan.at_least == len(conditions):
        return conditions, values
    ways = plan.ways()
    texts = [" AND ".join(conditions[plan.groups.index(group)] for group in way) for way in ways]
    return [f"(({') OR ('.join(texts)}))"], values


def _unwanted(plan: Plan) -> tuple[list[str], dict[str, Any]]:
    if not plan.unwanted:
        return [], {}
    condition, values = _group(plan.unwanted, "u")
    return [f"NOT {condition}"], values


def _group(group: Group, prefix: str) -> Condition:
    made = [_characters(part, f"{prefix}{number}") for number, part in enumerate(group)]
    values = {name: value for _, part in made for name, value in part.items()}
    return f"({' OR '.join(condition for condition, _ in made)})", values


def _characters(part: Characters, name: str) -> Condition:
    pairs, text = ("title_pairs", "title_text") if part.in_title else ("all_pairs", "text")
    if len(part.text) == 1:
        return f"{pairs} @@ %({name})s::tsquery", {name: f"{_quoted(part.text)}:*"}
    terms = dict.fromkeys(part.pairs)
    condition, values = f"{pairs} @@ %({name})s::tsquery", {name: " & ".join(map(_quoted, terms))}
    if part.adjacent and len(terms) > 1:
        condition = f"({condition} AND strpos({text}, %({name}x)s) > 0)"
        values[f"{name}x"] = part.text
    return condition, values


def _score(plan: Plan) -> Condition:
    """ts_rank over words, and the bonuses."""
    if plan.everything or plan.by_date:
        return "0", {}
    parts, values = ["0"], dict[str, Any]()
    if plan.scored:
        parts.append("ts_rank('{0.25, 0.25, 0.25, 1.0}', words, %(scored)s::tsquery, 1) * 10")
        values["scored"] = " | ".join(_quoted(one.word) for one in plan.scored)
    for number, phrase in enumerate(plan.title_phrases):
        parts.append(f"(strpos(title_text, %(phrase{number})s) > 0)::int * {PHRASE}")
        values[f"phrase{number}"] = phrase
    for column, text, weight in (("title_key", plan.title_key, SAME_TITLE), ("number_key", plan.number, SAME_NUMBER)):
        if text:
            parts.append(f"({column} = %({column})s)::int * {weight}")
            values[column] = text
    return " + ".join(parts), values


def _answer(connection: psycopg.Connection[Any], inside: str, values: dict[str, Any], plan: Plan) -> Found:
    """One statement: the page, the total, the groups whatever the kind, and the facets."""
    kind = "WHERE kind = %(kind)s" if plan.filters.kind else ""
    order = "moment DESC, id" if plan.by_date or plan.everything else "score DESC, moment DESC"
    parts = [f"(SELECT 'hit', id, score, row_number() OVER () FROM (SELECT id, score FROM found {kind} ORDER BY {order} LIMIT %(limit)s OFFSET %(offset)s) one)",
             f"(SELECT 'total', '', count(*)::float8, 0 FROM found {kind})"]  # fmt: skip
    if plan.facets:
        parts.append("(SELECT 'kind', kind, count(*)::float8, 0 FROM found GROUP BY kind)")
        for name in FACETS:
            parts.append(f"(SELECT '{name}', {name}::text, count(*)::float8, 0 FROM found {kind} GROUP BY {name} ORDER BY 3 DESC, 2 LIMIT 21)")  # fmt: skip
    statement = f"WITH found AS MATERIALIZED ({inside}) {' UNION ALL '.join(parts)}"
    values = values | {"kind": plan.filters.kind, "limit": plan.limit, "offset": plan.offset}
    rows = connection.execute(statement, values).fetchall()
    hits = sorted((row for row in rows if row[0] == "hit"), key=lambda row: row[3])
    counted = {name: [(row[1], int(row[2])) for row in rows if row[0] == name and row[1] != ""][:20] for name in ("kind", *FACETS)}
    total = next(int(row[2]) for row in rows if row[0] == "total")
    groups = dict(counted.pop("kind"))
    return Found(tuple((row[1], float(row[2])) for row in hits), total, groups, counted if plan.facets else {})
