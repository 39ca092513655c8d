"""Who may see annual reports: published ones everybody, drafts and withdrawn ones the organ's own staff and those above."""

from __future__ import annotations

from django.db.models import Q

from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import EVERYTHING, seen_with, visible, who_may_see
from gongkai.web.organs.models import Role
from gongkai.web.organs.scope import organs_in_scope

from .models import AnnualReport, ReportFigure, ReportFile, Status

WORKERS = (Role.DRAFTER, Role.SECTION_REVIEWER, Role.SECRECY_REVIEWER, Role.OGI_OFFICE, Role.APPROVER, Role.SUPERVISOR)


@who_may_see(AnnualReport)
def reports(actor: Actor) -> Q:
    """Published reports of listed organs; everything of the organs one works for or supervises."""
    if actor.is_operator:
        return EVERYTHING
    public = Q(status=Status.PUBLISHED, organ__listed=True)
    return public if actor.user is None else public | Q(organ__in=organs_in_scope(actor, WORKERS))


seen_with(ReportFigure, "report")


@who_may_see(ReportFile)
def files(actor: Actor) -> Q:
    """Originals of reports one may see."""
    if actor.is_operator:
        return EVERYTHING
    return Q(pk__in=visible(AnnualReport, actor).values("file"))
