"""Search engines side by side in one run: rebuild, size, latency, order of results, writes while searching.

    python benches/search.py [--documents 100000] [--engines tantivy,fts5,postgres,plain-fts5,plain-postgres]

The three engines of the platform carry out the same plan. The two plain ones are what full text in SQLite and PostgreSQL
gives without this platform: words cut beforehand, all wanted, ranked by bm25 and ts_rank_cd, no facets.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benches")]
FOLDER = Path(tempfile.mkdtemp(prefix="gongkai-bench-"))
os.environ |= {"DJANGO_SETTINGS_MODULE": "gongkai.web.settings", "GONGKAI_DATA": str(FOLDER), "GONGKAI_DEBUG": "on"}

import django  # noqa: E402

django.setup()

import psycopg  # noqa: E402
from search_shelf import JUDGED, WRITTEN, crowd, vocabulary  # noqa: E402
from tests.web.support.postgres import start_cluster  # noqa: E402

from gongkai.web.search.document import Kind  # noqa: E402
from gongkai.web.search.engines.fts5 import Fts5  # noqa: E402
from gongkai.web.search.engines.postgres import TABLE, Postgres  # noqa: E402
from gongkai.web.search.engines.tantivy import Tantivy  # noqa: E402
from gongkai.web.search.language.fold import fold  # noqa: E402
from gongkai.web.search.language.segment import pieces  # noqa: E402
from gongkai.web.search.plan import plan  # noqa: E402
from gongkai.web.search.query import Query, Sort  # noqa: E402
from gongkai.web.search.searching import ask  # noqa: E402

TOP = 10
WRITE_SECONDS = 8.0


def queries(seed: int = 11, count: int = 250) -> list[Query]:
    """What is measured: one to three words, phrases, exclusions, filters, both orders; the same for every engine."""
    random, words = Random(seed), vocabulary()
    found = []
    for number in range(count):
        text = " ".join(random.sample(words, random.choice((1, 1, 2, 2, 3))))
        more: dict[str, Any] = {}
        if number % 5 == 0:
            more["organ"] = random.randrange(2, 60)
        if number % 7 == 0:
            more["kind"] = Kind.INTERPRETATION
        if number % 6 == 0:
            year = random.randrange(2013, 2024)
            more |= {"since": date(year, 1, 1), "until": date(year, 12, 31)}
        if number % 4 == 0:
            more["sort"] = Sort.DATE
        if number % 9 == 0:
            text = f"“{text.split()[0]}” -{random.choice(words)}"
        found.append(Query(words=text, **more))
    return found


class PlainFts5:
    """SQLite FTS5 over words, bm25."""

    def __init__(self, source: Path) -> None:
        self.path = FOLDER / "plain.sqlite3"
        begun = time.perf_counter()
        self.connection = sqlite3.connect(self.path)
        self.connection.executescript("PRAGMA journal_mode=WAL; PRAGMA cache_size=-32768; PRAGMA mmap_size=268435456;")
        self.connection.execute("ATTACH ? AS source", [str(source)])
        self.connection.execute("CREATE TABLE doc (row INTEGER PRIMARY KEY, id TEXT, moment INTEGER, organ INTEGER, kind TEXT)")
        self.connection.execute("INSERT INTO doc SELECT row, id, moment, organ, kind FROM source.doc")
        self.connection.execute("CREATE VIRTUAL TABLE words USING fts5 (title, body)")
        self.connection.execute("INSERT INTO words (rowid, title, body) SELECT rowid, title_words, body_words FROM source.words")
        self.connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        self.connection.commit()
        self.took = time.perf_counter() - begun

    def size(self) -> int:
        return self.path.stat().st_size

    def top(self, query: Query) -> list[str]:
        match = " ".join(f'"{word}"' for word in plain_words(query))
        where, values = plain_filters(query, "?")
        order = "doc.moment DESC" if query.sort is Sort.DATE else "bm25(words)"
        sql = f"FROM words JOIN doc ON doc.row = words.rowid WHERE words MATCH ? {where}"
        rows = self.connection.execute(f"SELECT doc.id {sql} ORDER BY {order} LIMIT {TOP}", [match, *values]).fetchall()
        self.connection.execute(f"SELECT count(*) {sql}", [match, *values]).fetchone()
        return [row[0] for row in rows]


class PlainPostgres:
    """PostgreSQL tsvector with GIN over words, ts_rank_cd."""

    def __init__(self, parameters: dict[str, Any]) -> None:
        begun = time.perf_counter()
        self.connection = psycopg.connect(**parameters, autocommit=True)
        self.connection.execute("DROP TABLE IF EXISTS plain")
        self.connection.execute(f"CREATE TABLE plain AS SELECT id, moment, organ, kind, words FROM {TABLE}")
        self.connection.execute("CREATE INDEX ON plain USING GIN (words)")
        self.connection.execute("ANALYZE plain")
        self.took = time.perf_counter() - begun

    def size(self) -> int:
        row = self.connection.execute("SELECT pg_total_relation_size('plain')").fetchone()
        return int(row[0]) if row else 0

    def top(self, query: Query) -> list[str]:
        match = " & ".join("'" + word.replace("'", "''") + "'" for word in plain_words(query))
        where, values = plain_filters(query, "%s")
        order = "moment DESC" if query.sort is Sort.DATE else "ts_rank_cd(words, %s::tsquery) DESC"
        sql = f"FROM plain WHERE words @@ %s::tsquery {where}"
        more = [] if query.sort is Sort.DATE else [match]
        rows = self.connection.execute(f"SELECT id {sql} ORDER BY {order} LIMIT {TOP}", [match, *values, *more]).fetchall()
        self.connection.execute(f"SELECT count(*) {sql}", [match, *values]).fetchone()
        return [row[0] for row in rows]


def plain_words(query: Query) -> list[str]:
    """The words as a plain application would cut them; exclusions left out."""
    wanted = [part for part in query.words.split() if not part.startswith("-")]
    return [word for part in wanted for word in pieces(fold(part).replace(" ", "")) if word.strip()]


def plain_filters(query: Query, mark: str) -> tuple[str, list[Any]]:
    where, values = "", []
    if query.organ is not None:
        where, values = f"{where} AND organ = {mark}", [*values, query.organ]
    if query.kind is not None:
        where, values = f"{where} AND kind = {mark}", [*values, query.kind.value]
    filters = plan(query).filters
    if filters.since is not None:
        where, values = f"{where} AND moment >= {mark} AND moment < {mark}", [*values, filters.since, filters.until]
    return where, values


def p(values: list[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * part))] * 1000


def timed(run: Callable[[Query], object], asked: list[Query]) -> list[float]:
    for query in asked[:20]:
        run(query)
    found = []
    for query in asked:
        begun = time.perf_counter()
        run(query)
        found.append(time.perf_counter() - begun)
    return found


def mrr(top: Callable[[Query], list[str]]) -> tuple[float, int, list[str]]:
    """Mean reciprocal rank within the first ten, how many were first, and the queries that failed."""
    ranks, first, failed = [], 0, []
    for text, keys in JUDGED:
        ids = {f"bench.item:w-{key}" for key in keys}
        place = next((at for at, id in enumerate(top(Query(words=text, size=TOP)), 1) if id in ids), 0)
        ranks.append(1 / place if place else 0.0)
        first += place == 1
        failed += [text] if not place else []
    return statistics.mean(ranks), first, failed


def write(make: Callable[[], Any], seconds: float, done: Any) -> None:
    """Replace documents in batches of twenty, as the follower does."""
    engine, documents, count = make(), list(crowd(400, seed=3)), 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        at = count % 400
        engine.replace(documents[at : at + 20])
        count += 20
    done.value = count
    engine.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--engines", default="tantivy,fts5,postgres,plain-fts5,plain-postgres")
    options = parser.parse_args()
    wanted = options.engines.split(",")
    parameters: dict[str, Any] = {}
    if any("postgres" in name for name in wanted):
        parameters = dict(psycopg.conninfo.conninfo_to_dict(start_cluster()))
    makers: dict[str, Callable[[], Any]] = {
        "tantivy": lambda: Tantivy(FOLDER / "search"), "fts5": lambda: Fts5(FOLDER / "search"), "postgres": lambda: Postgres(parameters),
    }  # fmt: skip
    titles = {f"bench.item:w-{key}": title for key, title, *_ in WRITTEN}
    for document in crowd(min(options.documents, 20_000)):
        titles.setdefault(document.id, document.title)
    assert len(JUDGED) == 50
    asked, tables, built = queries(), [], set[str]()
    for name in wanted:
        if name in makers:
            engine = makers[name]()
            begun = time.perf_counter()
            engine.rebuild(crowd(options.documents), lambda count: None)
            took, size = time.perf_counter() - begun, engine.health().size

            def top(query: Query, engine: Any = engine) -> list[str]:
                answer = ask(engine, query, (), lambda ids: [titles[id] for id in ids if id in titles])
                return [id for id, _ in answer.found.hits]

            with_facets = timed(lambda query, engine=engine: engine.search(replace(plan(query), limit=TOP)), asked)
            without = timed(lambda query, engine=engine: engine.search(replace(plan(query), limit=TOP, facets=False)), asked)
            quality = mrr(top)
            written = multiprocessing.get_context("fork").Value("i", 0)
            engine.close()
            process = multiprocessing.get_context("fork").Process(target=write, args=(makers[name], WRITE_SECONDS, written))
            process.start()
            engine, during = makers[name](), []
            while process.is_alive():
                query = asked[len(during) % len(asked)]
                begun = time.perf_counter()
                engine.search(replace(plan(query), limit=TOP))
                during.append(time.perf_counter() - begun)
            process.join()
            engine.close()
            tables.append((name, took, size, without, with_facets, quality, during, written.value / WRITE_SECONDS))
            built.add(name)
        else:
            needed = name.removeprefix("plain-")
            if needed not in built:  # it holds the words that the plain one copies
                engine = makers[needed]()
                engine.rebuild(crowd(options.documents), lambda count: None)
                engine.close()
            source = next((FOLDER / "search").glob("fts5-*"), None) if name == "plain-fts5" else None
            plain: Any = PlainFts5(source) if source else PlainPostgres(parameters)
            tables.append((name, plain.took, plain.size(), timed(plain.top, asked), None, mrr(plain.top), None, None))
        show(tables[-1], tables[0])
    shutil.rmtree(FOLDER, ignore_errors=True)


def show(row: tuple[Any, ...], base: tuple[Any, ...]) -> None:
    """One line an engine; ratios to the first of the run."""
    name, took, size, without, facets, (rank, first, failed), during, writes = row
    ratio = p(without, 0.95) / p(base[3], 0.95)
    print(f"{name:15} rebuild {took:6.1f} s  size {size / 1e6:6.0f} MB  top 10 and count: p50 {p(without, 0.5):6.2f} p95 {p(without, 0.95):7.2f} max {max(without) * 1000:7.1f} ms ({ratio:5.1f} x {base[0]})")
    if facets:
        print(f"{'':15} with facets: p50 {p(facets, 0.5):.2f} p95 {p(facets, 0.95):.2f} ms ({p(facets, 0.95) / p(base[4], 0.95):.1f} x {base[0]}); while writing: p95 {p(during, 0.95):.2f} ms over {len(during)} searches, {writes:.0f} documents a second written")
    print(f"{'':15} MRR@10 {rank:.3f}, first place {first} of {len(JUDGED)}, not in ten: {'、'.join(failed) or 'none'}", flush=True)


if __name__ == "__main__":
    main()
