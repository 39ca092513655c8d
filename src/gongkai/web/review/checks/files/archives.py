"""Archives: every member is looked at by its own content, whatever it is called."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.web.review.checks.finding import Found

from .reach import Reach, members


def inspect(content: bytes, _name: str, reach: Reach) -> Iterator[Found]:
    """What hides in the files of a zip."""
    with reach.open(content) as archive:
        yield from members(archive, reach)
