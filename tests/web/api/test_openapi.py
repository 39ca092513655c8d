"""The API keeps to its own description, whatever it is asked: schemathesis makes the requests from /api/openapi.json.

Every status is a documented one, every answer has its documented shape, nothing that the description allows breaks the
server, and what it forbids is refused. The long run is benches/fuzz_api.py.
"""

from __future__ import annotations

import dataclasses

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from gongkai.web.search import engines
from gongkai.web.search.indexing import Indexer

CHECKS = [
    schemathesis.checks.not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance, unsupported_method,
]  # fmt: skip


@pytest.fixture
def described(shelf, tmp_path, monkeypatch):
    """The description, over something in every list, and a search engine that has read it."""
    from django.conf import settings as configured

    monkeypatch.setattr(configured, "ENV", dataclasses.replace(configured.ENV, data=tmp_path, api_rate=0, search_rate=0))
    engines.engine.cache_clear()
    Indexer(engines.engine()).rebuild()
    # The test's own connection must outlive each request.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/openapi.json", WSGIHandler())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    engines.engine().close()
    engines.engine.cache_clear()


def test_every_operation_keeps_to_the_description(described):
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) > 9
    for operation in operations:

        @settings(
            max_examples=25, derandomize=True, deadline=None, phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck), database=None,
        )  # fmt: skip
        @given(case=operation.as_strategy())
        def keeps(case):
            case.call_and_validate(checks=CHECKS)

        keeps()


def test_what_the_description_forbids_is_refused_in_chinese(shelf, client):
    for address in ("/api/items?limit=0", "/api/items?limit=x", "/api/items?cursor=x", "/api/items?kind=no", "/api/organs?page=0",
                    "/api/entries", "/api/search?page=0", "/api/search?since=0000-00-00", "/api/search?organ=nowhere", "/api/reports?year=x"):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code in {404, 422}, address
        assert any("\u4e00" <= sign <= "\u9fff" for sign in answer.json()["detail"]), address


def test_every_operation_says_how_it_refuses(shelf, client):
    paths = client.get("/api/openapi.json").json()["paths"]
    for path, methods in paths.items():
        assert {"304", "422", "429"} <= set(methods["get"]["responses"]), path
