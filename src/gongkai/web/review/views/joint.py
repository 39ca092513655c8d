"""The page that records what a joint organ holds."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from gongkai.web.catalogue.views.form_page import FormPage
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.review.actions.record_opinion import RecordOpinion
from gongkai.web.review.forms import JointForm
from gongkai.web.review.rounds import open_round

from .acts import for_act
from .item import back, crumbs_of


def joint(request: HttpRequest, number: int) -> HttpResponse:
    """One organ's opinion."""
    actor, item = actor_of(request), for_act(request, number, "joint")
    round_ = open_round(item)
    here = round_.here() if round_ is not None else None
    form = JointForm(request.POST or None, organs=item.joint_organs.all(), initial={"seen": here.position if here is not None else None})
    return FormPage(
        title=RecordOpinion.title, button="登记意见", back=back(item), crumbs=crumbs_of(item), form=form,
        context={"note": "主办机关决定公开属性，联合发文机关提出意见；意见未登记齐全的不能审签。同一机关再次登记的，以后一次为准。"},
        build=lambda: RecordOpinion(actor=actor, item=item, **form.cleaned_data),
    ).answer(request)  # fmt: skip
