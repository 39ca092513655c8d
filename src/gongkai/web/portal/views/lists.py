"""Lists: the statutory index, any list by its conditions, policies with their interpretations, the organs of a region."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from gongkai.web.catalogue.taxonomy import ART20
from gongkai.web.house.paging import PUBLIC_ROWS, page_of
from gongkai.web.portal import counts
from gongkai.web.portal.answers import page, public_page
from gongkai.web.portal.column import Column, column_of
from gongkai.web.portal.edition import remembered
from gongkai.web.portal.filters import CLASSES, LABELS, VALIDITIES, Filters, UnknownCondition
from gongkai.web.portal.gathering import gathered
from gongkai.web.portal.pairing import grouped, pairs_of, readings_in
from gongkai.web.portal.standard import fields_of

FORMS = (("CSV", "csv"), ("Excel", "xlsx"), ("JSON", "json"))
FEEDS = (("RSS", "rss"), ("Atom", "atom"))


@public_page
def content(request: HttpRequest, slug: str) -> HttpResponse:
    """法定主动公开内容: every way into the lists, with counts."""
    column = column_of(slug)
    items = column.items()
    statutory = counts.statutory(items)
    context = column.context(
        "content", column.words("法定主动公开内容"), crumbs=column.crumbs(), statutory=statutory,
        extras=counts.extras(items, column.organ.level), themes=counts.themes(items), kinds=counts.kinds(items),
        total=items.count(), fields=fields_of(column), gathered=gathered(column.organ) if column.region else None,
    )  # fmt: skip
    return page(request, "portal/content.html", context)


def asked_for(request: HttpRequest) -> Filters:
    """The conditions of the address; what is no condition is no page."""
    try:
        return Filters.read(request.GET)
    except UnknownCondition as error:
        raise Http404 from error


@public_page
def item_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Any list."""
    column, filters = column_of(slug), asked_for(request)
    items = filters.apply(column.items())
    title = filters.title()
    between = [("法定主动公开内容", column.address("content"))]
    full = ART20[filters.art20].full if filters.art20 else ""
    context = column.context(
        "content", column.words(title, full and f"{column.organ.name}：{full}", _types(filters)), title=title, full=full,
        crumbs=column.crumbs(*between), page=page_of(request, items, PUBLIC_ROWS), filters=filters, choices=_choices(column, filters),
        statutory=_statutory(column), downloads=_ways(column, "export", FORMS, filters), feeds=_ways(column, "feed", FEEDS, filters),
    )  # fmt: skip
    return page(request, "portal/list.html", context)


def _statutory(column: Column) -> list[counts.Line]:
    return remembered("statutory", column.organ.pk, lambda: counts.statutory(column.items()))


def _types(filters: Filters) -> tuple[str, ...]:
    policies = {"rules", "normative", "policy"}
    if filters.kind in policies or filters.art20 == "regulations_and_normative_docs":
        return ("政策文件",)
    return (filters.title(),) if filters.pairs() else ("法定主动公开内容",)


def _ways(column: Column, view: str, ways: tuple[tuple[str, str], ...], filters: Filters) -> list[tuple[str, str]]:
    query = filters.query()
    return [(title, column.address(view, to) + query) for title, to in ways]


def _choices(column: Column, filters: Filters) -> list[dict[str, Any]]:
    """The fields of the filter form."""
    names = ("art20", "kind", "theme")
    found = [
        {"name": name, "label": LABELS[name], "value": getattr(filters, name), "options": CLASSES[name].choices} for name in names
    ]
    found.append({"name": "validity", "label": "有效性", "value": filters.validity, "options": list(VALIDITIES.items())})
    years = remembered("years", column.organ.pk, lambda: [year for year, _, _ in counts.by_month(column.items())])
    found.append({
        "name": "year", "label": "发布年份", "value": filters.year, "options": [(str(year), f"{year}年") for year in years],
    })  # fmt: skip
    return found


@public_page
def interpretations(request: HttpRequest, slug: str) -> HttpResponse:
    """Policies and what interprets them, both ways in sight."""
    column = column_of(slug)
    found = page_of(request, readings_in(column), PUBLIC_ROWS, "篇")
    context = column.context(
        "content", column.words("政策与解读", types=("政策解读",)), crumbs=column.crumbs(("法定主动公开内容", column.address("content"))),
        page=found, pairs=grouped(pairs_of(found.rows)),
    )  # fmt: skip
    return page(request, "portal/interpretations.html", context)


@public_page
def organs(request: HttpRequest, slug: str) -> HttpResponse:
    """The organs of a region; an organ without organs below it has no such page."""
    column = column_of(slug)
    found = gathered(column.organ)
    if not found.groups and not found.regions:
        raise Http404
    context = column.context("", column.words("机关"), crumbs=column.crumbs(), gathered=found)
    return page(request, "portal/organs.html", context)

