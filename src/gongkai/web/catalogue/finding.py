"""Finding one item from what a person types: its index number, its 文号, or its permanent number."""

from __future__ import annotations

from django.db.models import Q

from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import visible

from . import document_number
from .models import Item


class NotFound(ValueError):  # noqa: N818
    """No item, or more than one; the message says which."""


def matching(text: str) -> Q:
    """The condition on items that `text` names exactly."""
    plain = text.strip()
    found = Q(index_number=plain)
    if plain.isascii() and plain.isdigit() and len(plain) < 16:
        found |= Q(number=int(plain))
    parsed = document_number.parse(plain)
    if parsed is not None:
        found |= Q(number_issuer=parsed.issuer, number_year=parsed.year, number_serial=parsed.serial)
    return found


def find_item(actor: Actor, text: str) -> Item:
    """The one item `actor` may see that `text` names. Raises NotFound."""
    found = list(visible(Item, actor).filter(matching(text)).select_related("organ")[:2])
    if not found:
        raise NotFound(f"没有找到“{text}”。请填写索引号、文号或永久编号。")
    if len(found) > 1:
        raise NotFound(f"有多条信息的文号是“{text}”。请改填索引号或永久编号。")
    return found[0]
