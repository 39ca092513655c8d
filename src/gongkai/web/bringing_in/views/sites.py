"""A site brought in from the browser: registered, looked at, started, watched, paused, stopped."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongkai.web.bringing_in.actions.go_on_site import GoOnSite
from gongkai.web.bringing_in.actions.pause_site import PauseSite
from gongkai.web.bringing_in.actions.plan_site import PlanSite
from gongkai.web.bringing_in.actions.reread_site import RereadSite
from gongkai.web.bringing_in.actions.site_action import SiteAction
from gongkai.web.bringing_in.actions.start_site import StartSite
from gongkai.web.bringing_in.actions.stop_site import StopSite
from gongkai.web.bringing_in.forms import SiteForm
from gongkai.web.bringing_in.models import PageState, RunState, SiteHost, SiteRun
from gongkai.web.bringing_in.models.runs import AT_WORK
from gongkai.web.bringing_in.site import export
from gongkai.web.bringing_in.site.counting import counted, seconds_left
from gongkai.web.bringing_in.site.limits import LIST_BYTES
from gongkai.web.bringing_in.site.turns import stalled
from gongkai.web.catalogue.places import drafting_organs
from gongkai.web.catalogue.rules import DRAFTERS
from gongkai.web.catalogue.views.form_page import FormPage
from gongkai.web.house.actor import Actor
from gongkai.web.house.bodies import takes_files
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.house.paging import page_of
from gongkai.web.house.rule import Refused
from gongkai.web.house.table_files import MEDIA, table_file
from gongkai.web.house.visibility import get_visible, visible
from gongkai.web.organs.models import Organ
from gongkai.web.organs.scope import organs_in_scope

# Verbs with a button, by the last part of their address; what people are told afterwards.
ACTS: dict[str, tuple[type[SiteAction], str]] = {
    "start": (StartSite, "已开始。可以离开本页，导入在后台进行。"),
    "pause": (PauseSite, "已暂停。正在读取的网页读完后停下。"),
    "go-on": (GoOnSite, "已继续。"),
    "stop": (StopSite, "已停止。已导入的草稿保留。"),
    "reread": (RereadSite, "未导入的网页将重新读取。"),
}
# Refusals about how it stands now, not about who asks: said on its page.
_STANDING = {"state", "nothing", "busy"}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every run the person may see, the newest first."""
    actor = actor_of(request)
    runs = visible(SiteRun, actor).select_related("organ", "user").order_by("-pk")
    page = page_of(request, runs, 50, "项")
    rows = [(run, counted(run), stalled(run)) for run in page.rows]
    return render(request, "bringing_in/sites.html", {"page": page, "rows": rows, "may": _organs(actor).exists()})


@takes_files(LIST_BYTES)
def register(request: HttpRequest) -> HttpResponse:
    """Take addresses; the worker looks at the sites."""
    actor = actor_of(request)
    organs = _organs(actor)
    form = SiteForm(request.POST or None, request.FILES or None, organs=organs)

    def build() -> PlanSite:
        given = form.cleaned_data
        return PlanSite(
            actor=actor, organ=given["organ"], addresses=given["addresses"], sitemap=given["sitemap"],
            kind=given["kind"], seconds=given["seconds"],
        )  # fmt: skip

    return FormPage(
        title="登记网站导入", button="登记并查看", back=reverse("bringing_in:sites"), form=form, build=build,
        crumbs=[], done="已登记。正在查看网站，查看后再由您决定是否开始。", template="bringing_in/register.html",
        context={"may": organs.exists()}, after=lambda run: run.get_absolute_url(),
    ).answer(request)  # fmt: skip


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be fetched or was, and every page with its outcome."""
    actor = actor_of(request)
    run = _the_run(actor, pk)
    state = request.GET.get("state", "")
    pages = run.pages.order_by("pk")
    if state in PageState.values:
        pages = pages.filter(state=state)
    page = page_of(request, pages, 100, "个")
    may = {name.replace("-", "_"): act(actor=actor, run=run).allowed() for name, (act, _) in ACTS.items()}
    context = {**_standing(run), "page": page, "rows": export.with_items(page.rows, actor), "state": state, "may": may}
    return render(request, "bringing_in/site.html", context)


@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The piece of the page that tells how far it is; the whole page when it stands elsewhere than the page says."""
    run = _the_run(actor_of(request), pk)
    answer = render(request, "bringing_in/progress.html", _standing(run))
    if request.GET.get("as") != _as(run):
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One of the verbs."""
    actor = actor_of(request)
    run = get_visible(SiteRun, actor, pk=pk)
    verb, told = ACTS[name]
    try:
        verb(actor=actor, run=run).perform()
    except Refused as refused:
        if not {refusal.rule for refusal in refused.refusals} <= _STANDING:
            raise
        messages.error(request, "；".join(refusal.message for refusal in refused.refusals))
    else:
        messages.success(request, told)
    return redirect(run)


@require_safe
def download(request: HttpRequest, pk: int, to: str) -> HttpResponseBase:
    """Every page with its outcome and reason."""
    actor = actor_of(request)
    run = get_visible(SiteRun, actor, pk=pk)
    if to not in MEDIA:
        raise Http404
    return table_file(to, f"网站导入结果{run.pk}", export.HEADS, export.rows(run, actor), export.WIDTHS)


def _organs(actor: Actor) -> Any:
    """Organs whose pages the person may bring in: those of the post itself, not those above a unit he drafts for."""
    organs = drafting_organs(actor)
    return organs if actor.is_operator else organs.filter(pk__in=organs_in_scope(actor, DRAFTERS))


def _the_run(actor: Actor, pk: int) -> SiteRun:
    run = get_visible(SiteRun, actor, pk=pk)
    hosts = Prefetch("hosts", visible(SiteHost, actor).order_by("site"))
    organ = Prefetch("organ", Organ.objects.all())
    return SiteRun.objects.filter(pk=run.pk).select_related("user").prefetch_related(hosts, organ).get()


def _standing(run: SiteRun) -> dict[str, Any]:
    counts = counted(run)
    total = sum(counts.values())
    waiting = counts[PageState.WAITING]
    return {
        "run": run, "counts": [(state, counts[state.value]) for state in PageState], "total": total, "waiting": waiting,
        "settled": total - waiting, "stalled": stalled(run), "at_work": run.state in AT_WORK, "as": _as(run),
        "left": in_words(seconds_left(run, waiting)) if run.state != RunState.LOOKING else "",
        "stayed_out": counts[PageState.SKIPPED] + counts[PageState.FAILED],
    }  # fmt: skip


def _as(run: SiteRun) -> str:
    return f"{run.state}{'-stalled' if stalled(run) else ''}"


def in_words(seconds: float) -> str:
    """About how long; empty for nothing."""
    if seconds <= 0:
        return ""
    if seconds < 90:
        return "约1分钟"
    if seconds < 90 * 60:
        return f"约{round(seconds / 60)}分钟"
    return f"约{round(seconds / 3600)}小时" if seconds < 36 * 3600 else f"约{round(seconds / 86400)}天"
