"""Pages and drawings of markup (HTML, SVG, XML): whether they run something, and whether their name says otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.web.review.checks.finding import Found

from .reach import Reach

_RUNS = re.compile(rb"<\s*(?:\w+:)?script\b|\son[a-z]{3,20}\s*=|javascript:|<\s*(?:iframe|object|embed|applet)\b", re.I)
_NAMES = (".html", ".htm", ".shtml", ".xhtml", ".svg", ".xml", ".mht", ".mhtml", ".xsl", ".rels", ".xsd", ".kml", ".gpx", ".txt", ".md")
# A drawing of an office program, and what else has no name of its own.
_UNNAMED = re.compile(r"(?:^|/)[^./]+$")


def inspect(content: bytes, name: str, _reach: Reach) -> Iterator[Found]:
    """Scripts in markup, and markup under the name of something else."""
    sample = content.replace(b"\x00", b"") if content[:2] in (b"\xff\xfe", b"\xfe\xff") else content
    if name and not name.lower().endswith(_NAMES) and not _UNNAMED.search(name):
        yield Found("disguised", "内容是网页或矢量图，与文件名不符", value="markup")
    if _RUNS.search(sample):
        yield Found("scripts", "含有脚本或自动动作", value="scripts")
