"""Attached files: upload, removal, and the one door through which anybody reads them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from gongkai.web.catalogue.actions.attach_file import AttachFile
from gongkai.web.catalogue.actions.detach_file import DetachFile
from gongkai.web.catalogue.files.serving import etag_of, respond
from gongkai.web.catalogue.files.types import LARGEST
from gongkai.web.catalogue.forms import AttachForm
from gongkai.web.catalogue.models import Attachment
from gongkai.web.house import submit
from gongkai.web.house.actor import Actor
from gongkai.web.house.bodies import takes_files
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.house.middleware.storing import FRESH
from gongkai.web.house.visibility import get_visible, may_see

from .items import crumbs_of, the_item


@require_safe
def download(request: HttpRequest, number: int, pk: int) -> HttpResponseBase:
    """The file, for whoever may see its item; `?show=1` shows it in the browser where that is harmless.

    Kept by browsers and proxies while everybody may see it, asked for anew each time; else nowhere (ADR 0116).
    """
    attachment = get_visible(Attachment, actor_of(request), pk=pk, item__number=number)
    inline = request.GET.get("show") == "1"
    if not may_see(attachment, Actor.public()):
        return respond(attachment, inline)
    # Before the file is opened: a reader who has it already takes nothing from the disk.
    answer = get_conditional_response(request, etag=etag_of(attachment)) or respond(attachment, inline)
    answer["ETag"], answer["Cache-Control"] = etag_of(attachment), FRESH
    return answer


@require_POST
@takes_files(LARGEST)
def attach(request: HttpRequest, number: int) -> HttpResponse:
    """Take an upload."""
    item = the_item(request, number)
    form = AttachForm(request.POST, request.FILES)

    def build() -> AttachFile:
        upload = form.cleaned_data["file"]
        return AttachFile(
            actor=actor_of(request), item=item, content=upload.file, size=upload.size, name=upload.name,
            heading=form.cleaned_data["heading"],
        )  # fmt: skip

    attachment = submit.perform(form, build)
    back = reverse("catalogue:detail", args=[number])
    if attachment is not None:
        messages.success(request, f"已上传“{attachment.name}”。")
        return redirect(f"{back}#files")
    page = {
        "form": form,
        "title": "上传附件",
        "button": "上传",
        "back": back,
        "crumbs": crumbs_of(item),
        "upload": True,
    }
    return render(request, "catalogue/form.html", page)


@require_POST
def detach(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file off."""
    attachment = get_visible(Attachment, actor_of(request), pk=pk)
    DetachFile(actor=actor_of(request), attachment=attachment).perform()
    messages.success(request, f"已移除“{attachment.name}”。")
    return redirect(reverse("catalogue:detail", args=[attachment.item.number]) + "#files")
