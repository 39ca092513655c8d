"""Shares of channels and interpretations, of one's own organs."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max, Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from gongkai.web.catalogue.models import Item
from gongkai.web.catalogue.published import published_items
from gongkai.web.catalogue.shares import shares
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.house.plain_text import whole_number
from gongkai.web.house.visibility import visible
from gongkai.web.organs.models import Kind, Organ
from gongkai.web.organs.scope import organs_in_scope


def show(request: HttpRequest) -> HttpResponse:
    """What is public of an organ and all below it, of one year or all."""
    actor = actor_of(request)
    places = visible(Organ, actor).filter(pk__in=organs_in_scope(actor), kind__in=(Kind.REGION, Kind.ORGAN)).order_by("level", "-kind", "order", "slug")
    organ = places.filter(slug=request.GET.get("organ", "")[:60]).first() or places.first()
    items = published_items().filter(organ__below__high=organ) if organ else published_items().none()
    years = _years(items)
    asked = request.GET.get("year", "")
    if whole_number(asked) in years:
        first, after = (timezone.make_aware(datetime(year, 1, 1)) for year in (int(asked), int(asked) + 1))  # noqa: DTZ001
        items = items.filter(published_at__gte=first, published_at__lt=after)
    else:
        asked = ""
    context = {"organ": organ, "places": places, "years": years, "asked": asked, "found": shares(items)}
    context["crumbs"] = [("信息", reverse("catalogue:list"))]
    return render(request, "catalogue/shares.html", context)


def _years(items: QuerySet[Item]) -> list[int]:
    """From the last to the first in which something was published."""
    found = items.order_by().aggregate(first=Min("published_at"), last=Max("published_at"))
    if found["first"] is None:
        return []
    return list(range(timezone.localtime(found["last"]).year, timezone.localtime(found["first"]).year - 1, -1))
