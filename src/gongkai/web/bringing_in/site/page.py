"""What an article page says: its title, days, numbers, text and files; by its official tags, its table of facts, its text.

Nothing is guessed: a field that is not stated is left empty, a date that is none is left out and noted.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.reading.blocks import Document, Grid, Paragraph
from gongkai.reading.formats.html import open_html
from gongkai.reading.formats.text import decode
from gongkai.reading.limits import CannotRead, Limits
from gongkai.reading.prose.hijack import intrusions
from gongkai.reading.prose.lines import lines_of
from gongkai.web.catalogue.files.types import type_named

_LABELS: dict[str, dict[str, list[str]]] = tomllib.loads(
    (files(__package__) / "labels.toml").read_text("utf-8")
)
_FIELD_OF = {word: name for name, words in _LABELS["fields"].items() for word in words}
_STATED = re.compile(
    rf"({'|'.join(sorted(map(re.escape, _FIELD_OF), key=len, reverse=True))})\s*[:：]\s*([^\s:：|【】\[\]]+(?: \d{{1,2}}:\d\d(?::\d\d)?)?)"
)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_LIMITS = Limits()
_SHORTEST = 20


class CannotUse(ValueError):  # noqa: N818
    """The page is no article that can be brought in; the message says why."""


@dataclass(slots=True)
class Link:
    """A file the text names: `token` stands for its address in the body."""

    address: str
    title: str
    token: str


@dataclass(slots=True)
class Article:
    """`facts` are words as printed, by field; `body` is HTML; `rules` of a site may name other places."""

    facts: dict[str, str]
    body: str
    links: list[Link] = field(default_factory=list)


def read_page(data: bytes, address: str, places: dict[str, list[str]] | None = None) -> Article:
    """The article at `address`. Raises CannotUse."""
    declared = _CHARSET.search(data[:4096])
    try:
        document = open_html(data, address, _LIMITS)
        source = decode(data, declared[1].decode("ascii", "replace") if declared else None)
    except CannotRead as error:
        raise CannotUse(error.message.rstrip("。")) from error
    if intrusions(lines_of(document)):
        raise CannotUse("网页疑似被植入广告文字。请先由网站清理，或核对后改用信息表导入")
    tree = LexborHTMLParser(source)
    own = places or {}
    chosen = {name: own.get(name, []) + usual for name, usual in _LABELS["places"].items()}
    facts = _facts(tree, document)
    facts.setdefault("title", _title(tree, chosen["title"]))
    if not facts["title"]:
        raise CannotUse("网页没有标题")
    body = _body(tree, chosen["body"])
    links = _links(body, address) if body is not None else []
    html = (body.html or "") if body is not None else ""
    if not links and len(_SPACE.sub("", body.text() if body is not None else "")) < _SHORTEST:
        raise CannotUse("网页中没有找到正文和附件，可能是栏目页，或正文由脚本生成")
    return Article(facts, html, links)


def _facts(tree: LexborHTMLParser, document: Document) -> dict[str, str]:
    """Official tags first, then the table of facts, then words before a colon."""
    found: dict[str, str] = {}
    named = {
        (node.attributes.get("name") or "").lower(): (node.attributes.get("content") or "").strip()
        for node in tree.css("meta[name]")
    }
    for name, tags in _LABELS["meta"].items():
        value = next((named[tag.lower()] for tag in tags if named.get(tag.lower())), "")
        if value:
            found[name] = value
    for label, value in _stated(document):
        found.setdefault(_FIELD_OF[label], value)
    return found


def _stated(document: Document) -> Iterator[tuple[str, str]]:
    for block in document.blocks:
        if isinstance(block, Grid):
            yield from _in_grid(block)
    for block in document.blocks:
        if isinstance(block, Paragraph) and len(block.text) < 300:
            yield from ((match[1], match[2].strip()) for match in _STATED.finditer(block.text))


def _in_grid(grid: Grid) -> Iterator[tuple[str, str]]:
    at = {(cell.row, cell.column): cell for cell in grid.cells}
    for cell in grid.cells:
        label = _SPACE.sub("", cell.text).strip(":：[]【】")
        beside = at.get((cell.row, cell.column + cell.colspan))
        if label in _FIELD_OF and beside is not None and beside.text.strip():
            yield label, beside.text.strip()
        else:
            yield from ((match[1], match[2].strip()) for match in _STATED.finditer(cell.text[:300]))


def _title(tree: LexborHTMLParser, places: list[str]) -> str:
    for place in places:
        for node in tree.css(place):
            text = _SPACE.sub(" ", node.text(separator=" ")).strip()
            if text:
                return text
    head = tree.css_first("title")
    # 标题_栏目_网站 and 标题 - 网站: the page's own name comes first.
    return (
        re.split(r"[_|]| - |--", _SPACE.sub(" ", head.text()).strip())[0].strip() if head is not None else ""
    )


def _body(tree: LexborHTMLParser, places: list[str]) -> LexborNode | None:
    """The first known place that holds text; else the element whose own paragraphs hold the most."""
    for node in tree.css("script, style, noscript, nav, header, footer, form, iframe"):
        node.decompose()
    for place in places:
        for node in tree.css(place):
            if (
                len(_SPACE.sub("", node.text())) >= _SHORTEST
                or node.css_first("a[href], img[src]") is not None
            ):
                return node
    weights: dict[int, tuple[int, LexborNode]] = {}
    for paragraph in tree.css("p"):
        parent = paragraph.parent
        if parent is not None:
            weight, _ = weights.get(parent.mem_id, (0, parent))
            weights[parent.mem_id] = (weight + len(_SPACE.sub("", paragraph.text())), parent)
    weight, best = max(weights.values(), key=lambda pair: pair[0], default=(0, None))
    return best if weight >= _SHORTEST else None


def _links(body: LexborNode, address: str) -> list[Link]:
    """Files of the same site that the text names; the body then points at their tokens."""
    found: dict[str, Link] = {}
    for node, name in [
        *((one, "href") for one in body.css("a[href]")),
        *((one, "src") for one in body.css("img[src]")),
    ]:
        try:
            target = urljoin(address, (node.attributes.get(name) or "").strip())
            parts = urlsplit(target)
        except ValueError:  # no address at all: what is made harmless later leaves it out
            continue
        if parts.scheme not in {"http", "https"}:
            continue
        if type_named(parts.path) is None:
            # attrs is the library's way to write.
            attributes: Any = node.attrs
            attributes[name] = target
            continue
        if parts.hostname != urlsplit(address).hostname:
            continue
        title = _SPACE.sub(" ", node.text()).strip() or (node.attributes.get("alt") or "")
        link = found.setdefault(target, Link(target, title[:200], f"/_file/{len(found)}"))
        attributes = node.attrs
        attributes[name] = link.token
    return list(found.values())
