"""The guide (Art. 12) and the rules of an organ."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from gongkai.web.catalogue.models import Item, StandingPage
from gongkai.web.catalogue.models.standing import PageKind
from gongkai.web.catalogue.published import published_items
from gongkai.web.house.visibility import visible
from gongkai.web.portal.answers import page, public_page
from gongkai.web.portal.column import PUBLIC, Column, column_of

GUIDE, RULES = "政府信息公开指南", "政府信息公开制度"
PARTS = (
    ("classification", "信息的分类"), ("arrangement", "编排体系"), ("obtaining", "获取方式"), ("requesting", "依申请公开"),
    ("remedies", "监督和救济"),
)  # fmt: skip


@public_page
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """What Art. 12 wants, in its order; the office's data come from the office."""
    column = column_of(slug)
    the = visible(StandingPage, PUBLIC).filter(organ=column.organ, kind=PageKind.GUIDE).first()
    parts = [(f"part-{name}", title, getattr(the, name)) for name, title in PARTS if the is not None and getattr(the, name)]
    context = column.context(
        "guide", column.words(GUIDE), crumbs=column.crumbs(), the=the, parts=parts, below=_below(column, the),
        full_title=f"{column.organ.name}{GUIDE}",
    )  # fmt: skip
    return page(request, "portal/guide.html", context)


def _below(column: Column, the: StandingPage | None) -> list[StandingPage]:
    """A region without a guide of its own shows those of its organs."""
    if the is not None or not column.region:
        return []
    seen = visible(StandingPage, PUBLIC).filter(kind=PageKind.GUIDE, organ__parent=column.organ)
    return list(seen.select_related("organ").order_by("organ__order", "organ__slug"))


@public_page
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """The rules of an organ; of a region those of the organs directly in it."""
    column = column_of(slug)
    seen = visible(StandingPage, PUBLIC).filter(kind=PageKind.RULE).select_related("organ", "item")
    of = Q(organ=column.organ) | Q(organ__parent=column.organ) if column.region else Q(organ=column.organ)
    rows = list(seen.filter(of).order_by("organ__order", "organ__slug", "position", "pk"))
    context = column.context("rules", column.words(RULES), crumbs=column.crumbs(), rows=rows)
    return page(request, "portal/rules.html", context)


@public_page
def rule(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One rule; the item it points to only while the public may see it."""
    column = column_of(slug)
    the = get_object_or_404(visible(StandingPage, PUBLIC), pk=pk, kind=PageKind.RULE, organ=column.organ)
    item: Item | None = published_items().filter(pk=the.item_id).first() if the.item_id else None
    context = column.context(
        "rules", column.words(RULES), crumbs=column.crumbs((RULES, column.address("rules"))), the=the, item=item,
    )  # fmt: skip
    return page(request, "portal/rule.html", context)
