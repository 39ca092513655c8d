"""The public search page and its suggestions."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_vary_headers

from gongkai.web.house.paging import PageOf, address
from gongkai.web.house.rate import limited
from gongkai.web.portal.answers import page as rendered
from gongkai.web.portal.answers import unkept
from gongkai.web.portal.frame import frame

from . import rates
from .engine import Unavailable
from .forms import PAGE_SIZE, PERIODS, SORTS, SearchForm
from .query import DEEPEST, LONGEST
from .results import Results, Value
from .searching import search
from .suggestions import suggest

log = logging.getLogger(__name__)
SHOWN = 10
FACETS = {"organ": "发布机构", "art20": "法定主动公开内容", "theme": "主题分类", "validity": "有效性"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One link of a row or list of filters."""

    title: str
    address: str
    chosen: bool
    count: int | None = None


@unkept
@limited(rates.searches)
def page(request: HttpRequest) -> HttpResponse:
    """`/search/`: the form, and what it finds. Works without script; every filter is a link or a field."""
    form = SearchForm(request.GET)
    asked = any(request.GET.get(name) for name in form.fields)
    context: dict[str, object] = frame(request, "检索") | {"form": form, "asked": asked, "often": suggest(""), "longest": LONGEST}
    if asked:
        query = form.query(_page_number(request))
        try:
            results = search(query)
        except Unavailable as error:
            log.error("Search is not available: %s", error)
            return rendered(request, "search/page.html", context | {"unavailable": True}, status=503)
        context |= _shown(request, results)
    return rendered(request, "search/page.html", context)


@unkept
@limited(rates.suggestions)
def suggestions(request: HttpRequest) -> HttpResponse:
    """`/search/suggest?q=`: options for the datalist, or JSON for who asks for it."""
    found = suggest(request.GET.get("q", ""))
    as_data = "application/json" in request.headers.get("Accept", "")
    answer = JsonResponse({"suggestions": found}) if as_data else rendered(request, "search/options.html", {"often": found})
    patch_vary_headers(answer, ["Accept"])
    return answer


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _shown(request: HttpRequest, results: Results) -> dict[str, object]:
    total = sum(one.total for one in results.groups)
    kinds = [(one.kind.value, one.title, one.total) for one in results.groups]
    return {
        "results": results,
        "page": _paged(request, results),
        "groups": _links(request, "kind", [("", "全部", total), *kinds]),
        "periods": _links(request, "period", [("", "不限", None), *((key.value, title, None) for key, title in PERIODS.items())]),
        "sorts": _links(request, "sort", [("" if key == "relevance" else key.value, title, None) for key, title in SORTS.items()]),
        "facets": [(title, _facet(request, name, results.facets.get(name, ()))) for name, title in FACETS.items()],
    }  # fmt: skip


def _paged(request: HttpRequest, results: Results) -> PageOf[object]:
    """The pager of the house over results that are cut already."""
    paginator = Paginator(range(min(results.total, DEEPEST)), PAGE_SIZE)
    at = paginator.get_page(results.query.page)
    links = [
        (number, address(request, number)) if isinstance(number, int) else (None, "")
        for number in paginator.get_elided_page_range(at.number, on_each_side=2, on_ends=1)
    ]
    before = address(request, at.number - 1) if at.has_previous() else ""
    after = address(request, at.number + 1) if at.has_next() else ""
    return PageOf([], at.number, paginator.num_pages, at.start_index(), at.end_index(), results.total, links, before, after, "条")


def _links(request: HttpRequest, name: str, values: list[tuple[str, str, int | None]]) -> list[Choice]:
    now = request.GET.get(name, "")
    return [Choice(title, _with(request, name, key), key == now, count) for key, title, count in values]


def _facet(request: HttpRequest, name: str, values: tuple[Value, ...]) -> list[Choice]:
    """The most frequent values of a facet; the chosen one leads back to all. The advanced form has every value."""
    now = request.GET.get(name, "")
    values = values[:SHOWN]
    return [Choice(one.title, _with(request, name, "" if one.key == now else one.key), one.key == now, one.count) for one in values]


def _with(request: HttpRequest, name: str, value: str) -> str:
    """This search with one condition changed, from its first page."""
    kept = [(key, one) for key, all_of in request.GET.lists() for one in all_of if key not in {name, "page"} and one]
    return "?" + urlencode([*kept, (name, value)] if value else kept)
