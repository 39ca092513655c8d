"""The staff's list of items, one item, and its editor."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from gongkai.web.catalogue import taxonomy
from gongkai.web.catalogue.actions.create_item import CreateItem
from gongkai.web.catalogue.actions.revise_item import ReviseItem
from gongkai.web.catalogue.finding import matching
from gongkai.web.catalogue.forms import AttachForm, ItemForm
from gongkai.web.catalogue.models import (
    Attachment,
    Attribute,
    CatalogueEntry,
    ChannelUse,
    Interpretation,
    Item,
    ItemVersion,
    ProposedInterpretation,
    Stage,
    Validity,
)
from gongkai.web.catalogue.models.item import due_for_reassessment, in_force
from gongkai.web.catalogue.rules import DRAFTERS, KEEPERS, drafts_for, open_to_edits
from gongkai.web.catalogue.visibility import WRITERS
from gongkai.web.house.actor import Actor
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.house.paging import page_of
from gongkai.web.house.rule import demand
from gongkai.web.house.visibility import get_visible, visible
from gongkai.web.organs.models import Organ
from gongkai.web.organs.rules import HasRole
from gongkai.web.organs.scope import organs_in_scope

from .buttons import buttons_for
from .form_page import FormPage

# Scopes of up to so many organs and bodies are narrow.
NARROW = 20
CHOICES: tuple[tuple[str, str, Any], ...] = (
    ("stage", "阶段", Stage.choices),
    ("kind", "类别", taxonomy.KINDS.choices),
    ("attribute", "公开属性", Attribute.choices),
    ("art20", "法定内容", taxonomy.ART20.choices),
    ("theme", "主题", taxonomy.THEMES.choices),
    ("validity", "有效性", [pair for pair in Validity.choices if pair[0]]),
)


def found(actor: Actor, asked: dict[str, str]) -> QuerySet[Item]:
    """The items of one's own organs that one may see and that meet the filters."""
    items = visible(Item, actor)
    if not actor.is_operator:
        # As a list: a planner that sees how few they are begins with them.
        scope = list(organs_in_scope(actor))
        items = items.filter(Q(organ__in=scope) | Q(unit__in=scope))
    if text := asked["q"]:
        items = items.filter(matching(text) | Q(title__icontains=text) | Q(document_number__icontains=text))
    if asked["organ"]:
        items = items.filter(organ__below__high__slug=asked["organ"])
    for name, _, choices in CHOICES:
        if name != "validity" and asked[name] in dict(choices):
            items = items.filter(**{name: asked[name]})
    if asked["validity"] == Validity.IN_FORCE:
        items = items.filter(in_force(), validity=Validity.IN_FORCE)
    elif asked["validity"] == Validity.EXPIRED:
        run_out = Q(validity__in=(Validity.IN_FORCE, Validity.AMENDED), expires_on__lt=timezone.localdate())
        items = items.filter(Q(validity=Validity.EXPIRED) | run_out)
    elif asked["validity"] in Validity.values and asked["validity"]:
        items = items.filter(validity=asked["validity"])
    if asked["reassess"] == "due":
        items = items.filter(due_for_reassessment())
    return items


def latest_first(actor: Actor) -> tuple[Any, ...]:
    """The order of the list. A wide scope walks the index of the latest; a narrow one must not, for it could walk past
    everybody else's items: an expression no index serves makes the planner begin with the scope and sort what it finds."""
    wide = actor.is_operator or organs_in_scope(actor).count() > NARROW
    return ("-updated_at" if wide else Coalesce("updated_at", "created_at").desc(), "-number")


def item_list(request: HttpRequest) -> HttpResponse:
    """List with filters, the latest touched first."""
    actor = actor_of(request)
    names = ("q", "organ", "reassess", *(name for name, _, _ in CHOICES))
    asked = {name: request.GET.get(name, "").strip().replace("\x00", "") for name in names}
    items = found(actor, asked).defer("body").select_related("organ", "unit")
    items = items.annotate(file_count=Count("attachments")).order_by(*latest_first(actor))
    organs = visible(Organ, actor).filter(pk__in=organs_in_scope(actor), kind__in=("region", "organ"))
    context = {
        "page": page_of(request, items, unit="条"),
        "asked": asked,
        "any_filter": any(asked.values()),
        "filters": [(name, label, choices, asked[name]) for name, label, choices in CHOICES],
        "organs": organs,
        "may_draft": HasRole(None, DRAFTERS, "起草").refuse(actor) is None,
    }
    return render(request, "catalogue/list.html", context)


def the_item(request: HttpRequest, number: int) -> Item:
    """The item when this person may see it, else 404."""
    return get_visible(Item, actor_of(request), number=number)


def crumbs_of(item: Item) -> list[tuple[str, str]]:
    """The way to an item."""
    return [
        ("信息", reverse("catalogue:list")),
        (item.title, reverse("catalogue:detail", args=[item.number])),
    ]


def detail(request: HttpRequest, number: int) -> HttpResponse:
    """Everything about one item that this person may see."""
    actor = actor_of(request)
    item = the_item(request, number)
    links = visible(Interpretation, actor).select_related("policy", "reading")
    proposed = visible(ProposedInterpretation, actor).select_related("policy__organ", "reading__organ")
    editable = (
        drafts_for(item.organ, item.unit, "修改").refuse(actor) is None
        and open_to_edits(item, "修改").refuse(actor) is None
    )
    context = {
        "item": item,
        "validity": item.validity_on(),
        "attachments": visible(Attachment, actor)
        .filter(item=item)
        .select_related("file")
        .defer("file__text"),
        "readings": links.filter(policy=item),
        "read_policies": links.filter(reading=item),
        "proposed_readings": proposed.filter(policy=item),
        "proposed_policies": proposed.filter(reading=item),
        "may_consent": HasRole(item.organ, KEEPERS, "").refuse(actor) is None,
        "channel_uses": visible(ChannelUse, actor).filter(item=item),
        "entries": visible(CatalogueEntry, actor).filter(items=item).select_related("organ"),
        "versions": visible(ItemVersion, actor).filter(item=item).select_related("by").defer("content")[:5],
        "editable": editable,
        "may_unlink": HasRole(item.unit or item.organ, DRAFTERS, "").refuse(actor) is None,
        "attach_form": AttachForm(),
        "may_see_review": HasRole(item.unit or item.organ, WRITERS, "").refuse(actor) is None,
        "buttons": buttons_for(actor, item),
    }
    return render(request, "catalogue/detail.html", context)


def create(request: HttpRequest) -> HttpResponse:
    """A new draft."""
    actor = actor_of(request)
    demand(HasRole(None, DRAFTERS, "起草信息"), actor)
    form = ItemForm(request.POST or None, actor=actor)
    return FormPage(
        title="起草信息", button="保存草稿", back=reverse("catalogue:list"), form=form,
        crumbs=[("信息", reverse("catalogue:list"))], template="catalogue/editor.html",
        build=lambda: CreateItem(
            actor=actor, organ=form.cleaned_data["organ"], unit=form.cleaned_data["unit"],
            joint_organs=tuple(form.cleaned_data["joint_organs"]), values=form.values(),
        ),
        after=lambda item: reverse("catalogue:detail", args=[item.number]),
    ).answer(request)  # fmt: skip


def revise(request: HttpRequest, number: int) -> HttpResponse:
    """The editor."""
    actor = actor_of(request)
    item = the_item(request, number)
    demand(drafts_for(item.organ, item.unit, "修改信息"), actor)
    demand(open_to_edits(item, "修改信息"), actor)
    # A copy of its own: the form must not write what was typed into the item the page shows.
    form = ItemForm(request.POST or None, instance=get_object_or_404(Item, pk=item.pk), actor=actor)
    last = visible(ItemVersion, actor).filter(item=item).defer("content").first()
    seen = request.POST.get("seen", "")
    return FormPage(
        title="修改信息", button="保存", back=reverse("catalogue:detail", args=[number]), form=form,
        crumbs=crumbs_of(item), template="catalogue/editor.html",
        context={"item": item, "seen": seen or (last.version if last else 0)},
        build=lambda: ReviseItem(
            actor=actor, item=item, values=form.values(), unit=form.cleaned_data["unit"],
            joint_organs=tuple(form.cleaned_data["joint_organs"]),
            seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else None,
        ),
    ).answer(request)  # fmt: skip
