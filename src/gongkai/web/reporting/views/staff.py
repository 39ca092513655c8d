"""The staff's pages of reports: the list, upload, look, publish, withdraw."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from gongkai.checking import check
from gongkai.web.house.actor import Actor
from gongkai.web.house.bodies import takes_files
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.house.paging import page_of
from gongkai.web.house.publishing import ask_reasons, only_reasons
from gongkai.web.house.rule import Fresh, demand
from gongkai.web.house.submit import perform
from gongkai.web.house.visibility import get_visible, visible
from gongkai.web.organs.models import Alias, Kind, Organ
from gongkai.web.organs.rules import HasRole
from gongkai.web.organs.scope import organs_in_scope
from gongkai.web.reporting.actions.discard_report import DiscardReport
from gongkai.web.reporting.actions.publish_report import PublishReport
from gongkai.web.reporting.actions.reread_report import RereadReport
from gongkai.web.reporting.actions.upload_report import UPLOADERS, UploadReport
from gongkai.web.reporting.actions.withdraw_report import WithdrawReport
from gongkai.web.reporting.checker.limits import LIMITS
from gongkai.web.reporting.checker.store import Passing
from gongkai.web.reporting.files import content, put_away
from gongkai.web.reporting.forms import PlaceForm, PublishForm, ReasonForm, UploadForm
from gongkai.web.reporting.models import AnnualReport, Source, Status
from gongkai.web.reporting.page import report_page
from gongkai.web.reporting.reading import CannotTake, Taken, chosen, take

from .column import given


def report_list(request: HttpRequest) -> HttpResponse:
    """The reports one may see, by year, status and name."""
    actor = actor_of(request)
    asked = {key: request.GET.get(key, "").strip() for key in ("year", "status", "q")}
    rows = visible(AnnualReport, actor).defer("content").select_related("organ", "uploaded_by")
    if len(asked["year"]) == 4 and asked["year"].isascii() and asked["year"].isdigit():
        rows = rows.filter(year=int(asked["year"]))
    if asked["status"] in Status.values:
        rows = rows.filter(status=asked["status"])
    if asked["q"]:
        rows = rows.filter(organ__name__icontains=asked["q"])
    context = {
        "asked": asked, "page": page_of(request, rows, unit="份"), "statuses": Status.choices, "any_filter": any(asked.values()),
        "may_upload": HasRole(None, UPLOADERS, UploadReport.title).refuse(actor) is None,
    }  # fmt: skip
    return render(request, "reporting/staff_list.html", context)


@takes_files(LIMITS.bytes)
def upload(request: HttpRequest) -> HttpResponse:
    """Take a document, read it, make a draft."""
    actor = actor_of(request)
    demand(HasRole(None, UPLOADERS, UploadReport.title), actor)
    form = UploadForm(request.POST or None, request.FILES or None, organs=_organs(actor))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            taken = take(file.name, file.read())
        except CannotTake as refusal:
            form.add_error("file", str(refusal))
        else:
            row = _uploaded(actor, form, taken)
            if row is not None:
                messages.success(request, "已读取并存为待公开的报告。请核对后由另一人公开。")
                return redirect("reporting:detail", row.pk)
    return render(request, "reporting/staff_upload.html", {"form": form})


def keep(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Make a draft of what the checker has just read for this very person."""
    actor = actor_of(request)
    demand(HasRole(None, UPLOADERS, UploadReport.title), actor)
    passing = Passing.find(key)
    state = passing.state() if passing else None
    document = passing.document() if passing else None
    if passing is None or state is None or document is None or actor.user is None or state.owner != actor.user.pk:
        raise Http404
    found = passing.results()
    if number >= len(found) or len(found) > 1:
        raise Http404
    report = found[number]
    known = _organs(actor)
    guess = known.filter(name=report.organ).first() or known.filter(aliases__in=Alias.objects.filter(text=report.organ)).first()
    initial = {"organ": guess, "year": report.year, "published_on": report.published}
    form = PlaceForm(request.POST or None, organs=known, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            taken = chosen(document.name, document.read_bytes(), found)
        except CannotTake as refusal:
            form.add_error(None, str(refusal))
        else:
            row = _uploaded(actor, form, taken, state.address)
            if row is not None:
                passing.forget()
                messages.success(request, "已存为待公开的报告。请核对后由另一人公开。")
                return redirect("reporting:detail", row.pk)
    return render(request, "reporting/staff_upload.html", {"form": form, "name": state.name})


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A report with everything that was found, and the acts open to this person."""
    actor = actor_of(request)
    row = get_visible(AnnualReport, actor, pk=pk)
    return _detail(request, row, ReasonForm())


def original(request: HttpRequest, pk: int) -> HttpResponse:
    """The original, for those who see the report."""
    return given(get_visible(AnnualReport, actor_of(request), pk=pk))


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it public, the warnings of the checks explained."""
    actor = actor_of(request)
    row = get_visible(AnnualReport, actor, pk=pk)
    if any(rule.refuse(actor) for rule in PublishReport(actor=actor, report=row).rules()):
        PublishReport(actor=actor, report=row).perform()  # refused, in its own words and in the log
    form = PublishForm(request.POST)
    if perform(form, lambda: PublishReport(actor=actor, report=row)) is None:
        return _detail(request, row, ReasonForm(), form)
    messages.success(request, f"{row.organ.name}{row.year}年度报告已公开。")
    return redirect("reporting:detail", pk)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back."""
    actor = actor_of(request)
    row = get_visible(AnnualReport, actor, pk=pk)
    form = ReasonForm(request.POST)
    done = perform(form, lambda: WithdrawReport(actor=actor, report=row, reason=form.cleaned_data["reason"]))
    if done is None:
        return _detail(request, row, form)
    messages.success(request, "已撤下。原件和记录继续保留。")
    return redirect("reporting:detail", pk)


@require_POST
def reread(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the original again."""
    actor = actor_of(request)
    row = get_visible(AnnualReport, actor, pk=pk)
    # judged before the reading, which costs something, and again inside the verb
    demand(HasRole(row.organ, UPLOADERS, RereadReport.title), actor)
    try:
        taken = take(row.file_name, content(row.file))
    except (CannotTake, OSError) as error:
        messages.error(request, f"没有重新读取：{error}" if isinstance(error, CannotTake) else "原件读不出，请联系管理员。")
        return redirect("reporting:detail", pk)
    RereadReport(actor=actor, report=row, taken=taken).perform()
    messages.success(request, "已重新读取。")
    return redirect("reporting:detail", pk)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    actor = actor_of(request)
    DiscardReport(actor=actor, report=get_visible(AnnualReport, actor, pk=pk)).perform()
    messages.success(request, "待公开的报告已删除。")
    return redirect("reporting:list")


def _detail(request: HttpRequest, row: AnnualReport, form: ReasonForm, publishing: PublishForm | None = None) -> HttpResponse:
    actor = actor_of(request)
    act = PublishReport(actor=actor, report=row)
    # Looking into a new original takes a moment: only before those who may publish it.
    if publishing is None and row.status == Status.DRAFT and all(rule.refuse(actor) is None for rule in act.rules()):
        publishing = PublishForm()
        publishing.found = act.look()
        ask_reasons(publishing, publishing.found)
    refusals = [one for one in act.check() if one.rule != Fresh.id]
    report = row.report()
    context = report_page(report, check(report))
    context |= {
        "row": row, "form": form, "another": _another_organ(row.organ, report.organ or ""), "publishing": refusals, "publish_form": publishing,
        "may_publish": row.status == Status.DRAFT and only_reasons(refusals),
        "may_withdraw": row.status == Status.PUBLISHED and WithdrawReport(actor=actor, report=row, reason="1").allowed(),
        "may_discard": DiscardReport(actor=actor, report=row).allowed(),
    }  # fmt: skip
    return render(request, "reporting/staff_detail.html", context)


def _another_organ(organ: Organ, stated: str) -> str:
    """The organ that the document states, where `organ` never bore that name: perhaps the wrong file, or the wrong organ."""
    known = {organ.name, organ.short_name, *organ.names.values_list("name", flat=True), *organ.aliases.values_list("text", flat=True)}
    return "" if stated in known else stated


def _uploaded(actor: Actor, form: PlaceForm, taken: Taken, address: str = "") -> AnnualReport | None:
    """The draft; None when the rules or the things themselves say no (then the form says why)."""
    year = form.cleaned_data["year"] or taken.report.year
    if year is None:
        form.add_error("year", "文件中没有写明年度。请填写。")
        return None
    file = put_away(taken.data, taken.kind)
    return perform(
        form,
        lambda: UploadReport(
            actor=actor, organ=form.cleaned_data["organ"], year=year, taken=taken, file=file,
            published_on=form.cleaned_data["published_on"], source=Source.PAGE if address else Source.UPLOADED,
            source_address=address,
        ),
    )  # fmt: skip


def _organs(actor: Actor) -> QuerySet[Organ]:
    """The organs one may upload for."""
    return Organ.objects.filter(pk__in=organs_in_scope(actor, UPLOADERS), kind__in=(Kind.ORGAN, Kind.REGION))
