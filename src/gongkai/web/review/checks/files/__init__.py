"""What hides in files. `inspect` is run in a worker process (inspection.py in the folder above); no Django here."""

from __future__ import annotations

import io
from collections.abc import Iterator

from gongkai.web.catalogue.files.detecting import family as family_of
from gongkai.web.house.macros import OLE
from gongkai.web.review.checks.finding import Found

from . import archives, compound, markup, media, packed, pdf, pictures, separated, slides, spreadsheets, words
from .reach import Look, Reach

# The family of catalogue/files/types.toml, or what detecting.py says besides -> what looks into it.
_LOOK: dict[str, Look] = {
    "pdf": pdf.inspect, "docx": words.inspect, "xlsx": spreadsheets.inspect, "pptx": slides.inspect,
    "doc": compound.inspect, "xls": compound.inspect, "ofd": packed.inspect_ofd, "zip": archives.inspect,
    "text": separated.inspect, "markup": markup.inspect, "html": markup.inspect,
    **dict.fromkeys(("png", "jpeg", "gif", "mp4", "mp3"), media.inspect),
}  # fmt: skip
_SAID = {
    "macro": ("macros", "文件含有宏"), "program": ("programs", "含有程序或脚本文件"),
    "encrypted": ("unchecked", "设有打开密码，没有检查"),
}  # fmt: skip
EDITION = 3
"""Raise it when a check of files changes: contents are then looked at again."""


def inspect(content: bytes, family: str, name: str = "") -> Iterator[Found]:
    """What hides in a content of this family (docx, pdf …) and in whatever lies within it. Raises what a damaged file makes
    the parsers raise."""
    look = _LOOK.get(family)
    if look is not None:
        yield from look(content, name, Reach(_within))


def _within(content: bytes, name: str, reach: Reach) -> Iterator[Found]:
    """The same of what lies within another file: there its content alone says what it is."""
    family = family_of(io.BytesIO(content))
    if said := _SAID.get(family):
        yield Found(said[0], said[1], value=family)
    elif pictures.is_picture(content):
        yield from media.inspect(content, name, reach)
    elif content.startswith(OLE):
        yield from compound.inspect(content, name, reach)
    elif family == "unknown" and content.startswith(b"PK\x03\x04"):
        yield Found("unchecked", "文件已损坏，没有检查", value="damaged")
    elif (look := _LOOK.get(family)) is not None:
        yield from look(content, name, reach)
