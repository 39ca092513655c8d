"""Filters of the portal's templates."""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from gongkai.web.catalogue.files.types import BY_KEY
from gongkai.web.portal import rows
from gongkai.web.portal.edition import remembered

register = template.Library()
register.filter("kind_title", rows.kind_title)
register.filter("validity_badge", rows.validity_badge)


@register.filter
def file_type(key: str) -> str:
    """DOCX."""
    kind = BY_KEY.get(key)
    return kind.title if kind is not None else key.upper()


@register.filter
def shown_inline(key: str) -> bool:
    """Whether a browser may show it."""
    kind = BY_KEY.get(key)
    return kind is not None and kind.inline


@register.filter
def file_size(size: int) -> str:
    """214 KB."""
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{round(size / 1024)} KB"
    return f"{size / 1024 / 1024:.1f} MB"


@register.filter
def lines(text: str) -> list[str]:
    """The paragraphs of a plain text."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@register.simple_tag(takes_context=True)
def same_in_column(context: Context) -> SafeString:
    """What this block is in the template above, made once an edition for all documents of a column: nothing in it may be the document's.

    Called here and not as `{{ block.super }}`, which would show nothing where a variable is missing.
    """
    block = context["block"]
    key = (block.name, context["column"].organ.pk, context["here"], context["site"], *context["platform"].values())
    part: SafeString = remembered("part of a page", key, block.super, context.get("edition"))
    return part
