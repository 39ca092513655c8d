"""One item under review: where it is, what it says, what the checks found, who did what."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.web.catalogue.models import Attachment, Interpretation
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.house.visibility import may_see, visible
from gongkai.web.review.actions.pass_step import PassStep
from gongkai.web.review.checks.contents import unexamined
from gongkai.web.review.checks.examine import findings
from gongkai.web.review.clock import clock_of
from gongkai.web.review.forms import OpinionForm, ReturnForm
from gongkai.web.review.joint import opinions
from gongkai.web.review.models import (
    AttributeChange,
    CheckRun,
    EmergencyConsent,
    EmergencyReview,
    PassedOver,
    ReviewRound,
)
from gongkai.web.review.objections import standing_against
from gongkai.web.review.originals import original_of, standing
from gongkai.web.review.printing.forms import FORMS
from gongkai.web.review.readings import reading_findings
from gongkai.web.review.referrals import awaited, last_answered
from gongkai.web.review.rounds import disagreements, last_round, open_round
from gongkai.web.review.routes import plan_for
from gongkai.web.review.tracker import tracker

from .item import buttons, may, the_item


def detail(request: HttpRequest, number: int, opinion: OpinionForm | None = None, back: ReturnForm | None = None) -> HttpResponse:
    """The page; `opinion` and `back` bring what was typed and refused."""
    actor, item = actor_of(request), the_item(request, number)
    open_to = may(actor, item)
    plan = plan_for(item.organ)
    here = PassStep(actor=actor, item=item).step
    last = last_round(item)
    rounds = visible(ReviewRound, actor).filter(item=item).prefetch_related(
        "marks__by", "marks__step", "referrals__by", "referrals__step", "referrals__recorded_by",
        "joint_opinions__organ", "joint_opinions__recorded_by",
    )  # fmt: skip
    seen = {"seen": here.position if here is not None else None}
    original = original_of(item)
    clock = clock_of(item, near=plan.near_days)
    context = {
        "item": item,
        "buttons": buttons(item, open_to),
        "may": open_to,
        "tracker": tracker(item, last, plan),
        "here": here,
        "referred": awaited(open_round(item)),
        "joint": opinions(item, last),
        "original": original,
        "original_seen": original is not None and original.source is not None and may_see(original.source, actor),
        "original_now": standing(original) if original is not None else None,
        "answered": last_answered(item),
        **standing_against(item),
        "consents": visible(EmergencyConsent, actor).filter(item=item).select_related("by"),
        "clock": clock,
        "explanation": clock.explain() if clock is not None else None,
        "findings": [*findings(item), *reading_findings(item)],
        "unexamined": unexamined(item),
        "attachments": visible(Attachment, actor).filter(item=item).select_related("file").defer("file__text"),
        "readings": visible(Interpretation, actor).filter(policy=item).select_related("reading"),
        "opinion": opinion or OpinionForm(initial=seen, prefix="o"),
        "back_form": back or ReturnForm(initial=seen, prefix="r"),
        "form": opinion or back,
        "disagreements": disagreements(last) if last is not None and here is not None else [],
        "last": last,
        "rounds": rounds,
        "changes": visible(AttributeChange, actor).filter(item=item).select_related("by"),
        "emergencies": visible(EmergencyReview, actor).filter(item=item).select_related("published_by", "confirmed_by", "reviewed_by"),
        "passed": visible(PassedOver, actor).filter(item=item).select_related("by"),
        "runs": visible(CheckRun, actor).filter(item=item).count(),
        "forms": FORMS.values(),
    }
    return render(request, "review/item.html", context, status=200)
