"""Pictures that tell where and by whom they were taken, made by hand."""

from __future__ import annotations

import struct
import zlib

XMP = (
    b'<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" %b>'
    b"<dc:creator><rdf:Seq><rdf:li>Wang</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
)
PLACED = XMP % b'exif:GPSLatitude="30,15.5N" exif:GPSLongitude="120,9.1E"'


def exif(*, place: bool = True, artist: bytes = b"", order: str = "<") -> bytes:
    """A TIFF head with an artist and a place."""
    entries = []
    after = 8 + 2 + 12 * (bool(artist) + place) + 4
    tail = b""
    if artist:
        entries.append(struct.pack(f"{order}HHII", 0x013B, 2, len(artist) + 1, after))
        tail += artist + b"\0"
    if place:
        at = after + len(tail)
        entries.append(struct.pack(f"{order}HHII", 0x8825, 4, 1, at))
        degrees = struct.pack(f"{order}6I", 30, 1, 15, 1, 30, 1)
        tail += struct.pack(f"{order}H", 2) + struct.pack(f"{order}HHII", 2, 5, 3, at + 30) + struct.pack(f"{order}HHII", 4, 5, 3, at + 30)
        tail += bytes(4) + degrees
    head = b"II*\0" if order == "<" else b"MM\0*"
    return head + struct.pack(f"{order}I", 8) + struct.pack(f"{order}H", len(entries)) + b"".join(entries) + bytes(4) + tail


def jpeg(*segments: tuple[int, bytes]) -> bytes:
    """A JPEG with these segments before its scan."""
    parts = b"".join(b"\xff" + bytes([kind]) + struct.pack(">H", len(body) + 2) + body for kind, body in ((0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"), *segments))
    return b"\xff\xd8" + parts + b"\xff\xda\x00\x02\x11\x22\xff\xd9"


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG of one grey point with these chunks."""
    every = ((b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)), *chunks, (b"IDAT", zlib.compress(b"\0\x80")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in every
    )


def webp(*chunks: tuple[bytes, bytes]) -> bytes:
    """A WebP with these chunks."""
    body = b"WEBP" + b"".join(kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2) for kind, data in chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


BY_LINE = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0c\x1c\x02\x50\0\x04Wang"
