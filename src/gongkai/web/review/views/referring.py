"""The pages of asking others, and of their answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from gongkai.web.catalogue.views.form_page import FormPage
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.house.titles import quoted
from gongkai.web.review.actions.record_answer import RecordAnswer
from gongkai.web.review.actions.refer_item import ReferItem
from gongkai.web.review.forms import AnswerForm, ReferForm
from gongkai.web.review.referrals import awaited
from gongkai.web.review.rounds import open_round

from .acts import for_act
from .item import back, crumbs_of

_HALTS = "答复登记前，本环节不能通过；公开期限照常计算，不因报请而中止。"


def refer(request: HttpRequest, number: int) -> HttpResponse:
    """Ask the body that decides."""
    actor, item = actor_of(request), for_act(request, number, "refer")
    round_ = open_round(item)
    here = round_.here() if round_ is not None else None
    form = ReferForm(request.POST or None, initial={"seen": here.position if here is not None else None})
    return FormPage(
        title=ReferItem.title, button=ReferItem.title, back=back(item), crumbs=crumbs_of(item), form=form,
        done=f"{quoted(item.title)}已报请确定。", context={"note": _HALTS},
        build=lambda: ReferItem(actor=actor, item=item, **form.cleaned_data),
    ).answer(request)  # fmt: skip


def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Record what it said."""
    actor, item = actor_of(request), for_act(request, number, "answer")
    round_ = open_round(item)
    here, asked = (round_.here(), awaited(round_)) if round_ is not None else (None, None)
    form = AnswerForm(request.POST or None, initial={"seen": here.position if here is not None else None})
    return FormPage(
        title=RecordAnswer.title, button=RecordAnswer.title, back=back(item), crumbs=crumbs_of(item), form=form,
        context={"note": f"报请{asked.body}确定的问题：{asked.question}" if asked is not None else ""},
        build=lambda: RecordAnswer(actor=actor, item=item, **form.cleaned_data),
    ).answer(request)  # fmt: skip
