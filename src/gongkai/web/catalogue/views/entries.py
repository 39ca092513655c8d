"""The grass-roots catalogue for staff: list with coverage, one entry, its form."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from gongkai.web.catalogue import taxonomy
from gongkai.web.catalogue.actions.end_entry import EndEntry
from gongkai.web.catalogue.actions.save_entry import FIELDS, ROLES, SaveEntry
from gongkai.web.catalogue.forms import EntryForm
from gongkai.web.catalogue.models import CatalogueEntry
from gongkai.web.catalogue.places import catalogue_places
from gongkai.web.catalogue.published import published_items
from gongkai.web.catalogue.standard import coverage as covering
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.house.paging import page_of
from gongkai.web.house.rule import demand
from gongkai.web.house.visibility import get_visible, visible
from gongkai.web.organs.models import Organ, Role
from gongkai.web.organs.rules import HasRole

from .form_page import FormPage

_READERS = (*ROLES, Role.DRAFTER, Role.SECTION_REVIEWER, Role.APPROVER)


def entry_list(request: HttpRequest) -> HttpResponse:
    """One place's catalogue, with what each entry has, and the sums by field."""
    actor = actor_of(request)
    places = catalogue_places(actor, *_READERS)
    used = places.filter(catalogue_entries__ended_on=None, catalogue_entries__isnull=False).distinct()
    slug = request.GET.get("organ", "")
    organ = places.filter(slug=slug).first() if slug else used.first() or places.first()
    field, state = request.GET.get("field", ""), request.GET.get("state", "")
    found = []
    if organ is not None:
        entries = (
            visible(CatalogueEntry, actor).filter(organ=organ, ended_on=None).select_related("responsible")
        )
        found = covering.coverage(entries)
    fields = [
        (term.key, term.title, covering.totals([one for one in found if one.entry.field == term.key]))
        for term in taxonomy.FIELDS
        if any(one.entry.field == term.key for one in found)
    ]
    shown = [
        one for one in found if (not field or one.entry.field == field) and (not state or one.state == state)
    ]
    totals = covering.totals(found)
    context = {
        "organ": organ, "places": places, "field": field, "state": state, "found": shown, "total": len(found),
        "fields": [(key, title, sum(counts.values()), counts, covering.rate(counts)) for key, title, counts in fields],
        "states": [(state.value, covering.LABELS[state], count) for state, count in totals.items()],
        "rate": covering.rate(totals),
        "may": organ is not None and HasRole(organ, ROLES, "").refuse(actor) is None,
    }  # fmt: skip
    return render(request, "catalogue/entries.html", context)


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry: its columns, its items, what came late."""
    actor = actor_of(request)
    entry = get_visible(CatalogueEntry, actor, pk=pk)
    found = covering.coverage(CatalogueEntry.objects.filter(pk=entry.pk))[0]
    context = {
        "entry": entry,
        "found": found,
        "carriers": [taxonomy.CARRIERS.title(key) for key in entry.carriers],
        "page": page_of(request, published_items().filter(entries=entry), unit="条"),
        "late": {item.pk: due for item, due in covering.late_items(entry)},
        "may": HasRole(entry.organ, ROLES, "").refuse(actor) is None and entry.ended_on is None,
    }
    return render(request, "catalogue/entry.html", context)


def _crumbs(organ: Organ) -> list[tuple[str, str]]:
    return [
        ("标准目录", reverse("catalogue:entries")),
        (organ.name, f"{reverse('catalogue:entries')}?organ={organ.slug}"),
    ]


def create(request: HttpRequest, slug: str) -> HttpResponse:
    """A new row."""
    actor = actor_of(request)
    organ = get_visible(Organ, actor, slug=slug)
    demand(HasRole(organ, ROLES, SaveEntry.title), actor)
    form = EntryForm(request.POST or None)
    return FormPage(
        title="新建目录事项", button="保存", back=_crumbs(organ)[1][1], crumbs=_crumbs(organ), form=form,
        build=lambda: SaveEntry(
            actor=actor, organ=organ, values={name: form.cleaned_data[name] for name in FIELDS if name in form.cleaned_data}
        ),
    ).answer(request)  # fmt: skip


def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """A row."""
    actor = actor_of(request)
    entry = get_visible(CatalogueEntry, actor, pk=pk)
    demand(HasRole(entry.organ, ROLES, SaveEntry.title), actor)
    form = EntryForm(request.POST or None, instance=get_object_or_404(CatalogueEntry, pk=pk))
    return FormPage(
        title=f"修改“{entry}”", button="保存", back=reverse("catalogue:entry", args=[pk]), crumbs=_crumbs(entry.organ),
        form=form,
        build=lambda: SaveEntry(
            actor=actor, organ=entry.organ, entry=entry,
            values={name: form.cleaned_data[name] for name in FIELDS if name in form.cleaned_data},
        ),
    ).answer(request)  # fmt: skip


def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take out of use."""
    actor = actor_of(request)
    entry = get_visible(CatalogueEntry, actor, pk=pk)
    demand(HasRole(entry.organ, ROLES, EndEntry.title), actor)
    if request.method == "POST":
        EndEntry(actor=actor, entry=entry).perform()
        messages.success(request, f"已停用“{entry}”。")
        return redirect(_crumbs(entry.organ)[1][1])
    return FormPage(
        title=f"停用“{entry}”", button="确认停用", back=reverse("catalogue:entry", args=[pk]),
        crumbs=_crumbs(entry.organ), form=forms.Form(),
        context={"note": "停用后公众不再看到此事项，已归入的信息不受影响。"},
        build=lambda: EndEntry(actor=actor, entry=entry),
    ).answer(request)  # fmt: skip
