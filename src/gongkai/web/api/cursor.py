"""Cursors: a place in a list, newest first, that stays right while items are added."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime

from django.db.models import Q

from gongkai.web.catalogue.models import Item


class BadCursor(ValueError):  # noqa: N818
    """Not a cursor of ours."""


def cursor_after(item: Item) -> str:
    """The place right after `item`."""
    at = item.published_at.isoformat() if item.published_at else ""
    return base64.urlsafe_b64encode(f"{at}~{item.number}".encode()).decode().rstrip("=")


def after(cursor: str) -> Q:
    """The condition for what comes after. Raises BadCursor."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        when, _, number = text.partition("~")
        at, last = datetime.fromisoformat(when), int(number)
    except (binascii.Error, ValueError) as error:
        raise BadCursor(cursor) from error
    if at.tzinfo is None or not 0 <= last < 2**63:
        raise BadCursor(cursor)
    return Q(published_at__lte=at) & (Q(published_at__lt=at) | Q(number__lt=last))
