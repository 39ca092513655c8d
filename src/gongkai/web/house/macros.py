"""Whether an office file carries macros, told by its structure: parts and streams may have any name. No Django here.

Packages (DOCX, XLSX, PPTX): content types, relationships, and compound files with a VBA project among the parts.
Compound files (DOC, XLS, PPT): the storage of a VBA project, Excel 4 macro sheets, the project inside a presentation.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator

from lxml import etree

from gongkai.reading.archive import Archive, Member
from gongkai.reading.limits import CannotRead

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TYPES = "[Content_Types].xml"
# Both what holds macros and what makes an office program look for them.
_TYPE = re.compile(r"vbaproject|vbadata|macroenabled|macrosheet", re.I)
_NAMES = {"vbaproject.bin", "vbadata.xml"}
_PROJECT = {"_VBA_PROJECT", "_VBA_PROJECT_CUR", "VBA"}
# [MS-PPT] 2.4.10: a VbaInfoContainer whose VbaInfoAtom says that there are macros.
_IN_SLIDES = re.compile(rb"\x1f\x00\xff\x03\x14\x00\x00\x00\x02\x00\x00\x04\x0c\x00\x00\x00.{4}[^\x00]", re.S)
_RAW = re.compile("_VBA_PROJECT".encode("utf-16-le"), re.I)
_BOUNDSHEET, _SUPBOOK = 0x85, 0x1AE
_MOST_RECORDS = 200_000


def in_package(archive: Archive) -> bool:
    """Whether an office package has macros. Raises CannotRead for one that is damaged or unpacks too large."""
    if any(member.name.rpartition("/")[2].lower() in _NAMES for member in archive.members):
        return True
    for member in archive.members:
        if member.name.lower() == TYPES.lower() and any(_TYPE.search(one.get("ContentType", "")) for one in _xml(archive.read(member))):
            return True
        if member.name.lower().endswith(".rels") and any(_TYPE.search(one.get("Type", "").rpartition("/")[2]) for one in _xml(archive.read(member))):
            return True
    return any(
        in_compound(archive.read(member))
        for member in archive.members
        if not member.name.lower().endswith((".xml", ".rels")) and _head(archive, member) == OLE
    )


def _head(archive: Archive, member: Member) -> bytes:
    """What a member begins with; nothing for one whose first bytes do not unpack: no program finds a project there either."""
    try:
        return archive.head(member, len(OLE))
    except CannotRead:
        return b""


def _xml(data: bytes) -> Iterator[etree._Element]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:  # nothing at all in it
        return iter(())
    return iter(()) if root is None else root.iter("{*}*")


def in_compound(data: bytes) -> bool:
    """Whether a compound file has macros. One whose directory is damaged is judged by the names that stand in it."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            paths = ole.listdir(streams=True, storages=True)
            if any(part.upper() in _PROJECT for path in paths for part in path):
                return True
            streams = {path[0].lower(): path for path in paths if len(path) == 1}
            if "powerpoint document" in streams and _IN_SLIDES.search(ole.openstream(streams["powerpoint document"]).read()):
                return True
            return any(sheet_is_macro(ole.openstream(streams[name]).read()) for name in ("workbook", "book") if name in streams)
    except Exception:  # a made-up compound file may break olefile anywhere
        return _RAW.search(data) is not None


def records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a workbook stream ([MS-XLS] 2.1.4): kind and body."""
    at = 0
    for _ in range(_MOST_RECORDS):
        if at + 4 > len(stream):
            return
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def sheet_is_macro(stream: bytes) -> bool:
    """Whether a workbook names a sheet of Excel 4 macros or a Visual Basic module among its sheets."""
    return any(kind == _BOUNDSHEET and len(body) > 5 and body[5] in (1, 6) for kind, body in records(stream))


def links_programs(stream: bytes) -> bool:
    """Whether a workbook has a link of DDE or OLE ([MS-XLS] 2.4.271: of no sheet, program and topic parted by U+0003;
    the path of another workbook begins with a control sign instead)."""
    return any(
        kind == _SUPBOOK and body[:2] == b"\0\0" and body[5:6] >= b" " and b"\x03" in body[6:] for kind, body in records(stream)
    )
