"""A table with its files, uploaded, looked at, brought in as drafts."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.reading.limits import CannotRead
from gongkai.web.bringing_in.actions.bring_in_items import BringInItems
from gongkai.web.bringing_in.forms import MAX_FILES, MAX_TABLE, UploadForm
from gongkai.web.bringing_in.judging import judge
from gongkai.web.bringing_in.models import UploadedTable
from gongkai.web.bringing_in.row import CREATE, ItemRow
from gongkai.web.bringing_in.table.columns import COLUMNS
from gongkai.web.bringing_in.table.folder import CannotUnpack, Folder, unpack
from gongkai.web.bringing_in.table.reading import read
from gongkai.web.bringing_in.table.streaming import CannotReadTable, unknown_heads
from gongkai.web.bringing_in.table.template import MEDIA, NAME, template
from gongkai.web.catalogue.places import drafting_organs
from gongkai.web.house.bodies import takes_files
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.house.paging import page_of
from gongkai.web.house.rule import Refused
from gongkai.web.house.visibility import get_visible
from gongkai.web.house.workbook import check_workbook, words

MAX_ROWS = 2000


@takes_files(MAX_TABLE, MAX_FILES)
def upload(request: HttpRequest) -> HttpResponse:
    """Take a table; a readable one leads to its preview."""
    actor = actor_of(request)
    organs = drafting_organs(actor)
    form = UploadForm(request.POST or None, request.FILES or None, organs=organs)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        draft = UploadedTable(
            user=actor.user, organ=given["organ"], name=given["table"].name[-200:], content=given["table"].read(),
            files=given["files"].read() if given["files"] else b"",
        )  # fmt: skip
        try:
            with _rows(draft):
                pass
        except CannotReadTable as error:
            form.add_error("table", str(error))
        except CannotUnpack as error:
            form.add_error("files", str(error))
        else:
            UploadedTable.objects.filter(user=actor.user).delete()
            draft.save()
            return redirect("bringing_in:preview", draft.pk)
    context = {"form": form, "columns": COLUMNS, "may": organs.exists()}
    return render(request, "bringing_in/upload.html", context)


def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what every row would do; on POST do it, all or nothing."""
    actor = actor_of(request)
    draft = get_visible(UploadedTable, actor, pk=pk)
    with _rows(draft) as rows:
        verb = BringInItems(actor=actor, organ=draft.organ, rows=rows, source=source_of(draft))
        if request.method == "POST":
            try:
                items = verb.perform()
            except Refused as refused:
                if refused.only_reauthentication:
                    raise
                if not any(row.errors for row in rows):
                    messages.error(request, "；".join(one.message for one in refused.refusals))
                else:
                    messages.error(request, "没有导入任何信息：下面的行有错，请改正后重新上传。")
            else:
                draft.delete()
                messages.success(request, f"已导入{len(items)}条，均为草稿。请逐条核对后提交审核。")
                return redirect("catalogue:list")
        judge(rows, source_of(draft), publish=False)
    failed = [row for row in rows if row.errors]
    shown = failed + [row for row in rows if not row.errors]
    context = {
        "draft": draft, "total": len(rows), "failed": len(failed),
        "fresh": sum(row.effect == CREATE and not row.errors for row in rows),
        "page": page_of(request, shown, 100, "行"), "ignored": unknown_heads(draft.name, io.BytesIO(draft.content)),
    }  # fmt: skip
    return render(request, "bringing_in/preview.html", context)


@require_safe
def blank(request: HttpRequest) -> HttpResponse:
    """The template."""
    answer = HttpResponse(template(), content_type=MEDIA)
    answer["Content-Disposition"] = content_disposition_header(True, NAME) or "attachment"
    return answer


def source_of(draft: UploadedTable) -> str:
    """What people upload for one organ is one source: the same table under another name is the same things."""
    return f"upload:{draft.organ.slug}"


@contextmanager
def _rows(draft: UploadedTable) -> Iterator[list[ItemRow]]:
    """The rows, their files unpacked while the context lasts. Raises CannotReadTable and CannotUnpack."""
    _checked(draft)
    with tempfile.TemporaryDirectory(prefix="gongkai-bring-") as place:
        folder = Folder(None)
        if draft.files:
            unpack(io.BytesIO(draft.files), Path(place))
            folder = Folder(Path(place))
        rows = []
        for row in read(draft.name, io.BytesIO(draft.content), draft.organ, folder):
            if len(rows) == MAX_ROWS:
                raise CannotReadTable(
                    f"“{draft.name}”超过{MAX_ROWS}行。请分成几个文件导入，或由系统管理员用命令导入。"
                )
            rows.append(row)
        if not rows:
            raise CannotReadTable(f"“{draft.name}”的列名下面没有内容。请填写后再导入。")
        yield rows


def _checked(draft: UploadedTable) -> None:
    """A workbook of strangers is judged before it is opened here; the command line reads what its operator gives."""
    if draft.name.lower().endswith(".xlsx"):
        try:
            check_workbook(bytes(draft.content))
        except CannotRead as error:
            raise CannotReadTable(words(draft.name, error)) from error
