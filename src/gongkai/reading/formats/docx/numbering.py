"""numbering.xml -> the lists of a .docx, ready to count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gongkai.reading.formats.docx.styles import Style
from gongkai.reading.formats.docx.xml import Node, attribute, child, local, number, parse, switched_on, value
from gongkai.reading.formats.numbering import Counters, Level


@dataclass(slots=True)
class Lists:
    """Numbering instances: which abstract list each counts in, and where it starts anew."""

    counters: Counters
    instances: dict[str, tuple[str, dict[int, int]]] = field(default_factory=dict)
    by_style: dict[str, int] = field(default_factory=dict)

    def label(self, properties: Node | None, style_id: str, styles: Mapping[str, Style]) -> str:
        """What a paragraph prints before its text; "" when it is not numbered."""
        style = styles.get(style_id) or styles.get("") or Style()
        list_id = value(properties, "numPr", "numId")
        depth_text = value(properties, "numPr", "ilvl")
        if list_id is None:
            list_id = style.list_id
        if list_id is None or list_id not in self.instances:
            return ""
        if depth_text is not None:
            depth = number(depth_text, 0)
        else:
            depth = self.by_style.get(style_id, style.depth or 0)
        key, starts = self.instances[list_id]
        return self.counters.label(key, depth, (list_id, starts) if starts else None)


def read_lists(data: bytes | None, styles: Mapping[str, Style]) -> Lists:
    """The lists of numbering.xml; none for a document without."""
    lists = Lists(Counters({}))
    if data is None:
        return lists
    root = parse(data, "numbering.xml")
    linked: dict[str, str] = {}
    for node in root:
        if local(node) == "abstractNum":
            key = attribute(node, "abstractNumId")
            lists.counters.lists[key] = _levels(node)
            if style := value(node, "numStyleLink"):
                linked[key] = style
            for level in node:
                if local(level) == "lvl" and (style := value(level, "pStyle")):
                    lists.by_style[style] = number(attribute(level, "ilvl"), 0)
    for node in root:
        if local(node) == "num" and (target := value(node, "abstractNumId")) is not None:
            identity = attribute(node, "numId")
            lists.instances[identity] = (_own_levels(lists, identity, target, node), _starts(node))
    for key, style in linked.items():
        source = lists.instances.get(styles[style].list_id or "") if style in styles else None
        if source and not lists.counters.lists[key]:
            lists.counters.lists[key] = lists.counters.lists[source[0]]
    return lists


def _levels(node: Node) -> list[Level]:
    found = {number(attribute(below, "ilvl"), -1): _level(below) for below in node if local(below) == "lvl"}
    depth = max((key for key in found if 0 <= key < 9), default=-1)
    return [found.get(index, Level()) for index in range(depth + 1)]


def _level(node: Node) -> Level:
    form = value(node, "numFmt")
    if form is None:
        # Newer Word wraps formats unknown to 2007 in mc:AlternateContent.
        form = value(node, "AlternateContent", "Choice", "numFmt") or value(node, "AlternateContent", "Fallback", "numFmt")
    return Level(
        format=form or "decimal",
        text=value(node, "lvlText") or "",
        start=number(value(node, "start"), 0 if value(node, "start") is None else 1),
        suffix=value(node, "suff") or "tab",
        legal=switched_on(node, "isLgl"),
    )


def _own_levels(lists: Lists, identity: str, target: str, node: Node) -> str:
    """The list an instance counts in: the abstract one, or a changed copy where it overrides whole levels."""
    changed = {
        number(attribute(below, "ilvl"), -1): _level(level)
        for below in node
        if local(below) == "lvlOverride" and (level := child(below, "lvl")) is not None
    }
    if not changed:
        return target
    base = list(lists.counters.lists.get(target, []))
    for depth, own in changed.items():
        if 0 <= depth < 9:
            base += [Level()] * (depth + 1 - len(base))
            base[depth] = own
    key = f"{target}/{identity}"
    lists.counters.lists[key] = base
    return key


def _starts(node: Node) -> dict[int, int]:
    return {
        number(attribute(below, "ilvl"), 0): number(start, 1)
        for below in node
        if local(below) == "lvlOverride" and (start := value(below, "startOverride")) is not None
    }
