"""The audit log for staff: search, read, nothing else."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gongkai.web.house.event_terms import VERBS, Outcome
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.house.paging import page_of
from gongkai.web.house.rule import demand
from gongkai.web.house.visibility import get_visible, visible
from gongkai.web.organs.models import Kind, Organ
from gongkai.web.organs.rules import HasRole
from gongkai.web.organs.scope import organs_in_scope

from .models import AuditEvent
from .visibility import READERS
from .words import DETAILS, DOORS, in_words

FILTERS = ("q", "who", "organ", "verb", "outcome", "since", "until")


def search(request: HttpRequest) -> HttpResponse:
    """Newest first, by person, verb, result, day and words."""
    actor = actor_of(request)
    demand(HasRole(None, READERS, "查看操作日志"), actor)
    asked = {name: request.GET.get(name, "").strip()[:200] for name in FILTERS}
    events = _filtered(visible(AuditEvent, actor), asked).select_related("organ")
    context = {
        "page": page_of(request, events),
        "asked": asked,
        "any_filter": any(asked.values()),
        "organs": visible(Organ, actor).filter(pk__in=organs_in_scope(actor, READERS), kind__in=(Kind.REGION, Kind.ORGAN)),
        "verbs": sorted(VERBS.items(), key=lambda verb: verb[0]),
    }
    return render(request, "audit/search.html", context)


def detail(request: HttpRequest, number: int) -> HttpResponse:
    """One event with all it keeps."""
    actor = actor_of(request)
    demand(HasRole(None, READERS, "查看操作日志"), actor)
    event = get_visible(AuditEvent, actor, number=number)
    facts = [
        (DETAILS.get(key, key), in_words(key, value))
        for key, value in event.facts.items()
        if key != "reasons" and value != ""
    ]
    context = {
        "event": event,
        "facts": facts,
        "reasons": event.facts.get("reasons", []),
        "door": DOORS[event.via],
    }
    return render(request, "audit/detail.html", context)


def _filtered(events: QuerySet[AuditEvent], asked: dict[str, str]) -> QuerySet[AuditEvent]:
    if asked["q"]:
        text = asked["q"]
        events = events.filter(
            Q(subject_label__icontains=text)
            | Q(details__icontains=text)
            | Q(request_id=text)
            | Q(address=text)
        )
    if asked["who"]:
        events = events.filter(Q(actor_name__icontains=asked["who"]) | Q(actor__username=asked["who"]))
    if asked["organ"]:
        events = events.filter(organ__below__high__slug=asked["organ"])
    if asked["verb"] in VERBS:
        events = events.filter(verb=asked["verb"])
    if asked["outcome"] in {one.value for one in Outcome}:
        events = events.filter(outcome=asked["outcome"])
    if since := _day(asked["since"]):
        events = events.filter(at__gte=_midnight(since))
    if until := _day(asked["until"]):
        events = events.filter(at__lt=_midnight(until + timedelta(days=1)))
    return events


def _day(text: str) -> date | None:
    """The day typed, None for anything else; the last day of the calendar has no morrow."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 <= day.year <= 9998 else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
