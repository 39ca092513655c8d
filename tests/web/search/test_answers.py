"""Answered questions are a kind of the search already: a room that registers a model of answers is found, grouped and kept public."""

from __future__ import annotations

import pytest
from django.utils import timezone

from gongkai.web.catalogue.models import StandingPage
from gongkai.web.search import sources
from gongkai.web.search.document import Kind, SearchDocument, id_of
from gongkai.web.search.indexing import Indexer
from gongkai.web.search.query import Query
from gongkai.web.search.searching import search

from .test_indexing import engine  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


def as_answers(pages):
    """Rules stand in for answers: a model with a condition of its own, published or not."""
    return [
        SearchDocument(
            id=id_of("catalogue.standingpage", one.pk), kind=Kind.ANSWER, title=one.title, body=one.body, organ=one.organ_id,
            organs=(one.organ_id,), moment=timezone.now(), url=f"/answers/{one.pk}",
        )
        for one in pages
    ]  # fmt: skip


def test_answers_are_found_and_grouped_and_hidden_ones_are_not(town, client, engine, monkeypatch):  # noqa: F811
    monkeypatch.setattr(sources, "_sources", sources.sources())
    sources.register(StandingPage, as_answers)
    for title, published in (("水费怎么缴", True), ("水费不公开的答复", False)):
        StandingPage.objects.create(organ=town.water, kind="rule", title=title, body="<p>水费答复。</p>", published=published)
    Indexer(engine).rebuild()
    found = search(Query(words="水费", kind=Kind.ANSWER))
    assert [(hit.document.title, hit.document.kind) for hit in found.hits] == [("水费怎么缴", Kind.ANSWER)]
    assert [(group.title, group.total) for group in found.groups] == [("问答", 1)]
    page = client.get("/search/?q=水费&kind=answer").content.decode()
    assert "/answers/" in page
    assert "不公开的答复" not in page
    hit = client.get("/api/search?q=水费").json()["hits"][0]
    assert (hit["kind"], hit["organ"]) == ("answer", "lh-shuiwu")
