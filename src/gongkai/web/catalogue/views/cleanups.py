"""The yearly clean-up of normative documents."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongkai.web.catalogue.actions.close_cleanup import CloseCleanup
from gongkai.web.catalogue.actions.decide_cleanup import DecideCleanup
from gongkai.web.catalogue.actions.open_cleanup import OpenCleanup
from gongkai.web.catalogue.forms import CleanupForm, CloseCleanupForm, VerdictForm
from gongkai.web.catalogue.models import CleanupRound, CleanupTask, Verdict
from gongkai.web.catalogue.places import kept_organs
from gongkai.web.catalogue.rules import KEEPERS
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.house.paging import page_of
from gongkai.web.house.rule import demand
from gongkai.web.house.titles import quoted
from gongkai.web.house.visibility import get_visible, visible
from gongkai.web.organs.models.post import today
from gongkai.web.organs.rules import HasRole

from .form_page import FormPage


def round_list(request: HttpRequest) -> HttpResponse:
    """Every round one may see, with how far it is."""
    actor = actor_of(request)
    rounds = (
        visible(CleanupRound, actor)
        .select_related("organ")
        .annotate(total=Count("tasks"), decided=Count("tasks", filter=~Q(tasks__verdict=Verdict.OPEN)))
        .order_by("-year", "-pk")
    )
    may = HasRole(None, KEEPERS, "").refuse(actor) is None
    return render(
        request, "catalogue/cleanups.html", {"page": page_of(request, rounds, unit="次"), "may": may}
    )


def begin(request: HttpRequest) -> HttpResponse:
    """A new round."""
    actor = actor_of(request)
    demand(HasRole(None, KEEPERS, OpenCleanup.title), actor)
    organs = kept_organs(actor, *KEEPERS)
    initial = {
        "year": today().year,
        "cutoff": today(),
        "organ": organs.first() if organs.count() == 1 else None,
    }
    form = CleanupForm(request.POST or None, organs=organs, initial=initial)
    return FormPage(
        title=OpenCleanup.title, button="开展清理", back=reverse("catalogue:cleanups"), form=form,
        crumbs=[("文件清理", reverse("catalogue:cleanups"))],
        build=lambda: OpenCleanup(actor=actor, **form.cleaned_data),
        after=lambda made: reverse("catalogue:cleanup", args=[made.pk]),
    ).answer(request)  # fmt: skip


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The worklist, document by document."""
    actor = actor_of(request)
    found = get_visible(CleanupRound, actor, pk=pk)
    asked = request.GET.get("verdict", "")
    tasks = visible(CleanupTask, actor).filter(round=found).select_related("item", "decided_by")
    counts = dict(tasks.order_by().values_list("verdict").annotate(count=Count("pk")))
    if asked == "open":
        tasks = tasks.filter(verdict=Verdict.OPEN)
    elif asked in Verdict.values and asked:
        tasks = tasks.filter(verdict=asked)
    context = {
        "round": found,
        "page": page_of(request, tasks.defer("item__body"), unit="份"),
        "asked": asked,
        "verdicts": [(value or "open", label, counts.get(value, 0)) for value, label in Verdict.choices],
        "may_close": found.closed_at is None and HasRole(found.organ, KEEPERS, "").refuse(actor) is None,
    }
    return render(request, "catalogue/cleanup.html", context)


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One document."""
    actor = actor_of(request)
    task = get_visible(CleanupTask, actor, pk=pk)
    back = reverse("catalogue:cleanup", args=[task.round_id])
    form = VerdictForm(request.POST or None, initial={"verdict": task.verdict, "basis": task.basis})
    return FormPage(
        title=f"{quoted(task.item.title)}的清理结果", button="保存", back=back, form=form,
        crumbs=[("文件清理", reverse("catalogue:cleanups")), (str(task.round), back)],
        build=lambda: DecideCleanup(
            actor=actor, task=task, verdict=Verdict(form.cleaned_data["verdict"]), basis=form.cleaned_data["basis"]
        ),
    ).answer(request)  # fmt: skip


def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the results."""
    actor = actor_of(request)
    found = get_visible(CleanupRound, actor, pk=pk)
    demand(HasRole(found.organ, KEEPERS, CloseCleanup.title), actor)
    back = reverse("catalogue:cleanup", args=[pk])
    form = CloseCleanupForm(request.POST or None, actor=actor)
    return FormPage(
        title=CloseCleanup.title, button="公布结果", back=back, form=form,
        crumbs=[("文件清理", reverse("catalogue:cleanups")), (str(found), back)],
        context={"note": "公布后，废止和宣布失效的文件立即变更有效性，以公告为依据。"},
        build=lambda: CloseCleanup(actor=actor, round=found, announcement=form.cleaned_data["announcement"]),
    ).answer(request)  # fmt: skip
