"""What a picture or a film tells besides what one sees: where it was taken, by whom. EXIF, XMP and IPTC read by structure."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

from lxml import etree

from gongkai.web.review.checks.finding import Found

_PNG = b"\x89PNG\r\n\x1a\n"
_TIFF = (b"II*\x00", b"MM\x00*")
_XAP = b"http://ns.adobe.com/xap/1.0/\x00"
_MOST = 4 << 20
_ENTRIES = 512
_WHO = {0x013B: "作者", 0x9C9D: "作者", 0xA430: "相机所有人", 0xA431: "相机序列号"}
_BY_LINE = {80: "作者", 122: "说明作者"}
_GPS, _EXIF, _XMP_TAG, _IPTC_TAG = 0x8825, 0x8769, 700, 33723
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8, 13: 4}
# QuickTime's place of a film: a text box of its own, or a key beside the value.
_FILM = re.compile(rb"\xa9xyz.{4}([+-]\d{1,3}\.?\d*[+-]\d{1,3}\.?\d*)|location\.ISO6709.{0,4096}?([+-]\d{2,3}\.\d+[+-]\d{2,3}\.\d+)", re.S)
_IN_PDF = re.compile(rb"\xff\xe1..Exif\x00\x00", re.S)

Fact = tuple[str, str]
"""Label and words; the label "位置" stands for coordinates."""


def is_picture(content: bytes) -> bool:
    """Whether this is a kind of picture read here."""
    return content.startswith((b"\xff\xd8\xff", _PNG, b"GIF8", *_TIFF)) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")


def told(content: bytes) -> Iterator[Found]:
    """Findings of a picture or film. A damaged one tells what is before the damage."""
    yield from findings(dict.fromkeys(_facts(content)))


def told_in_pdf(content: bytes) -> Iterator[Found]:
    """The same of photographs that lie in a PDF as they came from the camera."""
    facts: dict[Fact, None] = {}
    for number, match in enumerate(_IN_PDF.finditer(content)):
        if number < _ENTRIES:
            facts |= dict.fromkeys(_safely(_tiff(content[match.end() : match.end() + (1 << 16)])))
    yield from findings(facts)


def findings(facts: dict[Fact, None]) -> Iterator[Found]:
    """One finding for the place, one for the names. The place itself is not repeated: it is what must not get about."""
    where = [words for label, words in facts if label == "位置"]
    if where:
        yield Found("location", "带有拍摄位置（经纬度）", value="|".join(where))
    who = "；".join(f"{label}：{words[:40]}" for label, words in facts if label != "位置")
    if who:
        yield Found("metadata", "图片属性中有信息", "", who, who)


def _facts(content: bytes) -> Iterator[Fact]:
    if content.startswith(b"\xff\xd8"):
        source = _jpeg(content)
    elif content.startswith(_PNG):
        source = _png(content)
    elif content.startswith(_TIFF):
        source = _tiff(content)
    elif content[:4] == b"RIFF":
        source = _webp(content)
    elif content.startswith(b"GIF8"):
        at = content.find(b"XMP DataXMP")
        source = _xmp(content[at + 11 : at + _MOST]) if at >= 0 else iter(())
    else:
        source = (("位置", (match[1] or match[2]).decode("ascii")) for match in _FILM.finditer(content))
    yield from _safely(source)


def _safely(source: Iterator[Fact]) -> Iterator[Fact]:
    try:
        yield from source
    except (struct.error, IndexError, ValueError, zlib.error, etree.LxmlError):
        return


def _jpeg(content: bytes) -> Iterator[Fact]:
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] != 0xDA:
        if content[at + 1] == 0xFF:  # a filler
            at += 1
            continue
        size = int.from_bytes(content[at + 2 : at + 4], "big")
        body = content[at + 4 : at + 2 + size]
        if content[at + 1] == 0xE1 and body.startswith(b"Exif\x00"):
            yield from _safely(_tiff(body[6:]))
        elif content[at + 1] == 0xE1 and body.startswith(_XAP):
            yield from _safely(_xmp(body[len(_XAP) :]))
        elif content[at + 1] == 0xED:
            yield from _safely(_iptc(body))
        at += 2 + max(2, size)


def _png(content: bytes) -> Iterator[Fact]:
    at = 8
    while at + 8 <= len(content):
        size, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        body = content[at + 8 : at + 8 + size]
        at += 12 + size
        if kind == b"eXIf":
            yield from _safely(_tiff(body))
        elif kind in (b"tEXt", b"zTXt", b"iTXt"):
            yield from _safely(_png_text(kind, body))


def _png_text(kind: bytes, body: bytes) -> Iterator[Fact]:
    key, _, rest = body.partition(b"\x00")
    packed = kind == b"zTXt"
    if kind == b"zTXt":
        rest = rest[1:]
    elif kind == b"iTXt":
        packed, rest = rest[:1] == b"\x01", rest[2:].split(b"\x00", 2)[2]
    if packed:
        rest = zlib.decompressobj().decompress(rest, _MOST)
    if key == b"XML:com.adobe.xmp":
        yield from _xmp(rest)
    elif key.startswith(b"Raw profile type "):
        raw = bytes.fromhex(b"".join(rest.split()[2:]).decode("ascii"))
        yield from _tiff(raw.removeprefix(b"Exif\x00\x00")) if key.endswith((b"exif", b"APP1")) else _iptc(raw)
    elif key.lower() in (b"author", b"creator", b"artist") and rest.strip():
        yield "作者", _text(rest)


def _webp(content: bytes) -> Iterator[Fact]:
    at = 12
    while at + 8 <= len(content):
        kind, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        body = content[at + 8 : at + 8 + size]
        if kind == b"EXIF":
            yield from _safely(_tiff(body.removeprefix(b"Exif\x00\x00")))
        elif kind == b"XMP ":
            yield from _safely(_xmp(body))
        at += 8 + size + size % 2


def _tiff(data: bytes) -> Iterator[Fact]:
    order = "<" if data.startswith(b"II") else ">"
    todo, seen = [(struct.unpack_from(f"{order}I", data, 4)[0], False)], set()
    while todo:
        at, place = todo.pop()
        if at in seen or not at or len(seen) > _ENTRIES:
            continue
        seen.add(at)
        (count,) = struct.unpack_from(f"{order}H", data, at)
        found = {}
        for number in range(min(count, _ENTRIES)):
            tag, kind, length = struct.unpack_from(f"{order}HHI", data, at + 2 + 12 * number)
            size = _SIZES.get(kind, 1) * length
            start = at + 10 + 12 * number
            if size > 4:
                (start,) = struct.unpack_from(f"{order}I", data, start)
            found[tag] = data[start : start + min(size, _MOST)]
        if place:
            where = found.get(2, b"") + found.get(4, b"")
            if where.strip(b"\x00"):
                yield "位置", where.hex()
            continue
        todo += [(struct.unpack_from(f"{order}I", found[tag])[0], tag == _GPS) for tag in (_GPS, _EXIF) if len(found.get(tag, b"")) >= 4]
        for tag, label in _WHO.items():
            if words := _text(found.get(tag, b""), wide=tag == 0x9C9D):
                yield label, words
        if _XMP_TAG in found:
            yield from _safely(_xmp(found[_XMP_TAG]))
        if _IPTC_TAG in found:
            yield from _safely(_iptc(found[_IPTC_TAG]))


def _iptc(data: bytes) -> Iterator[Fact]:
    """Data sets of record 2, wherever in the block they begin."""
    at = data.find(b"\x1c\x02")
    while at >= 0 and at + 5 <= len(data) and data[at] == 0x1C:
        size = int.from_bytes(data[at + 3 : at + 5], "big")
        label, words = _BY_LINE.get(data[at + 2]), _text(data[at + 5 : at + 5 + size])
        if data[at + 1] == 2 and label and words:
            yield label, words
        at += 5 + size


def _xmp(data: bytes) -> Iterator[Fact]:
    start, end = data.find(b"<"), data.rfind(b">")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(data[start : end + 1], parser)
    if root is None:
        return
    where, who = [], []
    for one in root.iter("{*}*"):
        name = etree.QName(one).localname
        for key, value in [(name, "".join(one.itertext()).strip()), *((str(key).rpartition("}")[2], value) for key, value in one.items())]:
            if key in ("GPSLatitude", "GPSLongitude") and value:
                where.append(str(value))
            elif key in ("creator", "CaptionWriter", "OwnerName", "SerialNumber") and value:
                who.append(str(value))
    if where:
        yield "位置", "|".join(where)
    yield from (("作者", " ".join(words.split())) for words in dict.fromkeys(who))


def creator_in(data: bytes) -> str:
    """The author that a packet of XMP names; empty when there is none."""
    return next((words for label, words in _safely(_xmp(data)) if label == "作者"), "")


def _text(raw: bytes, wide: bool = False) -> str:
    for charset in ("utf-16-le",) if wide else ("utf-8", "gb18030"):
        try:
            return raw.decode(charset).strip("\x00 ")
        except UnicodeDecodeError:
            continue
    return "（无法识别的文字）"
