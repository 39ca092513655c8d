"""Import and export of the grass-roots catalogue."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.web.catalogue.actions.import_entries import ImportEntries
from gongkai.web.catalogue.actions.save_entry import ROLES
from gongkai.web.catalogue.forms import EntryImportForm
from gongkai.web.catalogue.models import CatalogueEntry, EntryImport
from gongkai.web.catalogue.standard.apply import preview, rows_of
from gongkai.web.catalogue.standard.columns import COLUMNS
from gongkai.web.catalogue.standard.reading import MAX_BYTES, CannotReadCatalogue, read_catalogue
from gongkai.web.catalogue.standard.writing import MEDIA, write_catalogue
from gongkai.web.house.bodies import takes_files
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.house.publishing import reason_of
from gongkai.web.house.rule import Refused, demand
from gongkai.web.house.visibility import get_visible, visible
from gongkai.web.organs.models import Organ
from gongkai.web.organs.rules import HasRole


@takes_files(MAX_BYTES)
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a file; a readable one leads to its preview."""
    actor = actor_of(request)
    organ = get_visible(Organ, actor, slug=slug)
    demand(HasRole(organ, ROLES, ImportEntries.title), actor)
    form = EntryImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            content = file.read()
            read_catalogue(file.name, content)
        except CannotReadCatalogue as error:
            form.add_error("file", str(error))
        else:
            EntryImport.objects.filter(user=actor.user).delete()
            draft = EntryImport.objects.create(
                user=actor.user, organ=organ, name=file.name[:200], content=content
            )
            return redirect("catalogue:import_preview", draft.pk)
    return render(request, "catalogue/import.html", {"form": form, "organ": organ, "columns": COLUMNS})


def look(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the file would do; on POST do it, all or nothing."""
    actor = actor_of(request)
    draft = get_visible(EntryImport, actor, pk=pk)
    demand(HasRole(draft.organ, ROLES, ImportEntries.title), actor)
    table = read_catalogue(draft.name, bytes(draft.content))
    if request.method == "POST":
        rows = rows_of(table, draft.organ)
        try:
            outcome = ImportEntries(
                actor=actor, organ=draft.organ, rows=rows, source=draft.name, reason_for_all=reason_of(request)
            ).perform()
        except Refused as refused:
            if refused.only_reauthentication:
                raise
            messages.error(request, "没有导入任何事项：请按下面的说明改正后重新上传，或写明放行的理由。")
        else:
            draft.delete()
            messages.success(
                request, f"已导入：新建{outcome.count('create')}项，修改{outcome.count('revise')}项。"
            )
            return redirect(f"/staff/entries?organ={draft.organ.slug}")
    outcome = preview(actor, draft.organ, rows_of(table, draft.organ))
    context = {"draft": draft, "outcome": outcome, "ignored": sorted(set(table.ignored))}
    return render(request, "catalogue/import_preview.html", context)


@require_safe
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """The catalogue as a workbook."""
    actor = actor_of(request)
    organ = get_visible(Organ, actor, slug=slug)
    entries = visible(CatalogueEntry, actor).filter(organ=organ, ended_on=None)
    answer = HttpResponse(write_catalogue(organ.name, entries), content_type=MEDIA)
    name = content_disposition_header(True, f"{organ.name}基层政务公开标准目录.xlsx")
    answer["Content-Disposition"] = name or "attachment"
    return answer
