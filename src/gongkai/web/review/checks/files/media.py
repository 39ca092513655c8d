"""Pictures, sounds and films: what they tell about their making, and what else they are at the same time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from gongkai.web.review.checks.finding import Found

from . import pictures
from .reach import Reach, members

# Long enough not to stand in compressed sound by chance.
_PAGE = re.compile(rb"<(?:script[\s>]|iframe\s|!doctype\s+html|html\s+[a-z]+=|body\s+on)", re.I)
_END = b"PK\x05\x06"


def inspect(content: bytes, _name: str, reach: Reach) -> Iterator[Found]:
    """A content that is, by its head, a picture, sound or film."""
    yield from pictures.told(content)
    yield from two_faced(content, reach)


def two_faced(content: bytes, reach: Reach) -> Iterator[Found]:
    """Whether the content is a page or an archive as well."""
    if _PAGE.search(content):
        yield Found("disguised", "文件中夹带网页代码", value="page")
    yield from archive_behind(content, reach)


def archive_behind(content: bytes, reach: Reach) -> Iterator[Found]:
    """Whether an archive ends where the content ends (its reader begins at the end); and what is in it."""
    at = content.rfind(_END, max(0, len(content) - 65_557))
    if at < 0 or at + 22 + int.from_bytes(content[at + 20 : at + 22], "little") != len(content):
        return
    if zipfile.is_zipfile(io.BytesIO(content)):
        yield Found("disguised", "文件末尾夹带压缩包", value="archive")
        with reach.open(content) as archive:
            yield from members(archive, reach)
