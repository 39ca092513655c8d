"""What hides in files. `inspect` is run in a worker process (inspection.py in the folder above); no Django here."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gongkai.web.review.checks.finding import Found

from . import compound, packed, pdf, slides, spreadsheets, words

# The family of catalogue/files/types.toml -> what looks into it.
_LOOK: dict[str, Callable[[bytes], Iterator[Found]]] = {
    "pdf": pdf.inspect, "docx": words.inspect, "xlsx": spreadsheets.inspect, "pptx": slides.inspect,
    "doc": compound.inspect, "xls": compound.inspect, "ofd": packed.inspect_ofd,
}  # fmt: skip
EDITION = 2
"""Raise it when a check of files changes: contents are then looked at again."""


def inspect(content: bytes, family: str) -> Iterator[Found]:
    """What hides in a content of this family (docx, pdf …). Raises what a damaged file makes the parsers raise."""
    look = _LOOK.get(family)
    if look is not None:
        yield from look(content)


