"""Filters for the checker's pages."""

from __future__ import annotations

from django import template

from gongkai.web.reporting.inspecting.original import Mark

register = template.Library()

_IDENTITY = {"organ": "机关", "year": "年度", "title": "标题", "period": "统计期限", "published": "公布日期", "form": "格式"}
_HALF_WIDTH = 0.55


@register.filter
def plain(value: float) -> str:
    """A length for SVG."""
    return f"{value:.1f}"


@register.filter
def wide(mark: Mark) -> str:
    """The width of a box."""
    return f"{max(0.0, mark.box[2] - mark.box[0]):.1f}"


@register.filter
def high(mark: Mark) -> str:
    """The height of a box."""
    return f"{max(0.0, mark.box[3] - mark.box[1]):.1f}"


@register.filter
def letters(mark: Mark) -> str:
    """The size at which a text fits its box."""
    width = sum(1.0 if ord(char) > 0x2E80 else _HALF_WIDTH for char in mark.text) or 1.0
    size = min(mark.box[3] - mark.box[1], (mark.box[2] - mark.box[0]) / width)
    return f"{min(max(size, 4.0), 16.0):.1f}"


@register.filter
def hit(anchor: str, hits: dict[str, str]) -> str:
    """How a place takes part in a broken sum: hit (stated), hit-a (added) or nothing."""
    return {"a": "hit-a", "b": "hit"}.get(hits.get(anchor, ""), "")


@register.filter
def minus(value: int, other: int) -> int:
    """A difference."""
    return value - other


@register.filter
def member(source: str) -> str:
    """The name of a document inside an archive."""
    return source.rpartition("!")[2]


@register.filter
def identity(field: str) -> str:
    """What was decided, in words."""
    return _IDENTITY.get(field, field)


@register.filter
def sentences(text: str) -> list[str]:
    """The sentences of a text, each with its stop; 应为… goes on from the sentence before."""
    out: list[str] = []
    for one in text.rstrip("。").split("。"):
        if out and one.startswith("应为"):
            out[-1] += f"{one}。"
        elif one:
            out.append(f"{one}。")
    return out


@register.filter
def baseline(mark: Mark) -> str:
    """The height at which a text stands in the middle of its box."""
    return f"{(mark.box[1] + mark.box[3]) / 2 + 0.36 * float(letters(mark)):.1f}"
