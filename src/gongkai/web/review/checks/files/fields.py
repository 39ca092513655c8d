"""Fields of Word documents that fetch or start something by themselves: their instructions may be split over any number of runs,
stand in other fields, or be put together from numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from gongkai.web.review.checks.finding import Found

from .packed import attribute, local, named

_DDE = re.compile(r"\s*DDE(?:AUTO)?\b", re.I)
_FETCHES = re.compile(r'\s*(?:INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|RD|DATABASE)\b.*?((?:https?|ftp|file):[^"\s]+|\\\\[^"\s]+)', re.I | re.S)
_QUOTE = re.compile(r"\s*QUOTE\s+((?:\d{1,5}\s*)+)$", re.I)
_DEEPEST = 50


@dataclass(slots=True)
class _Field:
    words: str = ""
    composed: bool = False
    open: bool = True


def told(tree: etree._Element) -> Iterator[Found]:
    """Findings of the fields of one part."""
    stack: list[_Field] = []
    for one in named(tree, "fldChar", "instrText", "fldSimple"):
        if local(one) == "fldSimple":
            yield from _judged(_Field(attribute(one, "instr")))
        elif local(one) == "instrText":
            if stack and stack[-1].open:
                stack[-1].words += one.text or ""
        elif attribute(one, "fldCharType") == "begin":
            if len(stack) < _DEEPEST:
                stack.append(_Field())
        elif stack and stack[-1].open:
            # At its separator the instruction of a field is complete; at its end too, when it has no result.
            field = stack[-1]
            field.open = False
            yield from _judged(field)
            _hand_up(field, stack)
            if attribute(one, "fldCharType") == "end":
                stack.pop()
        elif stack and attribute(one, "fldCharType") == "end":
            stack.pop()
    for field in stack:
        yield from _judged(field) if field.open else ()


def _hand_up(field: _Field, stack: list[_Field]) -> None:
    """What a field gives is part of the instruction around it."""
    if len(stack) < 2 or not stack[-2].open:
        return
    outer = stack[-2]
    if quoted := _QUOTE.match(field.words):
        outer.words += "".join(chr(int(code)) for code in quoted[1].split())
    elif not outer.words.strip():
        outer.composed = True


def _judged(field: _Field) -> Iterator[Found]:
    words = " ".join(field.words.split())
    if _DDE.match(words):
        yield Found("scripts", "含有会运行命令的域（DDE）", "", words[:20], words)
    elif field.composed:
        yield Found("scripts", "域的命令由另一个域拼成，不能确定它做什么", "", words[:20], words)
    elif found := _FETCHES.match(words):
        yield Found("external_parts", "域引用了外部文件", "", found[1][:100], words)
