"""The staff's list of organs, and one organ."""

from __future__ import annotations

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.web.house.actor import Actor
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.house.paging import page_of
from gongkai.web.house.plain_text import whole_number
from gongkai.web.house.visibility import get_visible, visible
from gongkai.web.organs.lacking import OFFICE_LACKING
from gongkai.web.organs.models import Change, Kind, Level, Office, Organ, Post, Within
from gongkai.web.organs.models.post import in_force
from gongkai.web.organs.scope import organs_in_scope

from .buttons import buttons_for


def found(actor: Actor, text: str, kind: str, level: str, closed: str) -> QuerySet[Organ]:
    """The organs `actor` may see that meet the filters; names of all times and aliases count."""
    organs = visible(Organ, actor)
    if text:
        organs = organs.filter(
            Q(names__name__icontains=text) | Q(aliases__text__icontains=text) | Q(short_name__icontains=text)
            | Q(slug__icontains=text) | Q(credit_code=text.upper()) | Q(division_code=text)
        ).distinct()  # fmt: skip
    if kind in Kind.values:
        organs = organs.filter(kind=kind)
    if whole_number(level) is not None:
        organs = organs.filter(level=int(level))
    if closed == "no":
        organs = organs.filter(closed_on=None)
    elif closed == "only":
        organs = organs.exclude(closed_on=None)
    return organs


def organ_list(request: HttpRequest) -> HttpResponse:
    """List with filters; without any, children of the root first."""
    actor = actor_of(request)
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "kind", "level", "closed", "office")}
    organs = found(actor, asked["q"], asked["kind"], asked["level"], asked["closed"])
    if asked["office"] == "lacking":
        organs = organs.filter(OFFICE_LACKING, pk__in=organs_in_scope(actor))
    depth = Within.objects.filter(low=OuterRef("pk")).order_by("-depth").values("depth")[:1]
    organs = organs.annotate(depth=Coalesce(Subquery(depth), 0)).select_related("parent", "office")
    context = {
        "page": page_of(request, organs.order_by("depth", "order", "slug"), unit="个"),
        "asked": asked,
        "any_filter": any(asked.values()),
        "kinds": Kind.choices,
        "levels": Level.choices,
        "buttons": buttons_for(actor, None),
    }
    return render(request, "organs/list.html", context)


def organ_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything about one organ that this person may see."""
    actor = actor_of(request)
    organ = get_visible(Organ, actor, slug=slug)
    line = visible(Organ, actor).filter(above__low=organ).exclude(pk=organ.pk).order_by("-above__depth")
    children = visible(Organ, actor).filter(parent=organ).annotate(below_count=Count("children"))
    posts = visible(Post, actor).filter(in_force(), organ=organ).select_related("user")
    context = {
        "organ": organ,
        "line": line,
        "office": visible(Office, actor).filter(organ=organ).first(),
        "children": children,
        "changes": visible(Change, actor).filter(organ=organ).prefetch_related("parties__organ"),
        "posts": posts,
        "buttons": buttons_for(actor, organ),
    }
    return render(request, "organs/detail.html", context)
