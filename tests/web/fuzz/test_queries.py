"""Every hostile text as every part of a search, forgiveness included, on every engine: an answer, never an error.

Other texts on the same engines: tests/web/search/test_engines.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from gongkai.web.search.query import Query
from gongkai.web.search.searching import ask
from tests.web.search.conftest import cluster, empty, engine  # noqa: F401 - fixtures
from tests.web.search.shelf import shelf

from .values import TEXTS

WORDS = [text.decode("utf-8", "replace") for text in TEXTS]


@pytest.mark.parametrize("part", ["words", "phrase", "any_of", "without", "number"])
def test_hostile_queries(engine, part):  # noqa: F811
    for text in WORDS:
        asked: dict[str, Any] = {"words": "供水", part: text}
        assert 0 <= ask(engine, Query(**asked), (), lambda keys: keys).found.total <= len(shelf())
