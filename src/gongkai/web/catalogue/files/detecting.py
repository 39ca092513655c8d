"""What an attached content really is, from its bytes; the name is only a claim."""

from __future__ import annotations

import zipfile
from typing import BinaryIO

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADS = (
    (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF87a", "gif"), (b"GIF89a", "gif"), (b"ID3", "mp3"),
    (b"\xff\xfb", "mp3"), (b"\xff\xf3", "mp3"), (b"\xff\xf2", "mp3"), (b"MZ", "program"), (b"\x7fELF", "program"),
)  # fmt: skip
_PARTS = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
_MACROS = ("vbaProject.bin", "vbaData.xml")
_MARKUP = (b"<html", b"<!doctype html", b"<script", b"<svg", b"<body", b"<iframe", b"<?xml", b"<head")
_SAMPLE = 1 << 16


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
    if b"%PDF-" in head[:1024]:
        return "pdf"
    for magic, kind in _HEADS:
        if head.startswith(magic):
            return kind
    if head[4:8] == b"ftyp":
        return "mp4"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(file)
    if head.startswith(_OLE):
        return _compound(file)
    lowered = head[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if any(mark in lowered for mark in _MARKUP):
        return "markup"
    return "text" if _is_text(head) else "unknown"


def _packed(file: BinaryIO) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "unknown"
    if "OFD.xml" in names:
        return "ofd"
    if "[Content_Types].xml" not in names:
        return "zip"
    if any(name.rsplit("/", 1)[-1] in _MACROS for name in names):
        return "macro"
    return next((kind for part, kind in _PARTS if any(name.startswith(part) for name in names)), "unknown")


def _compound(file: BinaryIO) -> str:
    import olefile

    file.seek(0)
    try:
        with olefile.OleFileIO(file.read()) as ole:
            streams = {"/".join(path) for path in ole.listdir()}
    except (OSError, ValueError, TypeError, IndexError, OverflowError):
        # What olefile raises on a damaged directory; such a file is of no use to a reader either.
        return "unknown"
    if "EncryptedPackage" in streams:
        return "encrypted"
    if any(name.startswith(("Macros/VBA", "_VBA_PROJECT_CUR/VBA")) for name in streams):
        return "macro"
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
