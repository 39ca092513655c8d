"""What the public sees of organs: the directory, and one organ with its office (Art. 12)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.web.house.paging import PUBLIC_ROWS, page_of
from gongkai.web.house.visibility import get_visible, visible
from gongkai.web.organs.models import Change, ChangeKind, Kind, Office, Organ
from gongkai.web.portal.answers import page as rendered
from gongkai.web.portal.answers import unkept
from gongkai.web.portal.column import PUBLIC
from gongkai.web.portal.frame import frame

from .listing import found


@unkept
def directory(request: HttpRequest) -> HttpResponse:
    """Every listed organ that exists now; searchable by any name it ever had."""
    text = request.GET.get("q", "").strip()
    organs = found(PUBLIC, text, Kind.ORGAN, "", "" if text else "no").filter(listed=True)
    page = page_of(request, organs.order_by("level", "order", "slug"), PUBLIC_ROWS, "个")
    return rendered(request, "organs/directory.html", frame(request, "机关名录") | {"page": page, "q": text})


@unkept
def public_organ(request: HttpRequest, slug: str) -> HttpResponse:
    """One organ; a closed one says who took over."""
    organ = get_visible(Organ, PUBLIC, slug=slug, listed=True)
    changes = visible(Change, PUBLIC).filter(organ=organ).exclude(kind=ChangeKind.FOUNDED, on=None, basis="")
    context = {
        "organ": organ,
        "office": visible(Office, PUBLIC).filter(organ=organ).first(),
        "changes": changes.prefetch_related("parties__organ"),
        "children": visible(Organ, PUBLIC).filter(parent=organ, listed=True, closed_on=None),
    }
    between = (("机关名录", reverse("organs:directory")),)
    return rendered(request, "organs/public_organ.html", frame(request, "机关概况", organ, between=between) | context)
