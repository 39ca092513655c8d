"""Pages about the site: map, accessibility, feeds."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from gongkai.web.house.visibility import visible
from gongkai.web.organs.models import Kind, Organ
from gongkai.web.portal.answers import page, public_page
from gongkai.web.portal.column import PUBLIC, Column, first_region


def _column() -> Column:
    column = first_region()
    if column is None:
        raise Http404
    return column


@public_page
def site_map(request: HttpRequest) -> HttpResponse:
    """网站地图: every column, by region."""
    column = _column()
    organs = visible(Organ, PUBLIC).filter(listed=True, closed_on=None, kind__in=(Kind.REGION, Kind.ORGAN)).order_by("order", "slug")
    below: dict[int | None, list[Organ]] = {}
    for organ in organs:
        below.setdefault(organ.parent_id, []).append(organ)
    regions = [one for one in organs if one.kind == Kind.REGION]
    groups = [(region, [one for one in below.get(region.pk, []) if one.kind == Kind.ORGAN]) for region in regions]
    groups.sort(key=lambda group: (group[0].level, group[0].order, group[0].slug))
    return page(request, "portal/site_map.html", column.context("", column.words("网站地图"), crumbs=column.crumbs(), groups=groups))


@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """无障碍说明."""
    column = _column()
    return page(request, "portal/accessibility.html", column.context("", column.words("无障碍说明"), crumbs=column.crumbs()))


@public_page
def subscribe(request: HttpRequest) -> HttpResponse:
    """订阅更新: what can be subscribed to."""
    column = _column()
    return page(request, "portal/subscribe.html", column.context("", column.words("订阅更新"), crumbs=column.crumbs()))
