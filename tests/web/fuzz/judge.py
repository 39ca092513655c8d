"""What is wrong with an answer, whatever was asked."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from lxml import etree
from selectolax.lexbor import LexborHTMLParser

_CJK = re.compile(r"[\u4e00-\u9fff]{4}")
_MARK = re.compile(rb"<gk-mark", re.IGNORECASE)
# Django's and Python's own words, which no reader of ours should see.
_ENGLISH = re.compile(
    r"This field|Ensure (this|that)|Enter a |Select a valid|is not (a valid|one of)|already exists|Null characters|was submitted|No file|The submitted"
    r"|Traceback \(most|Server Error|Bad Request|Forbidden|Not Found|CSRF verification|must be |Invalid |Error:|Exception\b|please |Please "
)
_CALCULATED = b"[[1337]]"
_RUNS = ("javascript:", "data:text/html", "vbscript:")
# Pages that lead elsewhere (an attribute of ours may well hold these words as text of the reader).
_LEADING = ("href", "src", "action", "formaction", "hx-get", "hx-post")


def faults(method: str, status: int, headers: Mapping[str, str], body: bytes) -> list[str]:
    """Every fault, in words; empty for a good answer."""
    media = headers.get("Content-Type", "").split(";")[0].strip()
    found = [*_of_status(method, status, media, body), *_of_headers(status, media, headers)]
    if method == "HEAD" or status == 304:
        return found
    attached = headers.get("Content-Disposition", "").startswith("attachment")
    if media in ("text/html", "application/xhtml+xml", "image/svg+xml") and not attached:
        found += _of_page(status, body)
    elif media.endswith(("/xml", "+xml")):
        found += _of_xml(body)
    elif media == "text/csv":
        found += _of_table(body)
    return found


def _of_status(method: str, status: int, media: str, body: bytes) -> Iterator[str]:
    if status >= 500:
        yield f"status {status}"
    if status < 400 or method in ("HEAD", "OPTIONS", "TRACE"):
        return
    text = body.decode("utf-8", "replace")
    if media == "application/json":
        try:
            text = str(json.loads(text).get("detail", ""))
        except (ValueError, AttributeError):
            yield "a refusal in JSON without detail"
    elif media == "text/html":
        page = LexborHTMLParser(text)
        main = page.css_first("main") or page.body
        text = main.text(separator=" ") if main is not None else ""
    if not _CJK.search(text):
        yield f"status {status} without a word of Chinese: {text[:200]!r}"


def _of_headers(status: int, media: str, headers: Mapping[str, str]) -> Iterator[str]:
    if "X-Gk-Mark" in headers:
        yield "a header was injected"
    if headers.get("X-Content-Type-Options") != "nosniff":
        yield "without nosniff"
    policy = headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe-inline" in policy.partition("script-src")[2].partition(";")[0] or "unsafe-eval" in policy:
        yield f"a content policy that lets something run: {policy!r}"
    to = urlsplit(headers.get("Location", ""))
    if (to.scheme or to.netloc) and to.netloc != "testserver":
        yield f"leads to another site: {headers['Location']!r}"
    if headers.get("Location", "").startswith("/\\"):
        yield f"leads to another site in a browser: {headers['Location']!r}"
    given = headers.get("Content-Disposition", "")
    if re.search(r"[\x00-\x1f\x7f]", given):
        yield f"control characters in the file name: {given!r}"
    if given.startswith("attachment"):
        return
    if status == 200 and not media:
        yield "without a type"
    if given.startswith("inline") and media in ("text/html", "image/svg+xml", "text/xml", "application/xml", "application/xhtml+xml"):
        yield f"an uploaded {media} is shown in our name"


def _of_page(status: int, body: bytes) -> Iterator[str]:
    if _MARK.search(body):
        at = _MARK.search(body).start()  # type: ignore[union-attr]
        yield f"given back unescaped: {body[max(0, at - 120) : at + 60]!r}"
    if _CALCULATED in body:
        yield "a template was calculated"
    if b"\x00" in body:
        yield "NUL in a page"
    page = LexborHTMLParser(body)
    for node in page.css("[href], [src], [action], [formaction], [hx-get], [hx-post]"):
        for name in _LEADING:
            value = (node.attributes.get(name) or "").strip().lower()
            if value.startswith(_RUNS):
                yield f"a link that runs: {name}={value[:100]!r}"
    if page.css_first("[onmouseover], [onload], [onclick], [onerror]") is not None:
        yield "an event handler in the page"
    if page.css_first("script:not([src])") is not None and "json" not in (page.css_first("script:not([src])").attributes.get("type") or ""):
        yield "an inline script in the page"
    for node in page.css("input, textarea, option, code, pre, td, dd, mark, h1, h2, h3, title, a"):
        if node.tag in ("input", "textarea", "option"):
            node.decompose()
    text = page.body.text(separator=" ") if page.body is not None else ""
    english = _ENGLISH.search(text)
    if english:
        yield f"English words: {text[max(0, english.start() - 80) : english.end() + 80]!r}"


def _of_xml(body: bytes) -> Iterator[str]:
    try:
        root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        yield f"no XML: {error}"
        return
    if any("gk-mark" in str(node.tag) for node in root.iter()):
        yield "given back unescaped in XML"


def _of_table(body: bytes) -> Iterator[str]:
    try:
        for row in csv.reader(io.StringIO(body.decode("utf-8-sig", "replace"), newline="")):
            for cell in row:
                if cell.startswith(("=cmd", "@SUM", "+1+1")):
                    yield f"a formula in a table: {cell[:60]!r}"
    except csv.Error:
        return  # a cell of megabytes: an upload given back as it came, no table of ours
