"""What of a page is seen: hidden and struck-out words, marks of notes, values of form fields, cells made by style.

A reader of the page sees no hidden figure, so none is read (decision 33). Changed is the tree, before it is walked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.forms import form

_HIDES = ("display:", "DISPLAY:", "visibility:")
_STRIKES = ("line-through",)
_RAISES = ("vertical-align:super", "vertical-align: super")
"""What stands in the source where styles hide, strike or raise: looked for first, since looking costs little."""
_RULE = re.compile(r"([^{}@;]+)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_SIMPLE = re.compile(r"[a-zA-Z]*(?:[.#][\w-]+)+")
_GONE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_APART = re.compile(r"(?:^|;)\s*display\s*:\s*(?:table|inline-block)", re.IGNORECASE)
_NOTE = re.compile(r"[\[(（〔]?\s*(?:\d{1,2}|[①-⑳*※])\s*[\])）〕]?")
_TYPED = frozenset({"", "text", "number", "tel", "search"})
_ENOUGH = 5  # so many rows of table three make a text one that holds the table


def only_shown(tree: LexborHTMLParser, source: str) -> frozenset[int]:
    """Take out of the tree what is not seen; the elements that stand apart by their style though their tag does not."""
    for node in tree.css("td input"):
        if (node.attributes.get("type") or "").lower() in _TYPED:
            node.replace_with(node.attributes.get("value") or "")
    struck = ["td del", "td s", "td strike", *(["td [style*=line-through]"] if any(map(source.__contains__, _STRIKES)) else [])]
    for selector in struck:
        for node in tree.css(selector):
            node.decompose()
    for selector in ("td sup", *(["td [style*=super]"] if any(map(source.__contains__, _RAISES)) else [])):
        _take_notes(tree, selector)
    tables = tree.css_first("td") is not None
    hidden = tree.css("[hidden]")
    hides = any(map(source.__contains__, _HIDES))
    rules = list(_rules(tree)) if hides or not tables else []
    if hides:
        hidden += [n for n in tree.css("[style*=display i],[style*=visibility i]") if _GONE.search(n.attributes.get("style") or "")]
        hidden += [node for selector, said in rules if _GONE.search(said) for node in tree.css(selector)]
    if hidden:
        _take_hidden(tree, hidden)
    return frozenset() if tables else frozenset(_apart(tree, rules))


def _apart(tree: LexborHTMLParser, rules: list[tuple[str, str]]) -> Iterator[int]:
    """On a page without tables: the elements that style makes cells and rows."""
    for selector, said in rules:
        if _APART.search(said):
            yield from (node.mem_id for node in tree.css(selector))
    yield from (node.mem_id for node in tree.css("span[style*=display i]") if _APART.search(node.attributes.get("style") or ""))


def _rules(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """The simple selectors (a class, an id) of the page's own style sheets that hide or set apart, with their rules."""
    for sheet in tree.css("style"):
        text = _MEDIA.sub("", _COMMENT.sub("", sheet.text(deep=True) or ""))
        for match in _RULE.finditer(text):
            if _GONE.search(match[2]) or _APART.search(match[2]):
                for selector in match[1].split(","):
                    if _SIMPLE.fullmatch(selector.strip()):
                        yield selector.strip(), match[2]


def _take_notes(tree: LexborHTMLParser, selector: str) -> None:
    """Raised marks of notes, where something else stands in the cell: 12¹ is 12."""
    for node in tree.css(selector):
        mark = (node.text(deep=True) or "").strip()
        cell = _around(node, "td", "th")
        if cell is not None and _NOTE.fullmatch(mark) and (cell.text(deep=True) or "").strip() != mark:
            node.decompose()


def _take_hidden(tree: LexborHTMLParser, hidden: list[LexborNode]) -> None:
    """Hidden cells and rows and what is hidden in cells; hidden tables, if the page shows the form's table as well.

    A table shown by a script only, on a page that has no other, is read; so is hidden prose, which tells of a hijack.
    """
    large = []
    for node in hidden:
        if node.tag in ("html", "body"):
            continue
        if node.tag not in ("table", "tbody") and (node.tag in ("tr", "td", "th") or _around(node, "td", "th") is not None) and not _holds_form(node):
            _empty(node)
        elif node.css_first("table") is not None or node.tag in ("table", "tbody"):
            large.append(node)
    if not large or tree.body is None:
        return
    unseen = {inner.mem_id for node in large for inner in node.css("table")} | {node.mem_id for node in large}
    if any(_holds_form(table) for table in tree.css("table") if table.mem_id not in unseen):
        for node in large:
            node.decompose()


def _empty(node: LexborNode) -> None:
    """Take a hidden element out; an invisible cell keeps its slot."""
    if node.tag in ("td", "th") and "visibility" in (node.attributes.get("style") or ""):
        for child in list(node.iter(include_text=True)):
            child.decompose()
    else:
        node.decompose()


def _holds_form(node: LexborNode) -> bool:
    text = "".join((node.text(deep=True) or "").split())
    rows = form("2021").tables["requests"].rows
    return sum(row.label[:6] in text for row in rows) >= _ENOUGH


def _around(node: LexborNode, *tags: str) -> LexborNode | None:
    parent = node.parent
    while parent is not None and parent.tag not in tags:
        parent = parent.parent
    return parent
