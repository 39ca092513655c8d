"""The pages of the verbs on the way to the public."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongkai.web.catalogue.models import Item
from gongkai.web.catalogue.views.form_page import FormPage
from gongkai.web.house import submit as submitting
from gongkai.web.house.action import Action
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.house.rule import demand
from gongkai.web.house.titles import quoted
from gongkai.web.review.actions.approve_item import ApproveItem
from gongkai.web.review.actions.emergency_publish import EmergencyPublish
from gongkai.web.review.actions.pass_step import PassStep
from gongkai.web.review.actions.publish_item import PublishItem
from gongkai.web.review.actions.return_item import ReturnToDrafter
from gongkai.web.review.actions.submit_item import SubmitItem
from gongkai.web.review.checks.contents import examine_files
from gongkai.web.review.checks.examine import Finding, findings
from gongkai.web.review.forms import EmergencyForm, OpinionForm, PublishForm, ReturnForm, SubmitForm
from gongkai.web.review.objections import standing_against
from gongkai.web.review.readings import reading_findings, ready_readings
from gongkai.web.review.rounds import last_round

from . import show
from .item import back, crumbs_of, the_item, verbs


def for_act(request: HttpRequest, number: int, name: str) -> Item:
    """The item, when the rules let the person do this: others get the reason, not a form."""
    actor, item = actor_of(request), the_item(request, number)
    for rule in verbs(actor, item)[name].rules():
        demand(rule, actor)
    return item


def _checked(item: Item, *more: Finding) -> list[Finding]:
    examine_files(item)
    return [*findings(item), *more]


def _page(
    request: HttpRequest, item: Item, form: forms.Form, found: list[Finding], act: type[Action[Any]],
    build: Callable[[], Action[Any]], **more: Any,
) -> HttpResponse:  # fmt: skip
    return FormPage(
        title=act.title, button=act.title, back=back(item), crumbs=crumbs_of(item), form=form, build=build,
        template="review/checked_form.html", context={"findings": found, "item": item, **more},
    ).answer(request)  # fmt: skip


def submit(request: HttpRequest, number: int) -> HttpResponse:
    """Hand in: the findings, a reason for each warning."""
    actor, item = actor_of(request), for_act(request, number, "submit")
    found = _checked(item)
    last = last_round(item)
    form = SubmitForm(request.POST or None, found=found, initial={"needs_reading": last is not None and last.needs_reading})
    return _page(request, item, form, found, SubmitItem, lambda: SubmitItem(
        actor=actor, item=item, reasons=form.reasons(), note=form.cleaned_data["note"],
        needs_reading=form.cleaned_data["needs_reading"],
    ))  # fmt: skip


def publish(request: HttpRequest, number: int) -> HttpResponse:
    """Let out, with the interpretations that are ready: the findings of all of them again."""
    actor, item = actor_of(request), for_act(request, number, "publish")
    ready = ready_readings(item)
    going = _chosen(request, ready)
    of_readings = [replace(one, place=f"解读{quoted(reading.title)}{one.place}") for reading in going for one in _checked(reading)]
    found = _checked(item, *reading_findings(item, going), *of_readings)
    form = PublishForm(request.POST or None, found=found, ready=ready)
    return _page(request, item, form, found, PublishItem, lambda: PublishItem(
        actor=actor, item=item, reasons=form.reasons(), until=form.cleaned_data["until"],
        readings=tuple(form.cleaned_data.get("readings", ())),
    ))  # fmt: skip


def _chosen(request: HttpRequest, ready: QuerySet[Item]) -> list[Item]:
    """All that are ready, until the form says otherwise."""
    if request.method != "POST":
        return list(ready)
    wanted = set(request.POST.getlist("readings"))
    return [one for one in ready if str(one.pk) in wanted]


def emergency(request: HttpRequest, number: int) -> HttpResponse:
    """Let out first."""
    actor, item = actor_of(request), for_act(request, number, "emergency")
    found = _checked(item)
    form = EmergencyForm(request.POST or None, found=found)
    return _page(request, item, form, found, EmergencyPublish, lambda: EmergencyPublish(
        actor=actor, item=item, reasons=form.reasons(), reason=form.cleaned_data["reason"]
    ), **standing_against(item))  # fmt: skip


def agree(request: HttpRequest, number: int) -> HttpResponse:
    """A step's agreement, from the item's page."""
    return _opinion(request, number, PassStep)


def approve(request: HttpRequest, number: int) -> HttpResponse:
    """The signature."""
    return _opinion(request, number, ApproveItem)


def _opinion(request: HttpRequest, number: int, act: type[PassStep] | type[ApproveItem]) -> HttpResponse:
    actor, item = actor_of(request), the_item(request, number)
    if request.method != "POST":
        return redirect(back(item))
    form = OpinionForm(request.POST, prefix="o")
    if submitting.perform(form, lambda: act(actor=actor, item=item, **form.cleaned_data)) is None:
        return show.detail(request, number, opinion=form)
    messages.success(request, f"{quoted(item.title)}已{act.title}。")
    return redirect("review:worklist")


def send_back(request: HttpRequest, number: int) -> HttpResponse:
    """Back to the drafter."""
    actor, item = actor_of(request), the_item(request, number)
    if request.method != "POST":
        return redirect(back(item))
    form = ReturnForm(request.POST, prefix="r")
    if submitting.perform(form, lambda: ReturnToDrafter(actor=actor, item=item, **form.cleaned_data)) is None:
        return show.detail(request, number, back=form)
    messages.success(request, f"{quoted(item.title)}已退回修改。")
    return redirect("review:worklist")
