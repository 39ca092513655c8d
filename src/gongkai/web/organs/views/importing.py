"""Import of organs: upload, look, confirm."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.web.house.bodies import takes_files
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.house.publishing import reason_of
from gongkai.web.house.rule import Refused, demand
from gongkai.web.house.visibility import get_visible
from gongkai.web.organs.actions.import_organs import ImportOrgans
from gongkai.web.organs.forms import ImportForm
from gongkai.web.organs.importing.apply import preview
from gongkai.web.organs.importing.columns import COLUMNS, OrganRow, read_row, unknown_columns
from gongkai.web.organs.importing.table import MAX_BYTES, CannotReadTable, TableRow, read_table
from gongkai.web.organs.importing.template import MEDIA, NAME, template
from gongkai.web.organs.models import ImportDraft, Role
from gongkai.web.organs.rules import HasRole


@takes_files(MAX_BYTES)
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file; a readable one leads to its preview."""
    actor = actor_of(request)
    demand(HasRole(None, (Role.ADMIN,), "导入机关"), actor)
    form = ImportForm(request.POST or None, request.FILES or None)
    person = actor.user
    if request.method == "POST" and person is not None and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            content = file.read()
            read_table(file.name, content)
        except CannotReadTable as error:
            form.add_error("file", str(error))
        else:
            ImportDraft.objects.filter(user=person).delete()
            draft = ImportDraft.objects.create(user=person, name=file.name[:200], content=content)
            return redirect("organs:import_preview", draft.pk)
    return render(request, "organs/import.html", {"form": form, "columns": COLUMNS})


@require_safe
def blank(request: HttpRequest) -> HttpResponse:
    """The empty table to fill in."""
    demand(HasRole(None, (Role.ADMIN,), "导入机关"), actor_of(request))
    answer = HttpResponse(template(), content_type=MEDIA)
    answer["Content-Disposition"] = content_disposition_header(True, NAME) or "attachment"
    return answer


def look(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the file would do; on POST do it, all or nothing."""
    actor = actor_of(request)
    demand(HasRole(None, (Role.ADMIN,), "导入机关"), actor)
    draft = get_visible(ImportDraft, actor, pk=pk)
    table = read_table(draft.name, bytes(draft.content))
    if request.method == "POST":
        try:
            outcome = ImportOrgans(actor=actor, rows=_rows(table), source=draft.name, reason_for_all=reason_of(request)).perform()
        except Refused as refused:
            if refused.only_reauthentication:
                raise
            messages.error(request, "没有导入任何机关：请按下面的说明改正后重新上传，或写明放行的理由。")
        else:
            draft.delete()
            messages.success(request, f"已导入：新建{outcome.created}个，修改{outcome.revised}个。")
            return redirect("organs:list")
    outcome = preview(actor, _rows(table))
    unknown = unknown_columns(table[0]) if table else []
    return render(
        request, "organs/import_preview.html", {"draft": draft, "outcome": outcome, "unknown": unknown}
    )


def _rows(table: list[TableRow]) -> list[OrganRow]:
    """Fresh rows: applying notes errors in them."""
    return [read_row(row) for row in table]
