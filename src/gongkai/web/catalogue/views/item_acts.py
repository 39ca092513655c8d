"""The pages of the smaller verbs on an item."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.web.catalogue.actions.consent_interpretation import ConsentInterpretation
from gongkai.web.catalogue.actions.discard_draft import DiscardDraft
from gongkai.web.catalogue.actions.link_interpretation import LinkInterpretation
from gongkai.web.catalogue.actions.place_items import PlaceItem, entries_for
from gongkai.web.catalogue.actions.reclassify_item import HEADINGS, ReclassifyItem
from gongkai.web.catalogue.actions.record_channel import RecordChannel
from gongkai.web.catalogue.actions.set_validity import SetValidity
from gongkai.web.catalogue.actions.unlink_interpretation import UnlinkInterpretation
from gongkai.web.catalogue.forms import (
    ChannelForm,
    ClassifyForm,
    InterpretationForm,
    PlaceForm,
    ValidityForm,
)
from gongkai.web.catalogue.models import Form, Interpretation, Item, ProposedInterpretation, Validity
from gongkai.web.catalogue.rules import DRAFTERS, KEEPERS
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.house.rule import demand
from gongkai.web.house.titles import quoted
from gongkai.web.house.visibility import get_visible, may_see
from gongkai.web.organs.models import Role
from gongkai.web.organs.models.post import today
from gongkai.web.organs.rules import HasRole

from .form_page import FormPage
from .items import crumbs_of, the_item


def _for(request: HttpRequest, number: int, roles: tuple[Role, ...], act: str) -> Item:
    """The item, when the person could do `act` to it: others get the reason, not a form."""
    item = the_item(request, number)
    where = item.organ if roles == KEEPERS else item.unit or item.organ
    demand(HasRole(where, roles, act), actor_of(request))
    return item


def _back(item: Item) -> str:
    return reverse("catalogue:detail", args=[item.number])


def validity(request: HttpRequest, number: int) -> HttpResponse:
    """Change the validity."""
    actor, item = actor_of(request), _for(request, number, KEEPERS, SetValidity.title)
    form = ValidityForm(request.POST or None, actor=actor, initial={"validity": item.validity, "on": today()})
    return FormPage(
        title=SetValidity.title, button="保存", back=_back(item), crumbs=crumbs_of(item), form=form,
        build=lambda: SetValidity(
            actor=actor, item=item, validity=Validity(form.cleaned_data["validity"]), on=form.cleaned_data["on"],
            by=form.cleaned_data["by"], basis=form.cleaned_data["basis"],
        ),
    ).answer(request)  # fmt: skip


def classify(request: HttpRequest, number: int) -> HttpResponse:
    """Other headings."""
    actor, item = actor_of(request), _for(request, number, KEEPERS, ReclassifyItem.title)
    form = ClassifyForm(request.POST or None, instance=get_object_or_404(Item, pk=item.pk))
    return FormPage(
        title=ReclassifyItem.title, button="保存", back=_back(item), crumbs=crumbs_of(item), form=form,
        build=lambda: ReclassifyItem(
            actor=actor, item=item, values={name: form.cleaned_data[name] for name in HEADINGS}
        ),
    ).answer(request)  # fmt: skip


def interpretation(request: HttpRequest, number: int) -> HttpResponse:
    """The policy this item reads."""
    actor, item = actor_of(request), _for(request, number, DRAFTERS, LinkInterpretation.title)
    form = InterpretationForm(request.POST or None, actor=actor)
    return FormPage(
        title="关联被解读文件", button="关联", back=_back(item), crumbs=crumbs_of(item), form=form,
        done="已保存关联。被解读文件是其他机关的，由该机关公开工作机构同意后才显示。",
        build=lambda: LinkInterpretation(
            actor=actor, reading=item, policy=form.cleaned_data["policy"], form=Form(form.cleaned_data["form"])
        ),
    ).answer(request)  # fmt: skip


@require_POST
def unlink(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a link back."""
    link = get_visible(Interpretation, actor_of(request), pk=pk)
    UnlinkInterpretation(actor=actor_of(request), link=link).perform()
    messages.success(request, "已取消关联。")
    return redirect(_back(link.reading))


@require_POST
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an interpretation of another organ be linked."""
    proposal = get_visible(ProposedInterpretation, actor_of(request), pk=pk)
    ConsentInterpretation(actor=actor_of(request), proposal=proposal).perform()
    messages.success(request, f"已同意关联{quoted(proposal.reading.title)}。")
    return redirect(_back(proposal.policy))


@require_POST
def end_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a proposal back, or decline it."""
    actor = actor_of(request)
    proposal = get_visible(ProposedInterpretation, actor, pk=pk)
    UnlinkInterpretation(actor=actor, link=proposal).perform()
    messages.success(request, "已取消拟议的关联。")
    return redirect(_back(proposal.reading if may_see(proposal.reading, actor) else proposal.policy))


def channel(request: HttpRequest, number: int) -> HttpResponse:
    """A channel."""
    actor, item = actor_of(request), _for(request, number, DRAFTERS, RecordChannel.title)
    form = ChannelForm(request.POST or None, initial={"on": today()})
    return FormPage(
        title=RecordChannel.title, button="登记", back=_back(item), crumbs=crumbs_of(item), form=form,
        build=lambda: RecordChannel(actor=actor, item=item, **form.cleaned_data),
    ).answer(request)  # fmt: skip


def place(request: HttpRequest, number: int) -> HttpResponse:
    """Catalogue entries."""
    actor, item = actor_of(request), _for(request, number, DRAFTERS, PlaceItem.title)
    entries = entries_for(item, actor)
    form = PlaceForm(request.POST or None, entries=entries, initial={"entries": item.entries.all()})
    return FormPage(
        title=PlaceItem.title, button="保存", back=_back(item), crumbs=crumbs_of(item), form=form,
        context={"nothing": "" if entries.exists() else "本机关和上级还没有标准目录事项。"},
        build=lambda: PlaceItem(actor=actor, item=item, entries=tuple(form.cleaned_data["entries"])),
    ).answer(request)  # fmt: skip


def discard(request: HttpRequest, number: int) -> HttpResponse:
    """Ask, then throw away."""
    actor, item = actor_of(request), _for(request, number, DRAFTERS, DiscardDraft.title)
    if request.method == "POST":
        DiscardDraft(actor=actor, item=item).perform()
        messages.success(request, f"已删除草稿{quoted(item.title)}。")
        return redirect("catalogue:list")
    return FormPage(
        title=f"删除草稿{quoted(item.title)}", button="确认删除", back=_back(item), crumbs=crumbs_of(item),
        form=forms.Form(), context={"note": "删除后不能恢复，索引号不再使用。操作会记入日志。"},
        build=lambda: DiscardDraft(actor=actor, item=item),
    ).answer(request)  # fmt: skip
