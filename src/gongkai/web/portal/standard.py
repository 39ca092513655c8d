"""The standard catalogue as readers browse it: fields, matters, and how much each matter has."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from gongkai.web.catalogue.models import CatalogueEntry
from gongkai.web.catalogue.published import published_items
from gongkai.web.catalogue.taxonomy import FIELDS
from gongkai.web.house.visibility import visible
from gongkai.web.organs.models import Kind

from .column import PUBLIC, Column
from .counts import Line


def entries_of(column: Column) -> QuerySet[CatalogueEntry]:
    """The entries of this region's or organ's catalogue, and those an organ is responsible for."""
    own = Q(organ=column.organ)
    if column.organ.kind != Kind.REGION:
        own |= Q(responsible=column.organ)
    return visible(CatalogueEntry, PUBLIC).filter(own).select_related("organ", "responsible")


def fields_of(column: Column) -> list[Line]:
    """The fields with entries, and how many matters each has."""
    rows = entries_of(column).order_by().values_list("field").annotate(count=Count("pk"))
    found = dict(rows)
    return [Line("", term.title, "", term.key, found[term.key]) for term in FIELDS if found.get(term.key)]


def counts_of(entries: QuerySet[CatalogueEntry]) -> dict[int, int]:
    """How many public items hang at each entry."""
    ids = entries.order_by().values("pk")
    rows = published_items().order_by().filter(entries__in=ids).values_list("entries").annotate(count=Count("pk"))
    wanted = set(entries.values_list("pk", flat=True))
    return {pk: count for pk, count in rows if pk in wanted}
