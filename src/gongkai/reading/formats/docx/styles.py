"""Styles of a .docx, as far as they decide what is printed: heading levels and automatic numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.reading.formats.docx.xml import Node, attribute, child, local, number, parse, value

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style with what it inherits: outline level from 1 (0: body), list id and level within it."""

    level: int = 0
    list_id: str | None = None
    depth: int | None = None


def outline(properties: Node | None) -> int | None:
    """The heading level (1-6) that paragraph properties set, 0 for body text, None when they set none."""
    text = value(properties, "outlineLvl")
    if text is None:
        return None
    level = number(text, 9)
    return min(level + 1, 6) if 0 <= level < 9 else 0


def read_styles(data: bytes | None) -> dict[str, Style]:
    """Styles by id; "" is the default paragraph style."""
    if data is None:
        return {}
    nodes = {attribute(node, "styleId"): node for node in parse(data, "styles.xml") if local(node) == "style"}
    styles: dict[str, Style] = {}
    for identity in nodes:
        styles[identity] = _resolve(identity, nodes)
    for identity, node in nodes.items():
        if attribute(node, "type") == "paragraph" and attribute(node, "default") in ("1", "true", "on"):
            styles[""] = styles[identity]
    return styles


def _resolve(identity: str, nodes: dict[str, Node]) -> Style:
    """A style over the styles it is based on; a chain that bites its tail ends."""
    level: int | None = None
    list_id: str | None = None
    depth: int | None = None
    seen: set[str] = set()
    while identity in nodes and identity not in seen:
        seen.add(identity)
        node = nodes[identity]
        properties = child(node, "pPr")
        if level is None:
            level = outline(properties)
        if level is None:
            level = _by_name(value(node, "name") or "")
        if list_id is None:
            list_id = value(properties, "numPr", "numId")
        if depth is None and (text := value(properties, "numPr", "ilvl")) is not None:
            depth = number(text, 0)
        identity = value(node, "basedOn") or ""
    return Style(level or 0, list_id, depth)


def _by_name(name: str) -> int | None:
    if match := _HEADING.match(name.strip()):
        return min(int(match.group(1)), 6)
    return 1 if name.strip().lower() == "title" else None
