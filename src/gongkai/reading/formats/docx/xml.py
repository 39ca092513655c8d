"""Parts of an Office file as XML trees, parsed so that no part can reach out or blow up.

Names are compared without namespaces: Transitional and Strict documents differ in nothing else that is read here.
"""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

from gongkai.reading.limits import CannotRead

Node = etree._Element


def parse(data: bytes, part: str) -> Node:
    """The root of a part. Raises CannotRead ``corrupt`` for broken XML and for any DTD (Office writes none)."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
                             remove_comments=True, remove_pis=True)  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise CannotRead("corrupt", f"文档内部“{part}”不是有效的 XML，请用 Word 或 WPS 重新保存。") from fault
    if root.getroottree().docinfo.internalDTD is not None:
        raise CannotRead("corrupt", f"文档内部“{part}”含有 DTD 声明，不是正常的 Office 文档，已拒绝读取。")
    return root


@lru_cache(maxsize=4096)
def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]


def local(node: Node) -> str:
    """The tag without its namespace."""
    tag = node.tag
    return _bare(tag) if isinstance(tag, str) else ""


def attribute(node: Node | None, name: str) -> str:
    """An attribute by its bare name; "" when the node or the attribute is missing."""
    if node is not None:
        for key, value in node.attrib.items():
            if _bare(str(key)) == name:
                return str(value)
    return ""


def child(node: Node | None, *path: str) -> Node | None:
    """The first descendant along a path of bare names."""
    for name in path:
        if node is None:
            return None
        for below in node:
            if local(below) == name:
                node = below
                break
        else:
            return None
    return node


def value(node: Node | None, *path: str) -> str | None:
    """``w:val`` of the node along a path; None when there is no such node, "" when it has no value."""
    found = child(node, *path)
    return None if found is None else attribute(found, "val")


def number(text: str | None, default: int) -> int:
    """A whole number as Word writes it, or the default."""
    try:
        return int(text or "")
    except ValueError:
        return default


def switched_on(node: Node | None, *path: str) -> bool:
    """Whether an on/off property is there and on."""
    found = value(node, *path)
    return found is not None and found not in ("0", "false", "off")
