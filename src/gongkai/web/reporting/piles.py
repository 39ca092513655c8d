"""What the room of reports puts on the staff's first page."""

from __future__ import annotations

from django.urls import reverse

from gongkai.web.house.actor import Actor
from gongkai.web.house.home import Pile, add_piles
from gongkai.web.organs.scope import organs_in_scope

from .models import AnnualReport, Status
from .visibility import WORKERS


@add_piles
def waiting(actor: Actor) -> list[Pile]:
    """Reports that wait for a second person."""
    drafts = AnnualReport.objects.filter(status=Status.DRAFT, organ__in=organs_in_scope(actor, WORKERS)).count()
    return [Pile("待公开年度报告", drafts, reverse("reporting:list") + "?status=draft")] if drafts else []
