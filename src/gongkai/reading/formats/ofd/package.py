"""The parts of an OFD package (GB/T 33190-2016): a zip of XML parts that name each other by location."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from gongkai.reading.archive import Archive
from gongkai.reading.limits import CannotRead

Node = etree._Element

_ENCRYPTED = frozenset(("encryptions.xml", "encryptentries.xml", "decryptseed.dat"))
"""Parts of the encryption layer (GM/T 0099): where they are, the other parts are ciphertext."""


@dataclass(frozen=True, slots=True)
class Part:
    """A parsed part and where it lies: locations in it count from its folder."""

    root: Node
    folder: str


class Package:
    """The parts by location. Raises CannotRead ``encrypted`` at once where the package says so."""

    def __init__(self, archive: Archive):
        self.archive = archive
        self._names = {m.name.lstrip("/").lower(): m for m in archive.members}
        if any(name.rpartition("/")[2] in _ENCRYPTED for name in self._names):
            raise CannotRead("encrypted", "OFD 文件已加密，需要授权才能打开。请提供未加密的文件。")

    def data(self, location: str, folder: str = "") -> bytes | None:
        """The bytes at a location, absolute or counted from ``folder``; None where there is none."""
        member = self._names.get(_joined(folder, location).lower())
        return None if member is None else self.archive.read(member)

    def part(self, location: str, folder: str = "") -> Part | None:
        """The XML part at a location; None where there is none. Raises CannotRead ``corrupt`` for broken XML."""
        data = self.data(location, folder)
        return (
            None
            if data is None
            else Part(_parsed(data, location), posixpath.dirname(_joined(folder, location)))
        )


def _joined(folder: str, location: str) -> str:
    location = location.strip().replace("\\", "/")
    path = location if location.startswith("/") else posixpath.join(folder, location)
    return posixpath.normpath(path).lstrip("/")


def _parsed(data: bytes, name: str) -> Node:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        message = f"OFD 内部“{name}”不是有效的 XML，文件可能已损坏。请重新导出或下载后再读取。"
        raise CannotRead("corrupt", message) from fault
    if root.getroottree().docinfo.internalDTD is not None:
        raise CannotRead("corrupt", f"OFD 内部“{name}”含有 DTD 声明，不是正常的 OFD 文件，已拒绝读取。")
    return root


def local(node: Node) -> str:
    """The tag without its namespace: writers use several namespaces for one vocabulary."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def below(node: Node, *names: str) -> Iterator[Node]:
    """All elements of these bare names in a tree."""
    for found in node.iter():
        if local(found) in names:
            yield found


def first(node: Node, name: str) -> Node | None:
    """The first element of this bare name in a tree."""
    return next(below(node, name), None)


def text_of(node: Node | None) -> str:
    """The text of an element, stripped; "" for none."""
    return (node.text or "").strip() if node is not None else ""


def numbers(text: str | None) -> list[float]:
    """The numbers of an array attribute; what is none is left out."""
    out = []
    for word in (text or "").split():
        try:
            value = float(word)
        except ValueError:
            continue
        if abs(value) < 1e6:
            out.append(value)
    return out
