"""Word documents (.docx): paragraphs, exact grids, automatic numbers; what Word prints and nothing it hides."""

from __future__ import annotations

from posixpath import dirname, join, normpath

from gongkai.reading.archive import Archive
from gongkai.reading.blocks import Block, Document, Grid, Paragraph
from gongkai.reading.formats.docx.body import Body, Embedded
from gongkai.reading.formats.docx.numbering import read_lists
from gongkai.reading.formats.docx.styles import read_styles
from gongkai.reading.formats.docx.xml import attribute, local, parse
from gongkai.reading.formats.line_tables import blocks_of_lines
from gongkai.reading.formats.separated import as_tables
from gongkai.reading.limits import CannotRead, Limits

_META = {"title": "title", "creator": "author", "created": "created", "modified": "modified"}


def open_docx(data: bytes, name: str, limits: Limits) -> Document:
    """The body of a .docx. Headers, footers, notes, comments, deleted and hidden text are left out.

    Raises CannotRead: ``corrupt``, ``encrypted`` (packed parts with a password), ``too_large``.
    """
    with Archive(data, limits) as archive:
        main = _main_part(archive)
        folder = dirname(main)
        relations = _relations(archive, main)
        styles = read_styles(_part(archive, folder, relations, "styles"))
        lists = read_lists(_part(archive, folder, relations, "numbering"), styles)
        body = Body(styles, lists, limits, _embedded(archive, folder, relations, name, limits))
        root = parse(archive.read(main), main)
        blocks = body.read(root)
        if not any(isinstance(block, Grid) for block in blocks):
            blocks = _tables_from_lines(blocks)
        return Document(name, "docx", blocks, meta=_meta(archive))


def _tables_from_lines(blocks: list[Block]) -> list[Block]:
    """For a document without tables: its paragraphs as lines, whose cells may stand behind tabs."""
    text = "\n".join(block.text.replace("\n", " ") for block in blocks if isinstance(block, Paragraph))
    found = blocks_of_lines(as_tables(text))
    return found if any(isinstance(block, Grid) for block in found) else blocks


def _relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Relationship id -> (last word of its type, target) of a part; "" names the package itself."""
    folder, _, base = part.rpartition("/")
    source = archive.find(join(folder, "_rels", f"{base}.rels"))
    if source is None:
        return {}
    return {
        attribute(node, "Id"): (attribute(node, "Type").rpartition("/")[2], attribute(node, "Target"))
        for node in parse(source, "_rels")
        if local(node) == "Relationship" and attribute(node, "TargetMode") != "External"
    }


def _main_part(archive: Archive) -> str:
    for kind, target in _relations(archive, "").values():
        if kind == "officeDocument" and target.lstrip("/") in archive:
            return target.lstrip("/")
    if "word/document.xml" in archive:
        return "word/document.xml"
    raise CannotRead("corrupt", "Word 文档里没有正文部分，请用 Word 或 WPS 重新保存。")


def _part(archive: Archive, folder: str, relations: dict[str, tuple[str, str]], wanted: str) -> bytes | None:
    for kind, target in relations.values():
        if kind == wanted:
            return archive.find(_resolve(folder, target))
    return None


def _resolve(folder: str, target: str) -> str:
    return target[1:] if target.startswith("/") else normpath(join(folder, target))


def _embedded(
    archive: Archive, folder: str, relations: dict[str, tuple[str, str]], name: str, limits: Limits
) -> Embedded:
    """Opens a w:altChunk: web page to Word converters put the whole report into one."""

    def open_chunk(identity: str) -> list[Block]:
        kind, target = relations.get(identity, ("", ""))
        source = archive.find(_resolve(folder, target)) if kind == "aFChunk" else None
        if source is None:
            return []
        from gongkai.reading.detecting import detect  # noqa: PLC0415  # a rare case that pulls in the HTML adapter

        if detect(source, target, limits) == "mht":
            from gongkai.reading.formats.mht import open_mht  # noqa: PLC0415

            return open_mht(source, name, limits).blocks
        from gongkai.reading.formats.html import open_html  # noqa: PLC0415

        return open_html(source, name, limits).blocks

    return open_chunk


def _meta(archive: Archive) -> dict[str, str]:
    source = archive.find("docProps/core.xml")
    if source is None:
        return {}
    try:
        root = parse(source, "docProps/core.xml")
    except CannotRead:  # damaged properties are no reason to lose the report
        return {}
    return {_META[local(node)]: node.text for node in root if local(node) in _META and node.text}
