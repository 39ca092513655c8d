"""The pages of the verbs on organs: each shows a form and hands it to its verb."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from gongkai.web.house import submit
from gongkai.web.house.action import Action
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.house.rule import demand
from gongkai.web.house.visibility import get_visible, visible
from gongkai.web.organs.actions.close_organ import CloseOrgan
from gongkai.web.organs.actions.create_organ import CreateOrgan
from gongkai.web.organs.actions.move_organ import MoveOrgan
from gongkai.web.organs.actions.rename_organ import RenameOrgan
from gongkai.web.organs.actions.revise_office import ReviseOffice
from gongkai.web.organs.actions.revise_organ import REVISABLE, ReviseOrgan
from gongkai.web.organs.forms import (
    CloseForm,
    CreateForm,
    MoveForm,
    OfficeForm,
    RenameForm,
    ReviseForm,
    first_day,
)
from gongkai.web.organs.models import ChangeKind, Office, Organ, Role
from gongkai.web.organs.rules import HasRole
from gongkai.web.organs.scope import organs_in_scope


def _page(
    request: HttpRequest,
    organ: Organ,
    form: forms.BaseForm,
    build: Callable[[], Action[Any]],
    title: str,
    button: str,
) -> HttpResponse:
    """Show the form; on POST perform the verb and go back to the organ."""
    if request.method == "POST" and submit.perform(form, build) is not None:
        messages.success(request, f"已{button}。")
        return redirect("organs:detail", organ.slug)
    crumbs = [("机关", reverse("organs:list")), (organ.name, reverse("organs:detail", args=[organ.slug]))]
    context = {"organ": organ, "form": form, "title": title, "button": button, "crumbs": crumbs}
    return render(request, "organs/form.html", context)


def _organ(request: HttpRequest, slug: str, *roles: Role, act: str) -> Organ:
    """The organ, when the person sees it and could do `act` to it: others get the reason, not a form."""
    organ = get_visible(Organ, actor_of(request), slug=slug)
    demand(HasRole(organ, roles or (Role.ADMIN,), act), actor_of(request))
    return organ


def create(request: HttpRequest, slug: str) -> HttpResponse:
    """A new organ below this one."""
    parent = _organ(request, slug, act="新建机关")
    form = CreateForm(request.POST or None, parent=parent, initial={"level": parent.level})
    return _page(
        request, parent, form,
        lambda: CreateOrgan(
            actor=actor_of(request), organ=form.organ(parent), aliases=form.cleaned_data["aliases"],
            basis=form.cleaned_data["basis"],
        ),
        f"在{parent.name}下新建", "新建",
    )  # fmt: skip


def revise(request: HttpRequest, slug: str) -> HttpResponse:
    """Plain data."""
    organ = _organ(request, slug, act="修改机关信息")
    aliases = "\n".join(organ.aliases.values_list("text", flat=True))
    form = ReviseForm(request.POST or None, instance=organ, initial={"aliases": aliases})
    return _page(
        request, organ, form,
        lambda: ReviseOrgan(
            actor=actor_of(request), organ=organ, aliases=form.cleaned_data["aliases"],
            values={name: form.cleaned_data[name] for name in REVISABLE},
        ),
        "修改机关信息", "保存",
    )  # fmt: skip


def office(request: HttpRequest, slug: str) -> HttpResponse:
    """The OGI office."""
    organ = _organ(request, slug, Role.OGI_OFFICE, Role.ADMIN, act="修改工作机构信息")
    form = OfficeForm(request.POST or None, instance=Office.objects.filter(organ=organ).first())
    return _page(
        request, organ, form,
        lambda: ReviseOffice(actor=actor_of(request), organ=organ, values=form.cleaned_data),
        "修改信息公开工作机构", "保存",
    )  # fmt: skip


def rename(request: HttpRequest, slug: str) -> HttpResponse:
    """A new name."""
    organ = _organ(request, slug, act="机关更名")
    form = RenameForm(request.POST or None, initial={"on": first_day()})
    return _page(
        request, organ, form,
        lambda: RenameOrgan(
            actor=actor_of(request), organ=organ, name=form.cleaned_data["name"], on=form.cleaned_data["on"],
            basis=form.cleaned_data["basis"],
        ),
        "机关更名", "更名",
    )  # fmt: skip


def move(request: HttpRequest, slug: str) -> HttpResponse:
    """A new parent."""
    organ = _organ(request, slug, act="隶属调整")
    actor = actor_of(request)
    parents = visible(Organ, actor).filter(closed_on=None, pk__in=organs_in_scope(actor, (Role.ADMIN,)))
    form = MoveForm(request.POST or None, parents=parents, initial={"on": first_day()})
    return _page(
        request, organ, form,
        lambda: MoveOrgan(
            actor=actor, organ=organ, parent=form.cleaned_data["parent"], on=form.cleaned_data["on"],
            basis=form.cleaned_data["basis"],
        ),
        "隶属调整", "调整隶属",
    )  # fmt: skip


def close(request: HttpRequest, slug: str) -> HttpResponse:
    """The end."""
    organ = _organ(request, slug, act="机关终止")
    actor = actor_of(request)
    organs = visible(Organ, actor).filter(closed_on=None, pk__in=organs_in_scope(actor, (Role.ADMIN,)))
    form = CloseForm(request.POST or None, organs=organs.exclude(pk=organ.pk), initial={"on": first_day()})
    return _page(
        request, organ, form,
        lambda: CloseOrgan(
            actor=actor, organ=organ, kind=ChangeKind(form.cleaned_data["kind"]), on=form.cleaned_data["on"],
            successors=tuple(form.cleaned_data["successors"]), basis=form.cleaned_data["basis"],
        ),
        "机关终止", "办理终止",
    )  # fmt: skip
