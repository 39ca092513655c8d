"""Addresses from a list or from a sitemap (sitemaps.org protocol 0.9, with index files and gzip)."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator

from .guard import CannotFetch
from .manners import Guest

MOST = 200_000
_UNPACKED = 60 * 1024 * 1024
_MOST_MAPS = 500


def listed(text: str) -> list[str]:
    """One address a line; empty lines and lines with # are left out, doubles too."""
    lines = (line.strip() for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if line and not line.startswith("#")))


def mapped(address: str, guest: Guest, most: int = MOST, most_maps: int = _MOST_MAPS) -> list[str]:
    """Every page of a sitemap and of the maps it names. Raises CannotFetch."""
    waiting, seen, found = [address], set[str](), dict[str, None]()
    while waiting:
        one = waiting.pop(0)
        if one in seen:
            continue
        seen.add(one)
        for kind, value in _entries(guest.get(one).data):
            if kind == "sitemap":
                waiting.append(value)
            else:
                found[value] = None
        if len(seen.union(waiting)) > most_maps or len(found) > most:
            raise CannotFetch(f"站点地图过大（超过{most_maps}个文件或{most}个网址）。请改用网址清单分批导入")
    return list(found)


def _entries(data: bytes) -> Iterator[tuple[str, str]]:
    """(url or sitemap, address)."""
    from lxml import etree

    if data.startswith(b"\x1f\x8b"):
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
                data = packed.read(_UNPACKED + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise CannotFetch("站点地图的压缩包已损坏") from error
        if len(data) > _UNPACKED:
            raise CannotFetch("站点地图解压后过大")
    # No entities, no network: a sitemap comes from outside.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise CannotFetch("站点地图不是有效的XML") from error
    for entry in root.iterchildren("{*}url", "{*}sitemap"):
        place = entry.findtext("{*}loc")
        if place and place.strip():
            yield etree.QName(entry).localname, place.strip()
