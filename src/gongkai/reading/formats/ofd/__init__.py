"""OFD (GB/T 33190-2016, the national layout format) -> blocks, by the geometry of its pages.

Positions are in millimetres from the top left; texts say where every letter stands, paths where every line runs, so
a page is read as a PDF page is. Signatures, seals and annotations are not content and are left alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.reading.archive import Archive
from gongkai.reading.blocks import Document
from gongkai.reading.formats import ocr
from gongkai.reading.formats.ofd.objects import POINTS, Drawing, Drawn
from gongkai.reading.formats.ofd.package import Node, Package, Part, below, first, local, numbers, text_of
from gongkai.reading.formats.page import Page, blocks, frames, page_of
from gongkai.reading.limits import CannotRead, Limits

A4 = (0.0, 0.0, 210.0, 297.0)
PICTURE = 0.4
"""A page without text of which pictures cover this share is a scan."""
_META = {"Title": "title", "Author": "author", "CreationDate": "created", "Creator": "producer"}


def open_ofd(data: bytes, name: str, limits: Limits) -> Document:
    """Read an OFD. Pages that are only a picture are read by OCR where the extra is installed.

    Raises CannotRead: ``encrypted``, ``corrupt``, ``too_large`` (members, unpacked bytes, pages, cells).
    """
    with Archive(data, limits) as archive:
        package = Package(archive)
        start = package.part("OFD.xml")
        if start is None:
            raise CannotRead(
                "corrupt", "OFD 文件缺少入口文件 OFD.xml，可能不完整。请重新导出或下载后再读取。"
            )
        document = Document(name, "ofd")
        pages: list[Page] = []
        for body in below(start.root, "DocBody"):
            info = first(body, "DocInfo")
            for key, as_key in _META.items():
                if info is not None and (value := text_of(first(info, key))):
                    document.meta.setdefault(as_key, value)
            part = package.part(text_of(first(body, "DocRoot")), start.folder)
            if part is not None:
                _read(_Body.of(package, part), pages, document, limits)
        if not pages:
            raise CannotRead(
                "corrupt", "OFD 文件中没有可以读取的页面，可能不完整。请重新导出或下载后再读取。"
            )
        document.blocks = blocks(pages, limits)
        return document


@dataclass(slots=True)
class _Body:
    """A document of the package: its part, templates by ID, and resources by ID."""

    package: Package
    part: Part
    box: tuple[float, ...]
    templates: dict[str, Part]
    composites: dict[str, Node]
    pictures: dict[str, tuple[str, str]]

    @classmethod
    def of(cls, package: Package, part: Part) -> _Body:
        templates, composites, pictures = {}, {}, {}
        for node in below(part.root, "TemplatePage"):
            found = package.part(node.get("BaseLoc", ""), part.folder)
            if found is not None:
                templates[node.get("ID", "")] = found
        for node in below(part.root, "PublicRes", "DocumentRes"):
            resource = package.part(text_of(node), part.folder)
            if resource is None:
                continue
            folder = f"{resource.folder}/{resource.root.get('BaseLoc', '')}"
            for unit in below(resource.root, "CompositeGraphicUnit"):
                composites[unit.get("ID", "")] = unit
            for media in below(resource.root, "MultiMedia"):
                pictures[media.get("ID", "")] = (folder, text_of(first(media, "MediaFile")))
        return cls(package, part, _box(part.root) or A4, templates, composites, pictures)


def _read(body: _Body, pages: list[Page], document: Document, limits: Limits) -> None:
    unread = 0
    listing = next((n for n in body.part.root if local(n) == "Pages"), None)
    for node in listing if listing is not None else ():
        if len(pages) >= limits.pages:
            raise CannotRead("too_large", f"OFD 超过 {limits.pages} 页的上限，请拆分后再读取。")
        part = body.package.part(node.get("BaseLoc", ""), body.part.folder)
        if part is None:
            continue
        number = len(pages) + 1
        left, top, width, height = _box(part.root) or body.box
        drawing = Drawing(width * POINTS, height * POINTS, (left, top), body.composites)
        for template in below(part.root, "Template"):
            if (under := body.templates.get(template.get("TemplateID", ""))) is not None:
                drawing.draw(under.root)
        drawing.draw(part.root)
        drawn = drawing.drawn
        page = page_of(number, width * POINTS, height * POINTS, drawn.glyphs, frames(drawn.rules))
        if not any(g.text.strip() for g in drawn.glyphs) and (picture := _scan(drawn, body, width, height)):
            if ocr.available():
                page = ocr.read_picture(picture, number, width * POINTS)
            else:
                unread += 1
        pages.append(page)
    if unread:
        document.problems.append(ocr.missing(unread))


def _box(root: Node) -> tuple[float, float, float, float] | None:
    """The page box in millimetres: left, top, width, height."""
    for area in below(root, "Area", "PageArea"):
        box = numbers(text_of(first(area, "PhysicalBox")))
        if len(box) == 4 and box[2] > 0 and box[3] > 0:
            return box[0], box[1], box[2], box[3]
    return None


def _scan(drawn: Drawn, body: _Body, width: float, height: float) -> bytes | None:
    """The picture that is the page, if one covers it."""
    for resource, box in drawn.pictures:
        share = (box[2] - box[0]) * (box[3] - box[1]) / (width * height * POINTS * POINTS)
        if share > PICTURE and resource in body.pictures:
            folder, location = body.pictures[resource]
            return body.package.data(location, folder)
    return None
