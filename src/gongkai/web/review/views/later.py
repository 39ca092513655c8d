"""The pages of the verbs after approval."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from gongkai.web.catalogue.models import Item
from gongkai.web.catalogue.views.form_page import FormPage
from gongkai.web.house.action import Action
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.review.actions.change_attribute import ChangeAttribute
from gongkai.web.review.actions.confirm_emergency import ConfirmEmergency
from gongkai.web.review.actions.review_emergency import ReviewEmergency
from gongkai.web.review.actions.set_reassess_date import SetReassessDate
from gongkai.web.review.actions.withdraw_item import WithdrawItem
from gongkai.web.review.forms import AttributeForm, ConfirmForm, EmergencyReviewForm, ReasonForm, ReassessForm
from gongkai.web.review.objections import objections

from .acts import for_act
from .item import back, crumbs_of


def _page(request: HttpRequest, item: Item, form: forms.Form, act: type[Action[Any]], build: Callable[[], Action[Any]], note: str = "") -> HttpResponse:
    return FormPage(
        title=act.title, button=act.title, back=back(item), crumbs=crumbs_of(item), form=form, build=build,
        context={"note": note},
    ).answer(request)  # fmt: skip


def confirm_emergency(request: HttpRequest, number: int) -> HttpResponse:
    """The second person, before it goes out first."""
    actor, item = actor_of(request), for_act(request, number, "confirm_emergency")
    form = ConfirmForm(request.POST or None)
    against = "；".join(one.words for one in objections(item))
    return _page(
        request, item, form, ConfirmEmergency, lambda: ConfirmEmergency(actor=actor, item=item, reason=form.cleaned_data["reason"]),
        f"{against}。确认后由另一人办理应急先行发布；稿件有改动或者又有新的退回、报请的，须重新确认。",
    )  # fmt: skip


def review_emergency(request: HttpRequest, number: int) -> HttpResponse:
    """Afterwards."""
    actor, item = actor_of(request), for_act(request, number, "review_emergency")
    form = EmergencyReviewForm(request.POST or None)
    return _page(request, item, form, ReviewEmergency, lambda: ReviewEmergency(
        actor=actor, item=item, keep=form.cleaned_data["keep"] == "yes", comment=form.cleaned_data["comment"]
    ), f"应急理由：{item.emergency_reason}")  # fmt: skip


def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Down."""
    actor, item = actor_of(request), for_act(request, number, "withdraw")
    form = ReasonForm(request.POST or None)
    return _page(
        request, item, form, WithdrawItem,
        lambda: WithdrawItem(actor=actor, item=item, reason=form.cleaned_data["reason"]),
        "撤下后公众立即看不到这条信息，记录和理由保留。",
    )  # fmt: skip


def attribute(request: HttpRequest, number: int) -> HttpResponse:
    """Another attribute."""
    actor, item = actor_of(request), for_act(request, number, "attribute")
    initial = {"attribute": item.attribute, "withheld_under": item.withheld_under}
    form = AttributeForm(request.POST or None, initial=initial)
    return _page(request, item, form, ChangeAttribute, lambda: ChangeAttribute(actor=actor, item=item, **form.cleaned_data))


def reassess(request: HttpRequest, number: int) -> HttpResponse:
    """The same, until a day."""
    actor, item = actor_of(request), for_act(request, number, "reassess")
    form = ReassessForm(request.POST or None)
    return _page(request, item, form, SetReassessDate, lambda: SetReassessDate(actor=actor, item=item, **form.cleaned_data))
