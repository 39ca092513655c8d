"""Whether an item is public now, and the mark under which its finished pages may be kept (ADR 0083). One small query."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import BigIntegerField, Func, OuterRef, QuerySet, Subquery

from gongkai.web.catalogue.models import Item
from gongkai.web.catalogue.published import published_items

from .compiled import Compiled
from .imprint import imprint
from .models import ItemStamp, OrgansStamp

# A function, not an aggregate: of all rows, without grouping.
_SUM = Func("stamp", function="SUM", output_field=BigIntegerField())


@dataclass(frozen=True, slots=True)
class Mark:
    """`text` is empty when nothing may be kept (triggers not laid)."""

    item: int
    text: str


def stamped(items: QuerySet[Item]) -> QuerySet[Item]:
    """`items` with `item_stamp` and `organs_stamp`; either may be None."""
    own = ItemStamp.objects.filter(item=OuterRef("pk")).order_by().values(sum=_SUM)
    organs = OrgansStamp.objects.order_by().values(sum=_SUM)
    return items.annotate(item_stamp=Subquery(own), organs_stamp=Subquery(organs))


def mark_of(number: int) -> Mark | None:
    """None: there is no such public item now."""
    row = _marked.row(number)
    return None if row is None else Mark(row[0], text_of(*row))


def text_of(item: int, item_stamp: int | None, organs_stamp: int | None) -> str:
    """The mark in one word."""
    return "" if organs_stamp is None else f"{item}.{int(item_stamp or 0)}.{int(organs_stamp)}.{imprint()}"


def _of_number(number: int) -> QuerySet[Item]:
    return stamped(published_items().filter(number=number)).order_by().values_list("pk", "item_stamp", "organs_stamp")  # type: ignore[return-value]


_marked = Compiled(_of_number)
