"""The pages of naming the document that an item passes on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from gongkai.web.catalogue.models import Item
from gongkai.web.catalogue.views.form_page import FormPage
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.house.visibility import may_see
from gongkai.web.review.actions.drop_original import DropOriginal
from gongkai.web.review.actions.name_original import NameOriginal
from gongkai.web.review.forms import OriginalForm
from gongkai.web.review.originals import original_of

from .acts import for_act
from .item import back, crumbs_of

_NOTE = "转发其他机关文件的，公开属性由制作机关认定，本件一般随原件。登记不改变本件的公开属性；要照原件拟定的，请勾选最后一项。"


def name(request: HttpRequest, number: int) -> HttpResponse:
    """Which, and what its maker decided."""
    actor, item = actor_of(request), for_act(request, number, "original")
    form = OriginalForm(request.POST or None, actor=actor, initial=_initial(request, item))
    return FormPage(
        title=NameOriginal.title, button="登记", back=back(item), crumbs=crumbs_of(item), form=form, context={"note": _NOTE},
        build=lambda: NameOriginal(actor=actor, item=item, **form.cleaned_data),
    ).answer(request)  # fmt: skip


def _initial(request: HttpRequest, item: Item) -> dict[str, Any]:
    original = original_of(item)
    if original is None:
        return {}
    source = original.source
    if source is not None and may_see(source, actor_of(request)):
        return {"source": source.index_number}
    return {
        "maker": original.maker, "original_title": original.title, "number": original.number, "attribute": original.attribute,
        "withheld_under": original.withheld_under, "decided": original.decided,
    }  # fmt: skip


def drop(request: HttpRequest, number: int) -> HttpResponse:
    """Ask, then take it back."""
    actor, item = actor_of(request), for_act(request, number, "drop_original")
    return FormPage(
        title=DropOriginal.title, button=DropOriginal.title, back=back(item), crumbs=crumbs_of(item), form=forms.Form(request.POST if request.method == "POST" else None),
        context={"note": "本件不是转发其他机关文件，或原件登记有误的，可以取消。操作会记入日志。"},
        build=lambda: DropOriginal(actor=actor, item=item),
    ).answer(request)  # fmt: skip
