"""The grass-roots standard catalogue: fields, the matters of one field, one matter with what was published."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from gongkai.web.catalogue.published import published_items
from gongkai.web.catalogue.taxonomy import CARRIERS, FIELDS
from gongkai.web.house.paging import PUBLIC_ROWS, page_of
from gongkai.web.portal.answers import page, public_page
from gongkai.web.portal.column import Column, column_of
from gongkai.web.portal.standard import counts_of, entries_of, fields_of

NAME = "基层政务公开标准目录"


def _above(column: Column) -> tuple[str, str]:
    return "法定主动公开内容", column.address("content")


@public_page
def catalogue(request: HttpRequest, slug: str) -> HttpResponse:
    """The fields."""
    column = column_of(slug)
    context = column.context("content", column.words(NAME), crumbs=column.crumbs(_above(column)), fields=fields_of(column), name=NAME)
    return page(request, "portal/catalogue.html", context)


@public_page
def field(request: HttpRequest, slug: str, field: str) -> HttpResponse:
    """The matters of a field, with counts."""
    column = column_of(slug)
    term = FIELDS.get(field)
    entries = entries_of(column).filter(field=field)
    rows = list(entries)
    if term is None or not rows:
        raise Http404
    found = counts_of(entries)
    crumbs = column.crumbs(_above(column), (NAME, column.address("catalogue")))
    context = column.context(
        "content", column.words(term.title, f"{column.organ.name}{term.title}领域{NAME}"), crumbs=crumbs, term=term,
        rows=[(row, found.get(row.pk, 0)) for row in rows],
    )  # fmt: skip
    return page(request, "portal/field.html", context)


@public_page
def entry(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One matter in its official columns, and its items."""
    column = column_of(slug)
    row = get_object_or_404(entries_of(column), pk=pk)
    title = FIELDS.title(row.field)
    crumbs = column.crumbs(_above(column), (NAME, column.address("catalogue")), (title, column.address("field", row.field)))
    context = column.context(
        "content", column.words(str(row)), crumbs=crumbs, row=row, field=title, carriers=[CARRIERS.title(key) for key in row.carriers],
        page=page_of(request, published_items().filter(entries=row), PUBLIC_ROWS),
    )  # fmt: skip
    return page(request, "portal/entry.html", context)
