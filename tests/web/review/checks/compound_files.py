"""Compound files ([MS-CFB]) made by hand: streams by path, each in sectors of its own."""

from __future__ import annotations

import struct

_NONE, _END = 0xFFFFFFFF, 0xFFFFFFFE
_SECTOR = 512


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file. Streams are filled to 4096 bytes: no mini stream is needed then."""
    tree: dict = {}
    for path, data in streams.items():
        *folders, name = path.split("/")
        inner = tree
        for folder in folders:
            inner = inner.setdefault(folder, {})
        inner[name] = data.ljust(4096, b"\0")
    entries: list[list] = []
    bodies: list[tuple[int, bytes]] = []
    _add(entries, bodies, "Root Entry", tree, 5)
    table: list[int] = []
    sectors = b""
    for number, data in bodies:
        count = -(-len(data) // _SECTOR)
        entries[number][4:] = [len(table), len(data)]
        table += [*range(len(table) + 1, len(table) + count), _END]
        sectors += data.ljust(count * _SECTOR, b"\0")
    directory = b"".join(_entry(*one) for one in entries)
    count = -(-len(directory) // _SECTOR)
    at = len(table)
    table += [*range(at + 1, at + count), _END]
    sectors += directory.ljust(count * _SECTOR, b"\0")
    fats = 1
    while (len(table) + fats) * 4 > fats * _SECTOR:
        fats += 1
    places = list(range(len(table), len(table) + fats))
    table += [0xFFFFFFFD] * fats
    table += [_NONE] * (fats * 128 - len(table))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, fats, at, 0, 4096, _END, 0, _END, 0)
    head += struct.pack("<109I", *places, *[_NONE] * (109 - fats))
    return head + sectors + struct.pack(f"<{len(table)}I", *table)


def _add(entries: list, bodies: list, name: str, what: dict | bytes, kind: int) -> int:
    number = len(entries)
    entries.append([name, kind, _NONE, _NONE, 0, 0])
    if isinstance(what, bytes):
        bodies.append((number, what))
        return number
    before = None
    for inner, value in what.items():
        child = _add(entries, bodies, inner, value, 2 if isinstance(value, bytes) else 1)
        if before is None:
            entries[number][3] = child
        else:
            entries[before][2] = child
        before = child
    if kind == 5:
        entries[number][4] = _END
    return number


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    label = name.encode("utf-16-le")
    return (
        label.ljust(64, b"\0") + struct.pack("<HBBIII", len(label) + 2, kind, 1, _NONE, right, child) + bytes(36) + struct.pack("<IQ", start, size)
    )


def record(kind: int, body: bytes) -> bytes:
    """A record of a workbook stream."""
    return struct.pack("<HH", kind, len(body)) + body


def packaged(name: str, data: bytes) -> bytes:
    """What the packager writes for a file put into a document."""
    body = b"\x02\x00" + name.encode() + b"\0" + name.encode() + b"\0" + b"\0\0\x03\0" + struct.pack("<I", len(name) + 1) + name.encode() + b"\0"
    body += struct.pack("<I", len(data)) + data
    return struct.pack("<I", len(body)) + body


VBA = compound({"VBA/_VBA_PROJECT": b"\xcc\x61", "VBA/dir": b"", "PROJECT": b'ID="{0}"'})
