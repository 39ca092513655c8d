"""What of a page is seen: hidden and struck-out words, marks of notes, values of form fields, cells made by style.

A reader of the page sees no hidden figure, so none is read (decision 33). Changed is the tree, before it is walked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.forms import form

_MARKS = ("none", "hidden", "line-through", "super", "<sup", "<del", "<s>", "<strike", "<input", "table-cell", "inline-block",
          "<SUP", "<DEL", "<S>", "<STRIKE", "<INPUT")  # fmt: skip
_RULE = re.compile(r"([^{}@;]+)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_SIMPLE = re.compile(r"[a-zA-Z]*(?:[.#][\w-]+)+")
_GONE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_APART = re.compile(r"(?:^|;)\s*display\s*:\s*(?:table|inline-block)", re.IGNORECASE)
_STRUCK = "td del,td s,td strike,td [style*=line-through],th del,th s,th strike"
_NOTES = "td sup,th sup,td [style*=super],th [style*=super]"
_NOTE = re.compile(r"[\[(（〔]?\s*(?:\d{1,2}|[①-⑳*※])\s*[\])）〕]?")
_TYPED = frozenset({"", "text", "number", "tel", "search"})
_ENOUGH = 5  # so many rows of table three make a text one that holds the table


def only_shown(tree: LexborHTMLParser, source: str) -> frozenset[int]:
    """Take out of the tree what is not seen; the elements that stand apart by their style though their tag does not."""
    if not any(mark in source for mark in _MARKS):
        return frozenset()
    rules = list(_rules(tree))
    for node in tree.css("td input,th input"):
        if (node.attributes.get("type") or "").lower() in _TYPED:
            node.replace_with(node.attributes.get("value") or "")
    for node in tree.css(_STRUCK):
        node.decompose()
    _take_notes(tree)
    _take_hidden(tree, rules)
    apart = [node for selector, said in rules if _APART.search(said) for node in tree.css(selector)]
    apart += [node for node in tree.css("span[style]") if _APART.search(node.attributes.get("style") or "")]
    return frozenset(node.mem_id for node in apart)


def _rules(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """The simple selectors (a class, an id) of the page's own style sheets that hide or set apart, with their rules."""
    for sheet in tree.css("style"):
        text = _MEDIA.sub("", _COMMENT.sub("", sheet.text(deep=True) or ""))
        for match in _RULE.finditer(text):
            if _GONE.search(match[2]) or _APART.search(match[2]):
                for selector in match[1].split(","):
                    if _SIMPLE.fullmatch(selector.strip()):
                        yield selector.strip(), match[2]


def _take_notes(tree: LexborHTMLParser) -> None:
    """Raised marks of notes, where something else stands in the cell: 12¹ is 12."""
    for node in tree.css(_NOTES):
        mark = (node.text(deep=True) or "").strip()
        cell = _around(node, "td", "th")
        if cell is not None and _NOTE.fullmatch(mark) and (cell.text(deep=True) or "").strip() != mark:
            node.decompose()


def _take_hidden(tree: LexborHTMLParser, rules: list[tuple[str, str]]) -> None:
    """Hidden cells and rows and what is hidden in cells; hidden tables, if the page shows the form's table as well.

    A table shown by a script only, on a page that has no other, is read; so is hidden prose, which tells of a hijack.
    """
    hidden = [n for n in tree.css("[hidden],[style*=none i],[style*=hidden i]")
              if "hidden" in n.attributes or _GONE.search(n.attributes.get("style") or "")]  # fmt: skip
    hidden += [node for selector, said in rules if _GONE.search(said) for node in tree.css(selector)]
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
