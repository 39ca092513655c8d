"""The embedded default: tantivy. Text is not stored, only terms; what is shown comes from the database (ADR 0066)."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query

from gongkai.web.search.document import SearchDocument
from gongkai.web.search.engine import Found, Health, Progress, Unavailable
from gongkai.web.search.plan import Characters, Filters, Plan
from gongkai.web.search.prepared import prepare

from .places import Places

HEAP, BUILD_HEAP = 32_000_000, 192_000_000
TITLE, BODY, PHRASE = 3.0, 1.0, 4.0
SAME_TITLE, SAME_NUMBER = 1_000.0, 10_000.0
FACETS = {"organ": "organ", "art20": "art20", "theme": "theme", "validity": "validity"}
REPORT_EVERY = 500


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    for name in ("id", "fingerprint"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("title_key", "number_key"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("kind", "art20", "theme", "validity"):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("organ", fast=True)
    builder.add_unsigned_field("organs", indexed=True)
    builder.add_integer_field("moment", indexed=True, fast=True)
    builder.add_boolean_field("public", indexed=True)
    for name in ("title_words", "body_words"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in ("title_pairs", "all_pairs"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    return builder.build()


class Tantivy:
    """One folder a version. The writer is opened at the first change and kept: only one process may write."""

    name = "tantivy"

    def __init__(self, place: Path) -> None:
        self.places = Places(place, self.name)
        self.schema = _schema()
        self._lock = threading.RLock()
        self._index: Any = None
        self._writer: Any = None
        self._stamp = self._meta = (0, 0)

    def claim(self) -> bool:
        """See Engine."""
        return self.places.claim()

    def replace(self, documents: Iterable[SearchDocument]) -> None:
        """See Engine."""
        with self._lock:
            writer = self._opened_writer()
            for document in documents:
                writer.delete_documents_by_term("id", document.id)
                writer.add_document(self._document(document))
            self._commit(writer)

    def remove(self, ids: Iterable[str]) -> None:
        """See Engine."""
        with self._lock:
            writer = self._opened_writer()
            for id in ids:
                writer.delete_documents_by_term("id", id)
            self._commit(writer)

    def search(self, plan: Plan) -> Found:
        """See Engine. Counting and ordering are one pass, groups and facets another."""
        searcher = self._searcher()
        matching = self._matching(plan)
        wanted = _all_of([matching, *self._conditions(plan.filters)])
        ranked = wanted if plan.by_date or plan.everything else _prefer(wanted, self._scores(plan))
        order = "moment" if plan.by_date or plan.everything else None
        result = searcher.search(ranked, max(1, plan.limit), True, order, plan.offset)
        hits = tuple((searcher.doc(at)["id"][0], float(score)) for score, at in result.hits[: plan.limit])
        groups, facets = self._counts(searcher, plan, matching, wanted)
        return Found(hits, int(result.count), groups, facets)

    def frequencies(self, texts: Sequence[str]) -> list[int]:
        """See Engine."""
        searcher = self._searcher()
        found = (searcher.search(self._characters(Characters(text, True)), 1) for text in texts)
        return [int(result.count) for result in found]

    def rebuild(self, documents: Iterable[SearchDocument], progress: Progress) -> int:
        """See Engine. Merging ends before the switch, so that the new index starts fast."""
        path = self.places.fresh()
        path.mkdir(mode=0o700)
        writer, count = tantivy.Index(self.schema, path=str(path)).writer(BUILD_HEAP, 1), 0
        for count, document in enumerate(documents, 1):
            writer.add_document(self._document(document))
            if not count % REPORT_EVERY:
                progress(count)
        writer.commit()
        writer.wait_merging_threads()
        with self._lock:
            self._let_go()
            self.places.switch(path)
        progress(count)
        return count

    def fingerprints(self) -> Iterator[tuple[str, str]]:
        """See Engine."""
        searcher = self._searcher()
        result = searcher.search(Query.all_query(), max(1, searcher.num_docs), False)
        for _, at in result.hits:
            document = searcher.doc(at)
            yield document["id"][0], document["fingerprint"][0]

    def health(self) -> Health:
        """See Engine."""
        try:
            return Health(self.name, int(self._searcher().num_docs), self.places.size())
        except Unavailable as error:
            return Health(self.name, 0, 0, str(error))

    def close(self) -> None:
        """See Engine."""
        with self._lock:
            self._let_go()
            self.places.release()

    # files

    def _searcher(self) -> Any:
        return self._opened().searcher()

    def _opened(self) -> Any:
        stamp = self.places.stamp()
        if self._index is None or stamp != self._stamp:
            with self._lock:
                path = self.places.current()
                if path is None:
                    raise Unavailable("还没有建立检索索引。请运行python -I -m gongkai.web rebuild_search。")
                try:
                    self._index = tantivy.Index.open(str(path))
                except ValueError as error:
                    raise Unavailable(f"检索索引读不出来，请运行python -I -m gongkai.web rebuild_search。（{error}）") from error
                self._index.config_reader("manual")
                self._index.reload()
                self._stamp, self._meta = stamp, (0, 0)
        self._reload_when_changed()
        return self._index

    def _reload_when_changed(self) -> None:
        """Another process may have committed: its meta.json is then another file."""
        path = self.places.current()
        if path is None:
            return
        try:
            facts = (path / "meta.json").stat()
        except FileNotFoundError:
            return
        seen = (facts.st_ino, facts.st_mtime_ns)
        if seen != self._meta:
            self._index.reload()
            self._meta = seen

    def _opened_writer(self) -> Any:
        if self._writer is None or self.places.stamp() != self._stamp:
            if self.places.current() is None:
                self.rebuild((), lambda count: None)
            self._writer = None
            self._writer = self._opened().writer(HEAP, 1)
        return self._writer

    def _commit(self, writer: Any) -> None:
        try:
            writer.commit()
        except BaseException:
            self._writer = None  # it takes nothing more; the next change opens another
            raise
        self._index.reload()

    def _let_go(self) -> None:
        if self._writer is not None:
            self._writer.wait_merging_threads()
        self._index = self._writer = None

    def _document(self, document: SearchDocument) -> Any:
        made = prepare(document)
        values = {
            "id": document.id, "fingerprint": document.fingerprint, "kind": document.kind.value,
            "title_key": made.title_key, "number_key": made.number_key, "art20": document.art20, "theme": document.theme,
            "validity": document.validity, "organ": document.organ, "organs": list(document.organs), "moment": made.moment,
            "public": document.public, "title_words": made.title_words, "body_words": made.body_words,
            "title_pairs": made.title_pairs, "all_pairs": made.all_pairs,
        }  # fmt: skip
        lists = {name: value if isinstance(value, list) else [value] for name, value in values.items() if value != ""}
        return tantivy.Document.from_dict(lists, self.schema)

    # queries

    def _term(self, field: str, value: object) -> Any:
        return Query.term_query(self.schema, field, value, "basic")

    def _characters(self, part: Characters) -> Any:
        field, text = "title_pairs" if part.in_title else "all_pairs", part.text
        if len(text) == 1:
            return Query.regex_query(self.schema, field, f"{_escaped(text)}.?")
        terms = part.pairs
        if len(terms) == 1:
            return self._term(field, terms[0])
        if part.adjacent:
            places = [*range(0, len(terms), 2), *([len(terms) - 1] if len(text) % 2 else [])]
            return Query.phrase_query(self.schema, field, [(at, terms[at]) for at in places])
        return _all_of([self._term(field, term) for term in terms])

    def _matching(self, plan: Plan) -> Any:
        groups = [_any_of([self._characters(part) for part in group]) for group in plan.groups]
        if plan.at_least < len(groups):
            parts = [(Occur.Should, group) for group in groups]
            wanted = Query.boolean_query(parts, minimum_number_should_match=plan.at_least)
        else:
            wanted = _all_of(groups)
        refused = [self._characters(part) for part in plan.unwanted]
        if plan.hidden:
            refused.append(Query.term_set_query(self.schema, "id", list(plan.hidden)))
        # One level, because nested booleans cost.
        if not refused:
            return Query.const_score_query(wanted, 0.01)
        return Query.const_score_query(
            Query.boolean_query([(Occur.Must, wanted), *((Occur.MustNot, one) for one in refused)]), 0.01
        )

    def _conditions(self, filters: Filters, but: str = "") -> list[Any]:
        found = [self._term("public", True)] if filters.public else []
        for name in ("kind", "art20", "theme", "validity"):
            value = getattr(filters, name)
            if value and name != but:
                found.append(self._term(name, value))
        if filters.organ is not None:
            found.append(self._term("organs", filters.organ))
        if filters.since is not None or filters.until is not None:
            until = None if filters.until is None else filters.until - 1
            found.append(Query.range_query(self.schema, "moment", tantivy.FieldType.Integer, filters.since, until))
        return [Query.const_score_query(one, 0.0) for one in found]

    def _scores(self, plan: Plan) -> list[Any]:
        found = []
        for one in plan.scored:
            for field, weight in (("title_words", TITLE), ("body_words", BODY)):
                term = Query.term_query(self.schema, field, one.word, "freq")
                found.append(Query.boost_query(term, weight * one.weight))
        for text in plan.title_phrases:
            phrase = self._characters(Characters(text, True, True))
            found.append(Query.boost_query(Query.const_score_query(phrase, 1.0), PHRASE))
        if plan.title_key:
            found.append(Query.const_score_query(self._term("title_key", plan.title_key), SAME_TITLE))
        if plan.number:
            found.append(Query.const_score_query(self._term("number_key", plan.number), SAME_NUMBER))
        return found

    def _counts(self, searcher: Any, plan: Plan, matching: Any, wanted: Any) -> tuple[dict[str, int], dict[str, Any]]:
        if not plan.facets:
            return {}, {}
        kinds = {"kind": {"terms": {"field": "kind", "size": 20}}}
        facets = {name: {"terms": {"field": field, "size": 20}} for name, field in FACETS.items()}
        if plan.filters.kind:
            answer = searcher.aggregate(wanted, facets)
            answer |= searcher.aggregate(_all_of([matching, *self._conditions(plan.filters, but="kind")]), kinds)
        else:
            answer = searcher.aggregate(wanted, facets | kinds)
        counts = {name: [(str(one["key"]), int(one["doc_count"])) for one in part["buckets"]] for name, part in answer.items()}
        return dict(counts.pop("kind", [])), counts


def _all_of(parts: list[Any]) -> Any:
    if len(parts) == 1:
        return parts[0]
    return Query.boolean_query([(Occur.Must, part) for part in parts]) if parts else Query.all_query()


def _any_of(parts: list[Any]) -> Any:
    return parts[0] if len(parts) == 1 else Query.boolean_query([(Occur.Should, part) for part in parts])


def _prefer(wanted: Any, scores: list[Any]) -> Any:
    return Query.boolean_query([(Occur.Must, wanted), *((Occur.Should, score) for score in scores)])


def _escaped(char: str) -> str:
    return char if char.isalnum() else f"\\{char}"
