"""The operations of the open API."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Schema
from ninja.errors import HttpError
from pydantic import Field

from gongkai.checking import check
from gongkai.web.catalogue.models import CatalogueEntry, StandingPage
from gongkai.web.catalogue.published import published_items
from gongkai.web.catalogue.taxonomy import ALL
from gongkai.web.house.visibility import get_visible, visible
from gongkai.web.organs.models import Change, Office, Organ, OrganName
from gongkai.web.portal.answers import page, public_page
from gongkai.web.portal.column import PUBLIC, column_of, first_region
from gongkai.web.portal.filters import Filters, UnknownCondition
from gongkai.web.portal.standard import counts_of, entries_of
from gongkai.web.reporting.published import published_reports

from . import build, cursor, shapes
from .base import MOST, Pages, api


class ListQuery(Schema):
    """The filters of the lists, and the page."""

    organ: str = ""
    art20: str = ""
    art21: str = ""
    kind: str = ""
    theme: str = ""
    genre: str = ""
    validity: str = ""
    year: str = ""
    month: str = ""
    day: str = ""
    entry: int | None = None
    cursor: str = ""
    limit: int = Field(20, ge=1, le=MOST)


@api.get("/items", response={200: shapes.ItemPage, 404: shapes.Problem, 422: shapes.Problem}, summary="信息列表，由新到旧")
def items(request: HttpRequest, asked: Query[ListQuery]) -> Any:
    """`organ`: the organ's own items; for a region all in it. `entry`: those of a matter of the standard catalogue."""
    try:
        filters = Filters.read(asked.dict(exclude={"organ", "entry", "cursor", "limit"}))
        rows = filters.apply(column_of(asked.organ).items() if asked.organ else published_items())
        if asked.entry is not None:
            rows = rows.filter(entries__in=visible(CatalogueEntry, PUBLIC).filter(pk=min(max(asked.entry, 0), 2**63 - 1)))
        if asked.cursor:
            rows = rows.filter(cursor.after(asked.cursor))
    except UnknownCondition as error:
        raise HttpError(422, f"{error}。请按接口说明修改。") from error
    except cursor.BadCursor as error:
        raise HttpError(422, "参数cursor不是本接口给出的值。") from error
    found = list(rows[: asked.limit + 1])
    more = len(found) > asked.limit
    shown = found[: asked.limit]
    return {"items": [build.item(request, one) for one in shown], "next": cursor.cursor_after(shown[-1]) if more else None}


@api.get("/items/{int:number}", response={200: shapes.ItemWhole, 404: shapes.Problem}, summary="一条信息")
def item(request: HttpRequest, number: int) -> Any:
    """With text, attachments, and links both ways."""
    return build.whole_item(request, get_object_or_404(published_items().defer(None).select_related("organ").prefetch_related("organ__names"), number=number))


@api.get("/organs", response=list[shapes.OrganOut], summary="机关和地区")
def organs(request: HttpRequest, pages: Query[Pages]) -> Any:
    """The tree, regions above organs."""
    seen = visible(Organ, PUBLIC).filter(listed=True)
    rows = pages.cut(seen.order_by("level", "order", "slug"))
    slugs = dict(seen.filter(children__in=rows).values_list("pk", "slug")) if rows else {}
    return [build.organ(request, row, slugs.get(row.parent_id) if row.parent_id else None) for row in rows]


@api.get("/organs/{slug:slug}", response={200: shapes.OrganWhole, 404: shapes.Problem}, summary="一个机关")
def organ(request: HttpRequest, slug: str) -> Any:
    """With its office, the organs directly below, its names in time and what happened to it."""
    row = get_visible(Organ, PUBLIC, slug=slug, listed=True)
    parent = visible(Organ, PUBLIC).filter(pk=row.parent_id, listed=True).values_list("slug", flat=True).first()
    below = visible(Organ, PUBLIC).filter(parent=row, listed=True, closed_on=None).order_by("order", "slug")
    changes = visible(Change, PUBLIC).filter(organ=row).prefetch_related("parties__organ")
    return build.organ(request, row, parent) | {
        "office": visible(Office, PUBLIC).filter(organ=row).first(),
        "below": list(below.values_list("slug", flat=True)),
        "names": list(visible(OrganName, PUBLIC).filter(organ=row)),
        "changes": [build.change(one) for one in changes],
    }


@api.get("/entries", response={200: list[shapes.EntryOut], 404: shapes.Problem}, summary="标准目录事项")
def entries(request: HttpRequest, organ: str, pages: Query[Pages], field: str = "") -> Any:
    """Of one region's or organ's catalogue, and those an organ is responsible for."""
    rows = entries_of(column_of(organ))
    if field:
        rows = rows.filter(field=field)
    counts = counts_of(rows)
    return [build.entry(request, row, counts.get(row.pk, 0)) for row in pages.cut(rows)]


@api.get("/pages", response={200: list[shapes.PageOut], 404: shapes.Problem}, summary="指南和制度")
def pages(request: HttpRequest, organ: str, pages: Query[Pages]) -> Any:
    """Of one organ."""
    rows = visible(StandingPage, PUBLIC).filter(organ=get_visible(Organ, PUBLIC, slug=organ, listed=True)).select_related("organ")
    found = list(pages.cut(rows))
    numbers = dict(published_items().filter(pk__in=[row.item_id for row in found if row.item_id]).values_list("pk", "number"))
    return [build.standing_page(row, numbers.get(row.item_id) if row.item_id else None) for row in found]


@api.get("/reports", response=list[shapes.ReportOut], summary="政府信息公开工作年度报告")
def reports(request: HttpRequest, pages: Query[Pages], organ: str = "", year: int | None = None) -> Any:
    """Of an organ, of a year, or all."""
    rows = published_reports()
    if organ:
        rows = rows.filter(organ__slug=organ)
    if year is not None:
        rows = rows.filter(year=min(max(year, 0), 9999))
    return [build.report(request, row) for row in pages.cut(rows)]


@api.get("/reports/{slug:organ}/{int:year}", response={200: shapes.ReportWhole, 404: shapes.Problem}, summary="一份年度报告和核对结果")
def report(request: HttpRequest, organ: str, year: int) -> Any:
    """With the findings its page shows; the figures are at `data`."""
    row = get_object_or_404(published_reports().defer(None), organ__slug=organ, year=min(year, 9999))
    the = row.report()
    findings = [{"rule": one.rule, "severity": one.severity, "message": one.message} for one in check(the)]
    return build.report(request, row) | {"findings": findings, "problems": [one.message for one in the.problems]}


@api.get("/terms", response=dict[str, list[shapes.TermOut]], summary="各分类的代码和名称")
def terms(request: HttpRequest) -> Any:
    """What the keys in items mean."""
    return {one.name: [{"key": term.key, "title": term.title} for term in one] for one in ALL}


@public_page
def about(request: HttpRequest) -> HttpResponse:
    """`/api/`: what there is, in words."""
    column = first_region()
    if column is None:
        raise Http404
    operations = [
        (path, method["summary"], [one["name"] for one in method.get("parameters", [])])
        for path, methods in api.get_openapi_schema(path_prefix="/api/")["paths"].items()
        for method in methods.values()
    ]
    context = column.context("", column.words("数据开放接口"), crumbs=column.crumbs(), operations=operations)
    return page(request, "portal/api.html", context)
