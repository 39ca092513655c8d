"""What each address takes: nothing, a form, or files."""

from __future__ import annotations

import contextlib
import inspect

import pytest
from django.test import RequestFactory
from django.urls import URLPattern, get_resolver

from gongkai.web.house import bodies


def every_view(patterns=None, before="/"):
    """Route and view of each."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield route, one.callback
        else:
            yield from every_view(one.url_patterns, route)


def test_every_view_is_given_a_body_when_it_answers_a_post():
    """Asked without anything it needs: a view for GET alone says 405 before it would miss it."""
    for route, view in every_view():
        status = 0
        with contextlib.suppress(Exception):
            status = view(RequestFactory().post("/")).status_code
        assert ("POST" in bodies.methods_of(view)) == (status != 405), route


def test_every_view_that_reads_files_says_how_large():
    """The mark stands where the code asks for request.FILES (the checker: in what it calls), and nowhere else."""
    codes = {route: getattr(inspect.unwrap(view), "__code__", None) for route, view in every_view()}
    asking = {route for route, code in codes.items() if code is not None and "FILES" in code.co_names}
    marked = {route: view.takes_files for route, view in every_view() if hasattr(view, "takes_files")}
    assert asking | {"/checker/"} == set(marked)
    assert min(marked.values()) >= 4 << 20
    upload = bodies.limit_of("POST", "/staff/reports/upload")
    assert (upload.read, upload.for_staff) == (True, True)
    assert (bodies.limit_of("POST", "/checker/").read, bodies.limit_of("POST", "/checker/").for_staff) == (True, False)


def test_an_address_that_does_not_exist_takes_nothing():
    assert not bodies.limit_of("POST", "/nowhere").read
    assert not bodies.limit_of("PUT", "/account/login").read


@pytest.mark.parametrize("path", ["/", "/account/login", "/checker/", "/staff/items/1/attach", "/api/items"])
def test_too_much_is_refused_in_words(town, client, path):
    """For servers without the door too."""
    answer = client.generic("POST", path, b"", CONTENT_LENGTH=str(600 << 20))
    assert answer.status_code == 413
    words = answer.json()["detail"] if path.startswith("/api/") else answer.content.decode()
    assert "提交的内容有600 MB" in words
    assert answer["X-Request-ID"]
