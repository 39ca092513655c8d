"""What the public sees of organs: the directory, and one organ with its office (Art. 12)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.house.paging import PUBLIC_ROWS, page_of
from gongkai.web.house.visibility import get_visible, visible
from gongkai.web.organs.models import Change, Kind, Office, Organ

from .listing import found


def directory(request: HttpRequest) -> HttpResponse:
    """Every listed organ that exists now; searchable by any name it ever had."""
    text = request.GET.get("q", "").strip()
    organs = found(actor_of(request), text, Kind.ORGAN, "", "" if text else "no").filter(listed=True)
    page = page_of(request, organs.order_by("level", "order", "slug"), PUBLIC_ROWS, "个")
    return render(request, "organs/directory.html", {"page": page, "q": text})


def public_organ(request: HttpRequest, slug: str) -> HttpResponse:
    """One organ; a closed one says who took over."""
    actor = actor_of(request)
    organ = get_visible(Organ, actor, slug=slug, listed=True)
    context = {
        "organ": organ,
        "office": visible(Office, actor).filter(organ=organ).first(),
        "changes": visible(Change, actor).filter(organ=organ).prefetch_related("parties__organ"),
        "children": visible(Organ, actor).filter(parent=organ, listed=True, closed_on=None),
    }
    return render(request, "organs/public_organ.html", context)
