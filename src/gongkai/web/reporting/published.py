"""The lists that the public column, search and feeds begin from."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import visible
from gongkai.web.organs.models import Organ

from .models import AnnualReport, Status


def published_reports() -> QuerySet[AnnualReport]:
    """What is public now, newest year first, without the bodies, with its organ. The same for everybody."""
    public = visible(AnnualReport, Actor.public()).filter(status=Status.PUBLISHED)
    return public.defer("content").select_related("organ").order_by("-year", "organ__order", "organ__slug")


def published_below(organ: Organ) -> QuerySet[AnnualReport]:
    """What is public now of `organ` and everything below it."""
    return published_reports().filter(organ__below__high=organ)
