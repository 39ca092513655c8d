"""The worklist: one's own steps, and the queues."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from gongkai.web.catalogue.visibility import WRITERS
from gongkai.web.house.actor import Actor
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.house.paging import page_of
from gongkai.web.organs.models import Organ, Role
from gongkai.web.organs.scope import organs_in_scope
from gongkai.web.review import queues
from gongkai.web.review.clock import clock_of
from gongkai.web.review.models import EmergencyReview, RoundStep

QUEUES = {
    "mine": ("待我办理", queues.mine, ""),
    "under_way": ("审核中", queues.at_steps, ""),
    "referred": ("已报请确定", queues.referred, "warn"),
    "returned": ("退回我的", queues.own_returned, "warn"),
    "publish": ("待发布", queues.to_publish, ""),
    "overdue": ("逾期未公开", queues.overdue, "bad"),
    "reassess": ("待重新评估", queues.reassessments, "warn"),
    "emergency": ("应急待审查", queues.emergencies, "bad"),
    "escalated": ("下级逾期未审查", queues.escalated, "bad"),
}
# What a queue's dates are the end of, where it is not the clock of publication (Art. 26).
_DUE = {"reassess": "重新评估期限", "emergency": "事后审查期限", "escalated": "事后审查期限"}
# Shown only where there is something in it: most organs have none below.
_RARE = {"escalated"}
_EMPTY = {
    "mine": ("没有等您办理的稿件。", "可以查看“审核中”的全部稿件。"), "under_way": ("没有审核中的稿件。", ""),
    "referred": ("没有报请确定、等待答复的稿件。", ""),
    "returned": ("没有退回给您的稿件。", ""), "publish": ("没有待发布的信息。", ""),
    "overdue": ("没有超过20个工作日未公开的信息。", ""), "reassess": ("没有到期需要重新评估的信息。", ""),
    "emergency": ("没有待审查的应急发布。", ""), "escalated": ("没有下级机关逾期未审查的应急发布。", ""),
}  # fmt: skip


def show(request: HttpRequest) -> HttpResponse:
    """One queue, the counts of all."""
    actor = actor_of(request)
    chosen = request.GET.get("queue", "")
    chosen = chosen if chosen in QUEUES else "mine"
    found: dict[str, Any] = {key: make(actor) for key, (_, make, _) in QUEUES.items()}
    page = page_of(request, found[chosen], unit="件")
    context = {
        "piles": [
            {"key": key, "title": title, "count": found[key].count(), "mark": mark} for key, (title, _, mark) in QUEUES.items()
            if key not in _RARE or key == chosen or found[key].exists()
        ],
        "chosen": chosen,
        "title": QUEUES[chosen][0],
        "due": _DUE.get(chosen, "公开期限"),
        "page": page,
        "rows": _with_addresses(actor, [_row(chosen, one) for one in page.rows]),
        "empty": _EMPTY[chosen],
        "routes": _administered(actor),
    }
    return render(request, "review/worklist.html", context)


def _row(queue: str, one: Any) -> dict[str, Any]:
    item = one.round.item if isinstance(one, RoundStep) else one.item if isinstance(one, EmergencyReview) else one
    row: dict[str, Any] = {"item": item, "clock": clock_of(item), "where": item.get_stage_display(), "since": item.updated_at, "who": ""}
    if isinstance(one, RoundStep):
        row |= {"where": one.name, "since": one.since, "who": one.round.submitted_by.name, "referred": getattr(one, "referred", False)}
    if isinstance(one, EmergencyReview):
        late = one.due_on < timezone.localdate()
        row |= {"where": "事后审查", "since": one.published_at, "who": one.published_by.name, "due": one.due_on, "late": late}
    if queue == "reassess":
        row |= {"due": item.reassess_on, "late": True, "clock": None}
    return row


def _with_addresses(actor: Actor, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where each leads: who watches over organs, and reviews nothing for them, to the item itself."""
    places = {row["item"].pk: row["item"].unit_id or row["item"].organ_id for row in rows}
    own = set(organs_in_scope(actor, WRITERS).filter(pk__in=places.values()))
    for row in rows:
        name = "review:item" if places[row["item"].pk] in own else "catalogue:detail"
        row["address"] = reverse(name, args=[row["item"].number])
    return rows


def _administered(actor: Actor) -> list[Organ]:
    scope = organs_in_scope(actor, (Role.ADMIN,))
    return list(Organ.objects.filter(pk__in=scope, kind__in=("region", "organ"), closed_on=None)[:60])
