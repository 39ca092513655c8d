"""The guide and the rules of each organ's column."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from gongkai.web.catalogue.actions.save_page import FIELDS, SavePage, lacking_guide, publication_of
from gongkai.web.catalogue.forms import GuideForm, PageForm, RuleForm
from gongkai.web.catalogue.models import PageKind, StandingPage
from gongkai.web.catalogue.places import kept_organs
from gongkai.web.catalogue.visibility import KEEPERS
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.house.paging import page_of
from gongkai.web.house.publishing import screen
from gongkai.web.house.rule import demand
from gongkai.web.house.visibility import get_visible, visible
from gongkai.web.organs.models import Office, Organ, Role
from gongkai.web.organs.rules import HasRole

from .form_page import FormPage


def page_list(request: HttpRequest) -> HttpResponse:
    """One's organs, with their guide and rules, and what the guide lacks."""
    actor = actor_of(request)
    demand(HasRole(None, KEEPERS, "查看指南和制度"), actor)
    page = page_of(request, kept_organs(actor, *KEEPERS).select_related("office"), unit="个机关")
    found = visible(StandingPage, actor).filter(organ__in=page.rows)
    by_organ: dict[int, list[StandingPage]] = {}
    for one in found:
        by_organ.setdefault(one.organ_id, []).append(one)
    rows = []
    for organ in page.rows:
        pages = by_organ.get(organ.pk, [])
        guide = next((one for one in pages if one.kind == PageKind.GUIDE), None)
        lacking = [one.message for one in lacking_guide(guide)] if guide else []
        rules = [one for one in pages if one.kind == PageKind.RULE]
        may = HasRole(organ, (Role.OGI_OFFICE,), "").refuse(actor) is None
        rows.append({"organ": organ, "guide": guide, "lacking": lacking, "rules": rules, "may": may})
    return render(request, "catalogue/pages.html", {"page": page, "rows": rows})


def _organ(request: HttpRequest, slug: str) -> Organ:
    organ = get_visible(Organ, actor_of(request), slug=slug)
    demand(HasRole(organ, (Role.OGI_OFFICE,), SavePage.title), actor_of(request))
    return organ


def _form_page(
    request: HttpRequest, organ: Organ, kind: PageKind, form: PageForm, page: StandingPage | None, title: str
) -> HttpResponse:
    actor = actor_of(request)
    if page is not None and request.method != "POST":
        # What is there now, with what links elsewhere have said since.
        form.found = screen().findings(publication_of(page))
    return FormPage(
        title=title, button="保存", back=reverse("catalogue:pages"), form=form,
        crumbs=[("指南和制度", reverse("catalogue:pages"))], template="catalogue/page_form.html",
        context={"organ": organ, "office": Office.objects.filter(organ=organ).first(), "kind": kind.value},
        build=lambda: SavePage(
            actor=actor, organ=organ, kind=kind, page=page,
            values={name: form.cleaned_data[name] for name in FIELDS if name in form.cleaned_data},
        ),
    ).answer(request)  # fmt: skip


def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """The guide, made on first saving."""
    organ = _organ(request, slug)
    found = StandingPage.objects.filter(organ=organ, kind=PageKind.GUIDE)
    blank = StandingPage(organ=organ, kind=PageKind.GUIDE, title=f"{organ.name}政府信息公开指南")
    form = GuideForm(request.POST or None, instance=found.first() or blank)
    return _form_page(request, organ, PageKind.GUIDE, form, found.first(), f"{organ.name}公开指南")


def new_rule(request: HttpRequest, slug: str) -> HttpResponse:
    """Another rule."""
    organ = _organ(request, slug)
    form = RuleForm(request.POST or None, actor=actor_of(request))
    return _form_page(request, organ, PageKind.RULE, form, None, f"新建{organ.name}制度")


def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """A rule."""
    page = get_visible(StandingPage, actor_of(request), pk=pk, kind=PageKind.RULE)
    organ = _organ(request, page.organ.slug)
    copy = get_object_or_404(StandingPage, pk=pk)
    form = RuleForm(request.POST or None, instance=copy, actor=actor_of(request))
    return _form_page(request, organ, PageKind.RULE, form, page, page.title)
