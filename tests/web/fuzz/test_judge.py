"""The judge sees what it is there for: each fault in an answer made for it, and none in a good one."""

from __future__ import annotations

import csv

import pytest

from .judge import faults

HEADERS = {
    "Content-Type": "text/html; charset=utf-8", "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'",
}  # fmt: skip
PAGE = "<html><body><main><h1>请求有误</h1><p>没有保存任何内容。</p>%s</main></body></html>"


def of(body="", status=200, method="GET", **headers):
    return faults(method, status, {**HEADERS, **headers}, (PAGE % body).encode())


def test_good_answers():
    assert of() == of(status=404) == []
    assert of('<input value="&lt;gk-mark-123&gt;" onfocus2="x"><p>&lt;gk-mark&gt; [[{{ 1330|add:7 }}]]</p><a href="/a?q=javascript:x">甲</a>') == []
    assert faults("GET", 422, {**HEADERS, "Content-Type": "application/json"}, '{"detail": "参数有误：甲乙"}'.encode()) == []
    assert faults("HEAD", 404, HEADERS, b"") == []


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("<gk-mark-123>", "unescaped"), ("<GK-MARK>", "unescaped"), ("[[1337]]", "template"), ("a\x00b", "NUL"),
        ('<a href=" JavaScript:x()">甲</a>', "runs"), ('<form action="data:text/html,x"></form>', "runs"), ('<p onload="x()">甲</p>', "handler"),
        ("<script>x()</script>", "inline script"), ("<p>This field is required.</p>", "English"), ("<p>Select a valid choice. x is not one of</p>", "English"),
        ("<p>Ensure this value has at most 3</p>", "English"), ("<p>Traceback (most recent call last)</p>", "English"),
    ],
)  # fmt: skip
def test_faults_of_a_page(body, word):
    assert [one for one in of(body) if word in one]


@pytest.mark.parametrize(
    ("found", "word"),
    [
        (of(status=500), "500"), (of(**{"X-Content-Type-Options": ""}), "nosniff"), (of(**{"Content-Security-Policy": ""}), "content policy"),
        (of(**{"Content-Security-Policy": "default-src 'none'; script-src 'unsafe-inline'"}), "content policy"), (of(**{"X-Gk-Mark": "1"}), "injected"),
        (of(Location="https://gk-mark.example/"), "another site"), (of(Location="//gk-mark.example/"), "another site"),
        (of(Location="/\\gk-mark.example"), "another site"), (of(**{"Content-Disposition": "inline; filename=a.html"}), "shown in our name"),
        (of(**{"Content-Disposition": "attachment; filename=a\rb"}), "control"),
        (faults("GET", 404, HEADERS, b""), "without a word"), (faults("POST", 405, {**HEADERS, "Content-Type": ""}, b"Method Not Allowed"), "without a word"),
        (faults("GET", 404, {**HEADERS, "Content-Type": "application/json"}, b'{"detail": "Not Found"}'), "without a word"),
        (faults("GET", 404, {**HEADERS, "Content-Type": "application/json"}, b"{"), "without detail"),
        (faults("GET", 200, {**HEADERS, "Content-Type": "application/rss+xml"}, b"<rss>\x0b</rss>"), "no XML"),
        (faults("GET", 200, {**HEADERS, "Content-Type": "application/rss+xml"}, b"<rss><gk-mark/></rss>"), "unescaped"),
        (faults("GET", 200, {**HEADERS, "Content-Type": "text/csv"}, "标题\n=cmd|' /C'!A0\n".encode()), "formula"),
        (faults("GET", 200, {**HEADERS, "Content-Type": "image/svg+xml"}, b"<svg><gk-mark/></svg>"), "unescaped"),
    ],
)  # fmt: skip
def test_faults_of_an_answer(found, word):
    assert [one for one in found if word in one], found


def test_an_upload_given_back_with_a_cell_of_megabytes_is_no_fault():
    answer = {**HEADERS, "Content-Type": "text/csv", "Content-Disposition": "attachment; filename=a.csv"}
    assert faults("GET", 200, answer, b"a" * (csv.field_size_limit() + 1)) == []
