"""Archives: every member is looked at by its own content, whatever it is called."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.reading.limits import CannotRead
from gongkai.web.review.checks.finding import Found

from .reach import Reach


def inspect(content: bytes, _name: str, reach: Reach) -> Iterator[Found]:
    """What hides in the files of a zip."""
    with reach.open(content) as archive:
        for member in archive.members:
            try:
                data = archive.read(member)
            except CannotRead as error:
                yield Found("unchecked", f"未能检查：{error.message}", f"内“{member.name[-60:]}”", value=f"{error.code}:{member.name}")
                if archive.budget.left < 0:
                    return
                continue
            yield from reach.within(data, member.name)
