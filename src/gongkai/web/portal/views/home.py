"""The first page: of a region, which gathers its organs, or of one organ."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from gongkai.web.portal import counts
from gongkai.web.portal.answers import page, public_page
from gongkai.web.portal.column import Column, column_of, first_region
from gongkai.web.portal.gathering import gathered
from gongkai.web.portal.pairing import grouped, pairs_of, readings_in
from gongkai.web.portal.yearly import years_of
from gongkai.web.reporting.requests_by_year import chart_of

LATEST, READINGS, PAIRS = 8, 15, 5
USUAL = (
    ("现行有效文件", "?validity=in_force"), ("财政预算决算", "?art20=budget_final_accounts"), ("政策解读", "?kind=interpretation"),
    ("行政许可和服务", "?art20=licensing_and_services"), ("突发公共事件", "?art20=emergencies"),
)  # fmt: skip
TABS = (("政策文件", "policy"), ("规范性文件", "normative"), ("政策解读", "interpretation"), ("公告公示", "notice"), ("规划计划", "plan"))


@public_page
def root(request: HttpRequest) -> HttpResponseBase:
    """`/`: the first region's home; the directory while there is no organ yet."""
    column = first_region()
    return redirect("organs:directory") if column is None else _home(request, column)


@public_page
def column_home(request: HttpRequest, slug: str) -> HttpResponse:
    """The first page of a column."""
    return _home(request, column_of(slug))


def _home(request: HttpRequest, column: Column) -> HttpResponse:
    words = column.words("政府信息公开", f"{column.organ.name}政府信息公开专栏")
    statutory = counts.statutory(column.items())
    context = column.context(
        "home", words, latest=column.items()[:LATEST], statutory=statutory, total=sum(line.count for line in statutory),
        pairs=grouped(pairs_of(list(readings_in(column)[:READINGS])))[:PAIRS], usual=USUAL, kinds=TABS, tags=[],
        reports=years_of(column.organ, column.region), chart=chart_of(column.organ),
        gathered=gathered(column.organ) if column.region else None,
    )  # fmt: skip
    return page(request, "portal/home.html", context)

