"""What an attached content really is, from its bytes; the name is only a claim."""

from __future__ import annotations

import io
import re
from typing import BinaryIO

from gongkai.reading.archive import Archive
from gongkai.reading.limits import CannotRead, Limits
from gongkai.web.house import macros

_HEADS = (
    (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF87a", "gif"), (b"GIF89a", "gif"), (b"ID3", "mp3"),
    (b"\xff\xfb", "mp3"), (b"\xff\xf3", "mp3"), (b"\xff\xf2", "mp3"), (b"MZ", "program"), (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"), (b"\xce\xfa\xed\xfe", "program"), (b"\xcf\xfa\xed\xfe", "program"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "program"), (b"#!/", "program"),
)  # fmt: skip
_PARTS = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
_MARKUP = (b"<html", b"<!doctype html", b"<script", b"<svg", b"<body", b"<iframe", b"<?xml", b"<head")
# What no picture, sound or film has at its head: a page that some programs would run instead of showing.
_PAGE = re.compile(rb"<(?:script|html|body|iframe|!doctype\s+html)[\s>]", re.I)
_SAMPLE = 1 << 16
# More members than a presentation of the largest size has; what is in them is counted as it unpacks.
_LIMITS = Limits(members=20_000, unpacked=128 << 20)


def family(file: BinaryIO) -> str:
    """The family of `file`: as in types.toml, or macro, program, markup, encrypted, unknown, empty. Leaves the
    position at the beginning."""
    file.seek(0)
    head = file.read(_SAMPLE)
    found = _of(head, file)
    file.seek(0)
    return found


def _of(head: bytes, file: BinaryIO) -> str:
    if not head:
        return "empty"
    # Readers of PDF and films skip what stands before; browsers and other programs may take that for a page.
    if (at := head.find(b"%PDF-", 0, 1029)) >= 0:
        return "markup" if _PAGE.search(head[:at]) else "pdf"
    for magic, kind in _HEADS:
        if head.startswith(magic):
            return "markup" if kind != "program" and _PAGE.search(head) else kind
    if head[4:8] == b"ftyp":
        return "markup" if _PAGE.search(head) else "mp4"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(file)
    if head.startswith(macros.OLE):
        return _compound(file)
    lowered = head[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if any(mark in lowered for mark in _MARKUP):
        return "markup"
    return "text" if _is_text(head) else "unknown"


def _packed(file: BinaryIO) -> str:
    try:
        with Archive(file, _LIMITS) as archive:
            return _of_archive(archive)
    except CannotRead as error:
        # Too much in it to be an office file; one that is named so does not fit its name then.
        return "zip" if error.code == "too_large" else "unknown"


def _of_archive(archive: Archive) -> str:
    if "OFD.xml" in archive:
        return "ofd"
    names = [member.name for member in archive.members]
    if macros.TYPES.lower() not in {name.lower() for name in names}:
        return "zip"
    if macros.in_package(archive):
        return "macro"
    return next((kind for part, kind in _PARTS if any(name.startswith(part) for name in names)), "unknown")


def _compound(file: BinaryIO) -> str:
    import olefile

    file.seek(0)
    content = file.read()
    if macros.in_compound(content):
        return "macro"
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            streams = {"/".join(path) for path in ole.listdir()}
    except (OSError, ValueError, TypeError, IndexError, OverflowError):
        # What olefile raises on a damaged directory; such a file is of no use to a reader either.
        return "unknown"
    if "EncryptedPackage" in streams:
        return "encrypted"
    if "WordDocument" in streams:
        return "doc"
    return "xls" if streams & {"Workbook", "Book"} else "unknown"


def _is_text(head: bytes) -> bool:
    if b"\x00" in head:
        return False
    for charset in ("utf-8", "gb18030"):
        try:
            head.decode(charset)
        except UnicodeDecodeError as error:
            # The sample may end inside a character.
            if error.start < len(head) - 4:
                continue
        return True
    return False
