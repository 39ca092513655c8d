"""Presentations: hidden slides, speaker's notes, comments."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.web.review.checks.finding import Found

from .packed import Pack, attribute, has, named, shared
from .reach import Reach


def inspect(content: bytes, _name: str, reach: Reach) -> Iterator[Found]:
    """Everything in a PPTX that its shown slides do not show."""
    pack = Pack(content, reach)
    for part, tree in pack.parts("sld"):
        if attribute(tree, "show") in {"0", "false"}:
            number = "".join(filter(str.isdigit, part.rsplit("/", 1)[-1]))
            yield Found("hidden_parts", f"第{number}张幻灯片是隐藏的", value=part)
    for part, tree in pack.parts("notes"):
        words = "".join(one.text or "" for one in named(tree, "t")).strip()
        # The page number of the notes page is a field with one or two digits.
        if words.strip("0123456789"):
            yield Found("comments", "有演讲者备注", "", words[:4] + "…", f"{part}|{words}")
    for part, tree in pack.parts("cmLst"):
        if has(tree, "cm"):
            yield Found("comments", "有批注", value=part)
    yield from shared(pack, reach)
