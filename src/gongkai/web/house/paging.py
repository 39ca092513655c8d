"""Pages of a list: 第1至20件，共27件."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

M = TypeVar("M", bound=Model)
STAFF_ROWS, PUBLIC_ROWS = 50, 20


@dataclass(frozen=True, slots=True)
class PageOf(Generic[M]):
    """One page and the way to the others; `links` are (number, address), number None for a gap."""

    rows: list[M]
    number: int
    pages: int
    first: int
    last: int
    total: int
    links: list[tuple[int | None, str]]
    before: str
    after: str
    unit: str


def page_of(request: HttpRequest, rows: QuerySet[M], size: int = STAFF_ROWS, unit: str = "条") -> PageOf[M]:
    """The page that `?page=` asks for; a number that is no page gives the nearest one."""
    paginator = Paginator(rows, size)
    page = paginator.get_page(request.GET.get("page"))
    number, pages = page.number, paginator.num_pages
    links: list[tuple[int | None, str]] = []
    for entry in paginator.get_elided_page_range(number, on_each_side=2, on_ends=1):
        links.append((entry, address(request, entry)) if isinstance(entry, int) else (None, ""))
    before = address(request, number - 1) if page.has_previous() else ""
    after = address(request, number + 1) if page.has_next() else ""
    found: list[Any] = list(page.object_list)
    return PageOf(
        found,
        number,
        pages,
        page.start_index(),
        page.end_index(),
        paginator.count,
        links,
        before,
        after,
        unit,
    )


def address(request: HttpRequest, page: int) -> str:
    """This list's address with another page number."""
    query = request.GET.copy()
    query.pop("page", None)
    pairs = [(key, value) for key, values in query.lists() for value in values]
    return "?" + urlencode([*pairs, ("page", page)] if page > 1 else pairs)
